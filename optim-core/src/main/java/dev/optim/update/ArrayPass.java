package dev.optim.update;

import org.jspecify.annotations.Nullable;

/** A step of heap arrays as long as the layout, the state among them: no copies. */
final class ArrayPass<A> implements Pass<A, A> {

  private final BoundRules<A> rules;
  private final Units units;
  private final Elements<A> elements;
  private @Nullable A x;
  private @Nullable A g;

  ArrayPass(BoundRules<A> rules, Elements<A> elements) {
    this.rules = rules;
    this.units = rules.units();
    this.elements = elements;
  }

  @Override
  public void begin(A parameters, A gradient) {
    x = parameters;
    g = gradient;
  }

  @Override
  public void end() {
    x = null;
    g = null;
  }

  @Override
  public double largest(int unit, int worker) {
    A gradient = g;
    return gradient == null ? 0 : elements.maxAbs(gradient, units.from(unit), units.to(unit));
  }

  @Override
  public void apply(int pass, int unit, int worker) {
    A parameters = x;
    A gradient = g;
    if (parameters != null && gradient != null) {
      rules.apply(
          pass,
          unit,
          worker,
          parameters,
          gradient,
          rules.arrays(units.tensor(unit)),
          units.from(unit),
          units.to(unit));
    }
  }
}
