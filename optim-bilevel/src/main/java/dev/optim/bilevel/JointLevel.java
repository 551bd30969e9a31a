package dev.optim.bilevel;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.DifferentiableObjective;
import java.util.Arrays;

/** A level made of a function of the joint point (x, y). */
class JointLevel implements LevelObjective {

  private final DifferentiableObjective joint;
  private final int n;

  JointLevel(DifferentiableObjective joint, int upperDimension) {
    this.joint = requireNonNull(joint, "joint");
    n = (int) Checks.atLeastOne("upperDimension", upperDimension);
  }

  final double[] join(double[] x, double[] y) {
    Checks.length("x", x.length, n);
    double[] w = Arrays.copyOf(x, n + y.length);
    System.arraycopy(y, 0, w, n, y.length);
    return w;
  }

  final void upperPart(double[] gradient, double[] out) {
    System.arraycopy(gradient, 0, out, 0, n);
  }

  final void lowerPart(double[] gradient, double[] out) {
    System.arraycopy(gradient, n, out, 0, gradient.length - n);
  }

  @Override
  public double value(double[] x, double[] y) {
    return joint.value(join(x, y));
  }

  @Override
  public void gradientX(double[] x, double[] y, double[] out) {
    upperPart(gradient(x, y), out);
  }

  @Override
  public void gradientY(double[] x, double[] y, double[] out) {
    lowerPart(gradient(x, y), out);
  }

  private double[] gradient(double[] x, double[] y) {
    double[] w = join(x, y);
    double[] gradient = new double[w.length];
    Arrays.fill(gradient, Double.NaN);
    joint.gradient(w, gradient);
    return gradient;
  }
}
