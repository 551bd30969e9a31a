package dev.optim.zeroth;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.Start;
import dev.optim.random.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of a search, each from a fresh start: when a round has ended or improves no more, a
 * polish, if there is one, goes on from its best point, and then the next round begins. It never
 * ends by itself; the best point of all rounds is the run's.
 *
 * <p>A round improves no more when, for {@code patience} of its iterations, its best value has not
 * fallen by a fraction {@code improvement} of its size. The polish runs until it ends.
 *
 * @param search one round
 * @param polish from the round's best point on, or null
 * @param patience iterations without improvement after which a round is given up, at least 1
 * @param improvement the fraction that counts as one, in [0, 1)
 */
public record Restarts(
    ValueMethod search, @Nullable ValueMethod polish, long patience, double improvement)
    implements ValueMethod {

  /** Checks the ranges. */
  public Restarts {
    requireNonNull(search, "search");
    Checks.atLeastOne("patience", patience);
    Checks.fraction("improvement", improvement);
  }

  @Override
  public AskTell open(Start start, RandomStream random) {
    return new AskTell(toString(), new RestartsEngine(this, start, random));
  }
}
