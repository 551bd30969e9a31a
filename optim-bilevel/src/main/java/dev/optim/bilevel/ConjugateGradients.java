package dev.optim.bilevel;

import dev.optim.kernel.Kernels;

/** M. R. Hestenes, E. Stiefel, J. Res. Nat. Bur. Standards 49 (1952) 409-436. */
record ConjugateGradients(double tolerance, int maxIterations) implements AdjointSolver {

  @Override
  public void solve(Operator a, double[] b, double[] u) {
    int m = b.length;
    double[] r = new double[m];
    double[] ap = new double[m];
    a.times(u, ap);
    for (int i = 0; i < m; i++) {
      r[i] = b[i] - ap[i];
    }
    double[] p = r.clone();
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
}
