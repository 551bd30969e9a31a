package dev.optim.bench.report;

import static java.util.Objects.requireNonNull;

/**
 * One quantity followed during a run.
 *
 * @param name how it is called in captions and table headings, e.g. {@code "test accuracy"}
 * @param better which way it improves
 * @param logarithmic whether a logarithmic axis makes sense; the reader may then switch to a linear
 *     one
 */
public record Metric(String name, Better better, boolean logarithmic) {

  /** The direction in which a metric improves. */
  public enum Better {
    /** Smaller values are better, as for a loss. */
    LOWER,
    /** Larger values are better, as for an accuracy. */
    HIGHER
  }

  /**
   * Checks the name.
   *
   * @param name how it is called
   * @param better which way it improves
   * @param logarithmic whether a logarithmic axis shows it best
   * @throws IllegalArgumentException if the name is blank
   */
  public Metric {
    Names.requireNotBlank("metric", name);
    requireNonNull(better, "better");
  }

  /**
   * A positive quantity to be made small, on a logarithmic axis.
   *
   * @param name its name
   * @return the metric
   */
  public static Metric loss(String name) {
    return new Metric(name, Better.LOWER, true);
  }

  /**
   * A fraction to be made large, on a linear axis.
   *
   * @param name its name
   * @return the metric
   */
  public static Metric accuracy(String name) {
    return new Metric(name, Better.HIGHER, false);
  }
}
