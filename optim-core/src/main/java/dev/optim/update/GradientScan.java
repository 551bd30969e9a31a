package dev.optim.update;

import org.jspecify.annotations.Nullable;

/** Looks for elements of a gradient that must not enter the moments, as the plan's policy says. */
final class GradientScan {

  private final NonFinite policy;
  private final Parameters layout;
  private final BoundRules<?> rules;
  private final Units units;
  private final Workers workers;
  private final double bound;
  private final double[] largest;
  private final Workers.Task task = this::look;
  private @Nullable Pass<?, ?> pass;
  private boolean[] active = {};

  GradientScan(
      NonFinite policy,
      Parameters layout,
      BoundRules<?> rules,
      Workers workers,
      double largestGradient) {
    this.policy = policy;
    this.layout = layout;
    this.rules = rules;
    units = rules.units();
    this.workers = workers;
    this.bound = largestGradient;
    this.largest = new double[units.count()];
  }

  /**
   * Looks at the tensors that take part; takes those with a bad element out of the step under
   * {@link NonFinite#SKIP_TENSOR}.
   *
   * @return whether there was a bad element
   */
  boolean findsBad(Pass<?, ?> step, boolean[] taking, long count) {
    if (policy == NonFinite.TRUST) {
      return false;
    }
    pass = step;
    active = taking;
    workers.run(units.count(), task);
    boolean bad = false;
    for (int unit = 0; unit < largest.length; unit++) {
      int tensor = units.tensor(unit);
      if (!active[tensor] || largest[unit] <= bound) {
        continue;
      }
      bad = true;
      if (policy == NonFinite.FAIL) {
        throw new NonFiniteGradientException(
            "the gradient of "
                + layout.tensors().get(tensor).name()
                + " has an element that is not finite or larger than "
                + bound
                + ", at step "
                + count);
      }
      if (policy == NonFinite.SKIP_TENSOR) {
        active[tensor] = false;
      }
    }
    return bad;
  }

  private void look(int turn, int worker) {
    int unit = rules.unit(-1, turn);
    if (active[units.tensor(unit)] && pass != null) {
      largest[unit] = pass.largest(unit, worker);
    }
  }
}
