package dev.optim.sgd;

import dev.optim.update.Step;
import dev.optim.update.UpdateRule.Scope;

/**
 * The convex function K of {@link LionK}, by its gradient. Weight decay w makes Lion-K minimise
 * f(x) + K*(w x) / w, with K* the convex conjugate: where K is a norm, K* is 0 inside the dual
 * norm's unit ball and infinite outside, so that the decay is a constraint on w x.
 *
 * <p>The twelve of this list are {@link Kappas}' records; {@link AutoScaled} makes them fit tensors
 * of any size; your own implements {@link Custom}. A tensor of one dimension, or none, is one row.
 */
public sealed interface Kappa permits Kappa.Custom, Kappas.BuiltIn, AutoScaled {

  /**
   * What part of a tensor {@code gradient} needs at once.
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
   * The same in single precision. By default it is computed in double precision, on a copy.
   *
   * @param z rows * columns elements, row-major, read and written; behind them {@link #workspace}
   *     elements without meaning
   * @param step for more memory to work in: its {@link Step#scratch}, not its {@code floatScratch},
   *     where z lies
   * @param rows the rows: all of a tensor's, or some if {@link #scope} allows
   * @param columns the elements of a row
   */
  default void gradient(float[] z, Step step, int rows, int columns) {
    int n = rows * columns;
    double[] wide = step.scratch(n + workspace(rows, columns));
    for (int i = 0; i < n; i++) {
      wide[i] = z[i];
    }
    gradient(wide, rows, columns);
    for (int i = 0; i < n; i++) {
      z[i] = (float) wide[i];
    }
  }

  /**
   * How many more elements {@code gradient} needs to work in.
   *
   * @param rows the rows
   * @param columns the elements of a row
   * @return 0 unless overridden
   */
  default int workspace(int rows, int columns) {
    return 0;
  }

  /**
   * A function of your own. Let it be a record: {@code toString} goes into checkpoints. If {@code
   * gradient} throws, the step is left half made, and the updater has to be restored.
   */
  non-sealed interface Custom extends Kappa {}
}
