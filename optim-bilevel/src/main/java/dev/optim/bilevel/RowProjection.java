package dev.optim.bilevel;

import dev.optim.kernel.Kernels;
import java.util.Arrays;

/**
 * Projection onto {@code {(x, y) : a.x + b.y <= r}}, or {@code = r}, in closed form: where the row
 * is violated, (x, y) moves along (a, b) by the excess over the row's squared length. It works on x
 * and y where they are: two passes and no joint copy. What is not finite stays not finite.
 */
final class RowProjection implements JointProjection {

  private final double[] a;
  private final double[] b;
  private final double right;
  private final boolean equality;
  private final double squares;

  /** The only row of a coupling, which is not zero. */
  RowProjection(LinearCoupling row) {
    double[] joint = row.jointRows()[0];
    double scale = 1 / Kernels.maxAbs(joint, 0, joint.length);
    Kernels.scale(scale, joint, 0, joint.length);
    a = Arrays.copyOf(joint, row.upperDimension());
    b = Arrays.copyOfRange(joint, a.length, joint.length);
    right = scale * row.right()[0];
    equality = row.equality(0);
    squares = Kernels.squaredNorm(joint, 0, joint.length);
  }

  @Override
  public void project(double[] w) {
    double[] x = Arrays.copyOf(w, a.length);
    double[] y = Arrays.copyOfRange(w, a.length, w.length);
    project(x, y, w);
    System.arraycopy(x, 0, w, 0, x.length);
    System.arraycopy(y, 0, w, x.length, y.length);
  }

  @Override
  public void project(double[] x, double[] y, double[] scratch) {
    double excess = Kernels.dot(a, x) + Kernels.dot(b, y) - right;
    if (equality || excess > 0) {
      double step = -excess / squares;
      Kernels.axpy(step, a, x, 0, x.length);
      Kernels.axpy(step, b, y, 0, y.length);
    }
  }
}
