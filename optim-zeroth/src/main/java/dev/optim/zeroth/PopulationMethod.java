package dev.optim.zeroth;

import dev.optim.Checks;
import dev.optim.Start;
import dev.optim.random.RandomStream;

/** A method whose population may be given another size when a run begins. */
public interface PopulationMethod extends ValueMethod {

  /**
   * Begins a run with a multiple of the method's own population.
   *
   * @param start where to begin; it has to have spread where the method needs it
   * @param random every random choice of the run, the start included, is drawn from this stream
   * @param factor the population is this many times as large, rounded down; at least 1
   * @return the run, at iteration 0, with the first points ready
   * @throws IllegalArgumentException if the start does not fit the method or the population would
   *     have more than 2^31 - 1 members
   */
  AskTell open(Start start, RandomStream random, double factor);

  /** {@inheritDoc} */
  @Override
  default AskTell open(Start start, RandomStream random) {
    return open(start, random, 1);
  }

  /**
   * A population of another size.
   *
   * @param population the method's own
   * @param factor at least 1
   * @return the product, rounded down
   */
  static int scaled(int population, double factor) {
    Checks.require(factor >= 1, "factor", factor, "at least 1");
    long scaled = (long) (population * factor);
    Checks.require(scaled <= Integer.MAX_VALUE, "population", scaled, "at most 2^31 - 1");
    return (int) scaled;
  }
}
