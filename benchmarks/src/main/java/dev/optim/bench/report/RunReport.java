package dev.optim.bench.report;

import static java.util.Objects.requireNonNull;

/** The outcome of one optimizer on one problem from one seed: a result or a failure, never both. */
public sealed interface RunReport {

  /**
   * The seed the run started from.
   *
   * @return the seed
   */
  long seed();

  /**
   * A run that came to its end. It is drawn and counted.
   *
   * @param seed the seed it started from
   * @param stopReason why it stopped, in a few words
   * @param curve what it recorded; its last point is the result
   */
  record Completed(long seed, String stopReason, Curve curve) implements RunReport {
    /**
     * Checks for null.
     *
     * @param seed the seed it started from
     * @param stopReason why it stopped
     * @param curve what it recorded
     */
    public Completed {
      requireNonNull(stopReason, "stopReason");
      requireNonNull(curve, "curve");
    }
  }

  /**
   * A run without a result. It is listed with its reason, and neither drawn nor counted.
   *
   * @param seed the seed it started from
   * @param reason what went wrong, in a sentence
   */
  record Failed(long seed, String reason) implements RunReport {
    /**
     * Checks for null.
     *
     * @param seed the seed it started from
     * @param reason what went wrong
     */
    public Failed {
      requireNonNull(reason, "reason");
    }
  }
}
