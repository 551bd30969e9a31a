package dev.optim.bilevel;

import dev.optim.kernel.Kernels;

/** M. R. Hestenes, E. Stiefel, J. Res. Nat. Bur. Standards 49 (1952) 409-436. */
final class ConjugateGradients implements AdjointSolver {

  private final double tolerance;
  private final int maxIterations;
  private double[] r = new double[0];
  private double[] p = r;
  private double[] ap = r;

  ConjugateGradients(double tolerance, int maxIterations) {
    this.tolerance = tolerance;
    this.maxIterations = maxIterations;
  }

  @Override
  public void solve(Operator a, double[] b, double[] u) {
    solve(a, b, u, tolerance);
  }

  /** As {@link #solve}, to a tolerance of its own. */
  void solve(Operator a, double[] b, double[] u, double tolerance) {
    int m = b.length;
    if (r.length != m) {
      r = new double[m];
      p = new double[m];
      ap = new double[m];
    }
    a.times(u, ap);
    for (int i = 0; i < m; i++) {
      r[i] = b[i] - ap[i];
      p[i] = r[i];
    }
    double rr = Kernels.dot(r, r);
    double enough = tolerance * Kernels.norm(b, 0, m);
    for (int k = 0; k < maxIterations && Math.sqrt(rr) > enough; k++) {
      a.times(p, ap);
      double curvature = Kernels.dot(p, ap);
      if (!(curvature > 0)) {
        return;
      }
      double step = rr / curvature;
      Kernels.axpy(step, p, u, 0, m);
      Kernels.axpy(-step, ap, r, 0, m);
      double next = Kernels.dot(r, r);
      double beta = next / rr;
      for (int i = 0; i < m; i++) {
        p[i] = r[i] + beta * p[i];
      }
      rr = next;
    }
  }

  @Override
  public String toString() {
    return "ConjugateGradients[tolerance=" + tolerance + ", maxIterations=" + maxIterations + "]";
  }
}
