package dev.optim.zeroth;

import static java.util.Objects.requireNonNull;

import dev.optim.Start;
import dev.optim.random.RandomStream;

/**
 * {@link RankSgd} where there are values after all, of which it learns the order only: for
 * comparing it with methods that use values, under the same budget. The iterate is the best point
 * evaluated, as with every {@link ValueMethod}; the point the method moves is {@link
 * AskTell#center}. Values that are equal are ties, failed ones are the worst and equal to each
 * other.
 *
 * @param method what is told the order
 */
public record RankSgdOnValues(RankSgd method) implements ValueMethod {

  /** Checks the argument. */
  public RankSgdOnValues {
    requireNonNull(method, "method");
  }

  @Override
  public AskTell open(Start start, RandomStream random) {
    return new AskTell(toString(), new RankOnValuesEngine(method, method.open(start, random)));
  }
}
