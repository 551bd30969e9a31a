package dev.optim.sgd;

import dev.optim.update.UpdateRule.Scope;

/**
 * The convex function K of {@link LionK}, by its gradient. Weight decay w makes Lion-K minimise
 * f(x) + K*(w x) / w, with K* the convex conjugate: where K is a norm, K* is 0 inside the dual
 * norm's unit ball and infinite outside, so that the decay is a constraint on w x.
 *
 * <p>The twelve of this list are {@link Kappas}' records; your own implements {@link Custom}. A
 * tensor of one dimension, or none, is one row.
 */
public sealed interface Kappa permits Kappa.Custom, Kappas.BuiltIn {

  /**
   * What part of a tensor {@link #gradient} needs at once.
   *
   * @return {@link Scope#ELEMENT} if K is a sum over elements, {@link Scope#ROW} if over rows
   */
  Scope scope();

  /**
   * Replaces a point by the gradient of K there; where K has a kink, by any of its subgradients,
   * the same every time.
   *
   * @param z rows * columns elements, row-major, read and written; behind them {@link #workspace}
   *     elements without meaning
   * @param rows the rows: all of a tensor's, or some if {@link #scope} allows
   * @param columns the elements of a row
   */
  void gradient(double[] z, int rows, int columns);

  /**
   * How many more elements {@link #gradient} needs to work in.
   *
   * @param rows the rows
   * @param columns the elements of a row
   * @return 0 unless overridden
   */
  default int workspace(int rows, int columns) {
    return 0;
  }

  /**
   * A function of your own. Let it be a record: {@code toString} goes into checkpoints. If {@link
   * #gradient} throws, the step is left half made, and the updater has to be restored.
   */
  non-sealed interface Custom extends Kappa {}
}
