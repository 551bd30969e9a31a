package dev.optim.bench.problem.bbob;

import dev.optim.Checks;
import dev.optim.DifferentiableObjective;
import dev.optim.Objective;
import java.util.List;

/**
 * A function of the suite BBOB in n variables with its instance's optimum: f(x) = core(T(x)) +
 * penalty(x) + the optimal value, with T a chain of changes of variables and a penalty outside of
 * [-5, 5]^n where the function has one. {@link Bbob#of} makes it.
 *
 * <p>Those with a useful gradient are {@link Differentiable}; f7, a landscape of plateaus, and f23,
 * which is rugged at every scale, are not.
 *
 * <p>An evaluation allocates a few arrays of n elements. Safe for use from several threads.
 */
public sealed class BbobFunction implements Objective permits BbobFunction.Differentiable {

  private final Bbob definition;
  private final int instance;
  private final Recipe recipe;

  BbobFunction(Bbob definition, int instance, Recipe recipe) {
    this.definition = definition;
    this.instance = instance;
    this.recipe = recipe;
  }

  /**
   * What an instance is made of.
   *
   * @param optimum where the smallest value is
   * @param optimalValue the smallest value
   * @param penalty the weight of sum_i max(0, |x[i]| - 5)^2
   * @param chain the changes of variables, the first one first
   * @param core the function of the changed variables
   */
  record Recipe(
      double[] optimum,
      double optimalValue,
      double penalty,
      List<Transformation> chain,
      Objective core) {}

  /**
   * Which of the 24 functions this is.
   *
   * @return its definition
   */
  public Bbob definition() {
    return definition;
  }

  /**
   * Which instance this is.
   *
   * @return its number, from 1 on
   */
  public int instance() {
    return instance;
  }

  /**
   * The number of variables.
   *
   * @return n, at least 2
   */
  public int dimension() {
    return recipe.optimum.length;
  }

  /**
   * Where the smallest value is; f5 has it beyond this point, too, and f20's is known to about
   * 1e-10.
   *
   * @return a new array
   */
  public double[] optimum() {
    return recipe.optimum.clone();
  }

  /**
   * The smallest value.
   *
   * @return a number in [-1000, 1000]
   */
  public double optimalValue() {
    return recipe.optimalValue;
  }

  /**
   * The value at which COCO takes the function for solved.
   *
   * @return 1e-8 above the smallest value
   */
  public double target() {
    return recipe.optimalValue + 1e-8;
  }

  @Override
  public double value(double[] x) {
    return excess(x) + recipe.optimalValue;
  }

  /**
   * How much larger the value is than the smallest one, without the rounding that comes from adding
   * the latter.
   *
   * @param x the point; read only, not kept
   * @return f(x) - optimalValue()
   */
  public double excess(double[] x) {
    Checks.length("x", x.length, dimension());
    double[] z = x;
    for (Transformation transformation : recipe.chain) {
      z = transformation.apply(z);
    }
    return recipe.core.value(z) + recipe.penalty * beyond(x);
  }

  private static double beyond(double[] x) {
    double sum = 0;
    for (double t : x) {
      double beyond = Math.max(0, Math.abs(t) - 5);
      sum += beyond * beyond;
    }
    return sum;
  }

  /** The function's name, e.g. {@code bbob-f8-i2-d10}. */
  @Override
  public String toString() {
    return "bbob-f" + definition.number() + "-i" + instance + "-d" + dimension();
  }

  /**
   * A function of the suite that offers its gradient, wherever it has one; on kinks, which have no
   * volume, it gives the gradient of one side.
   */
  public static final class Differentiable extends BbobFunction implements DifferentiableObjective {

    private final Recipe recipe;
    private final DifferentiableObjective core;

    Differentiable(Bbob definition, int instance, Recipe recipe, DifferentiableObjective core) {
      super(definition, instance, recipe);
      this.recipe = recipe;
      this.core = core;
    }

    @Override
    public void gradient(double[] x, double[] out) {
      valueAndGradient(x, out);
    }

    /** One pass through the changes of variables and one back: about three times a value. */
    @Override
    public double valueAndGradient(double[] x, double[] out) {
      Checks.length("x", x.length, dimension());
      Checks.length("out", out.length, dimension());
      List<Transformation> chain = recipe.chain;
      double[][] points = new double[chain.size() + 1][];
      points[0] = x;
      for (int k = 0; k < chain.size(); k++) {
        points[k + 1] = chain.get(k).apply(points[k]);
      }
      double[] z = points[chain.size()];
      double[] gradient = new double[z.length];
      core.gradient(z, gradient);
      for (int k = chain.size() - 1; k >= 0; k--) {
        gradient = chain.get(k).pullBack(points[k], gradient);
      }
      for (int i = 0; i < x.length; i++) {
        double beyond = Math.copySign(Math.max(0, Math.abs(x[i]) - 5), x[i]);
        out[i] = gradient[i] + 2 * recipe.penalty * beyond;
      }
      return core.value(z) + recipe.penalty * beyond(x) + recipe.optimalValue;
    }
  }
}
