package dev.optim.update;

import org.jspecify.annotations.Nullable;

/** A step of heap arrays as long as the layout: no copies. */
final class ArrayPass<A> implements Pass {

  private final BoundRules<A> rules;
  private final Units units;
  private final Elements<A> elements;
  private @Nullable A x;
  private @Nullable A g;

  ArrayPass(BoundRules<A> rules, Units units, Elements<A> elements) {
    this.rules = rules;
    this.units = units;
    this.elements = elements;
  }

  void begin(A parameters, A gradient) {
    x = parameters;
    g = gradient;
  }

  void end() {
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
      int from = units.from(unit);
      rules.apply(
          pass,
          unit,
          worker,
          parameters,
          gradient,
          rules.state(units.tensor(unit)),
          from,
          units.to(unit));
    }
  }
}
