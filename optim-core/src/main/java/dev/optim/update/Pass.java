package dev.optim.update;

/**
 * How the units of one step reach their numbers.
 *
 * @param <P> what holds the parameters
 * @param <G> what holds the gradient
 */
interface Pass<P, G> {

  /** Begins a step, or goes on with another gradient. */
  void begin(P parameters, G gradient);

  /** Drops what the step was given. */
  void end();

  /** The largest magnitude of the gradient of a unit, NaN if any element is. */
  double largest(int unit, int worker);

  /** Makes one pass of the step of a unit. */
  void apply(int pass, int unit, int worker);
}
