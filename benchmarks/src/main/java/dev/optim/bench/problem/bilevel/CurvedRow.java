package dev.optim.bench.problem.bilevel;

import dev.optim.bilevel.Coupling;
import dev.optim.bilevel.LevelObjective;
import dev.optim.kernel.Kernels;

/**
 * One coupling constraint that is not linear.
 *
 * @param g the constraint g(x, y) &lt;= 0, with its gradients
 */
record CurvedRow(LevelObjective g) implements Coupling {

  @Override
  public int rows() {
    return 1;
  }

  @Override
  public boolean equality(int row) {
    return false;
  }

  @Override
  public void value(double[] x, double[] y, double[] out) {
    out[0] = g.value(x, y);
  }

  @Override
  public void transposedX(double[] x, double[] y, double[] multipliers, double[] out) {
    g.gradientX(x, y, out);
    Kernels.scale(multipliers[0], out, 0, out.length);
  }

  @Override
  public void transposedY(double[] x, double[] y, double[] multipliers, double[] out) {
    g.gradientY(x, y, out);
    Kernels.scale(multipliers[0], out, 0, out.length);
  }
}
