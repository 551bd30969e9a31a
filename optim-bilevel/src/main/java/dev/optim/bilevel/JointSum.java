package dev.optim.bilevel;

import dev.optim.FiniteSum;
import java.util.Arrays;

/** A level made of a finite sum over the joint point (x, y). */
final class JointSum extends JointLevel implements LevelSum {

  private final FiniteSum joint;

  JointSum(FiniteSum joint, int upperDimension) {
    super(joint, upperDimension);
    this.joint = joint;
  }

  @Override
  public int terms() {
    return joint.terms();
  }

  @Override
  public void gradientX(double[] x, double[] y, int[] batch, double[] out) {
    upperPart(gradient(x, y, batch), out);
  }

  @Override
  public void gradientY(double[] x, double[] y, int[] batch, double[] out) {
    lowerPart(gradient(x, y, batch), out);
  }

  private double[] gradient(double[] x, double[] y, int[] batch) {
    double[] w = join(x, y);
    double[] gradient = new double[w.length];
    Arrays.fill(gradient, Double.NaN);
    joint.valueAndGradient(w, batch, gradient);
    return gradient;
  }
}
