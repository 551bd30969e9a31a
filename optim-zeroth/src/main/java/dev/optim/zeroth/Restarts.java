package dev.optim.zeroth;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.Start;
import dev.optim.random.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of a search, each from a fresh start: when a round has ended or improves no more, a
 * polish, if there is one, goes on from its best point, and then the next round begins. It never
 * ends by itself, unless the first 1000 values all fail; the best point of all rounds is the run's.
 *
 * <p>A round improves no more when, for {@code patience} of its iterations, its best value has not
 * fallen by a fraction {@code improvement} of its size. The polish runs until it ends.
 *
 * @param search one round
 * @param polish from the round's best point on, or null
 * @param patience iterations without improvement after which a round is given up, at least 1
 * @param improvement the fraction that counts as one, in [0, 1)
 * @param growth of the population from one round to the next, at least 1; other than 1 only where
 *     the search is a {@link PopulationMethod}. With {@link CmaEs} and 2 this is the restart
 *     strategy of A. Auger and N. Hansen, A restart CMA evolution strategy with increasing
 *     population size, CEC 2005
 */
public record Restarts(
    ValueMethod search,
    @Nullable ValueMethod polish,
    long patience,
    double improvement,
    double growth)
    implements ValueMethod {

  /** Values without one that is finite, in all rounds, that end the run. */
  static final long HOPELESS = 1000;

  /** Checks the ranges. */
  public Restarts {
    requireNonNull(search, "search");
    Checks.atLeastOne("patience", patience);
    Checks.fraction("improvement", improvement);
    Checks.require(growth >= 1 && growth < 1e9, "growth", growth, "in [1, 1e9)");
    if (growth != 1 && !(search instanceof PopulationMethod)) {
      throw new IllegalArgumentException(
          "growth is " + growth + ", must be 1 for a search that has no population");
    }
  }

  /**
   * Rounds of equal population.
   *
   * @param search one round
   * @param polish from the round's best point on, or null
   * @param patience iterations without improvement after which a round is given up, at least 1
   * @param improvement the fraction that counts as one, in [0, 1)
   */
  public Restarts(
      ValueMethod search, @Nullable ValueMethod polish, long patience, double improvement) {
    this(search, polish, patience, improvement, 1);
  }

  /**
   * The same with a population that grows by a factor from round to round.
   *
   * @param growth at least 1
   * @return the method
   */
  public Restarts withGrowth(double growth) {
    return new Restarts(search, polish, patience, improvement, growth);
  }

  @Override
  public AskTell open(Start start, RandomStream random) {
    return new AskTell(toString(), new RestartsEngine(this, start, random));
  }
}
