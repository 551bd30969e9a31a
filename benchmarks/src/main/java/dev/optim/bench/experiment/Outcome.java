package dev.optim.bench.experiment;

import dev.optim.bench.report.Curve;
import dev.optim.bench.report.RunReport;
import dev.optim.bench.report.Spent;

/** What became of a trial. */
public sealed interface Outcome {

  /**
   * Why the run ended, in a few words.
   *
   * @return the reason
   */
  String reason();

  /**
   * What the run took, as far as it is known.
   *
   * @return counts and time
   */
  Spent spent();

  /**
   * Whether the outcome stands. One that does not is tried again by the next comparison.
   *
   * @return true but for {@link Failed}
   */
  default boolean stands() {
    return true;
  }

  /**
   * What the method is ranked by.
   *
   * @return the first metric at the end, the smaller the better; infinity without a result
   */
  default double score() {
    return Double.POSITIVE_INFINITY;
  }

  /**
   * The outcome as the report shows it.
   *
   * @param seed the trial's seed
   * @return a result, or a failure with its reason
   */
  default RunReport report(long seed) {
    return new RunReport.Failed(seed, reason());
  }

  /**
   * The run came to its end with finite numbers.
   *
   * @param reason why it ended
   * @param curve what was measured on the way, the end included
   */
  record Completed(String reason, Curve curve) implements Outcome {

    @Override
    public Spent spent() {
      return curve.total();
    }

    @Override
    public double score() {
      return curve.value(0, curve.size() - 1);
    }

    @Override
    public RunReport report(long seed) {
      return new RunReport.Completed(seed, reason, curve);
    }
  }

  /**
   * The method ran into NaN or infinity. It would again: this is a finding about the method, no
   * result, and not tried again.
   *
   * @param reason what happened
   * @param spent until then
   */
  record Diverged(String reason, Spent spent) implements Outcome {}

  /**
   * An exception or the time limit ended the run. It may have come from outside, so the next
   * comparison tries again.
   *
   * @param reason what was thrown
   */
  record Failed(String reason) implements Outcome {

    @Override
    public Spent spent() {
      return Spent.NONE;
    }

    @Override
    public boolean stands() {
      return false;
    }
  }
}
