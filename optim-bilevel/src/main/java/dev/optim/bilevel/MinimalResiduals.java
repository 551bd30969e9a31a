package dev.optim.bilevel;

import dev.optim.kernel.Kernels;

/**
 * C. C. Paige, M. A. Saunders, SIAM J. Numer. Anal. 12 (1975) 617-629: Lanczos vectors v, and the
 * tridiagonal matrix they make of A brought to triangular form by rotations.
 */
record MinimalResiduals(double tolerance, int maxIterations) implements AdjointSolver {

  @Override
  public void solve(Operator a, double[] b, double[] u) {
    int m = b.length;
    double[] v = new double[m];
    double[] before = new double[m];
    double[] next = new double[m];
    double[] d = new double[m];
    double[] d1 = new double[m];
    double[] d2 = new double[m];
    a.times(u, v);
    for (int i = 0; i < m; i++) {
      v[i] = b[i] - v[i];
    }
    double beta = Kernels.norm(v, 0, m);
    double residual = beta;
    double enough = tolerance * Kernels.norm(b, 0, m);
    if (!(beta > enough)) {
      return;
    }
    Kernels.scale(1 / beta, v, 0, m);
    double first = beta;
    beta = 0;
    double c = 1;
    double s = 0;
    double c1 = 1;
    double s1 = 0;
    for (int k = 0; k < maxIterations && Math.abs(residual) > enough; k++) {
      a.times(v, next);
      double alpha = Kernels.dot(v, next);
      for (int i = 0; i < m; i++) {
        next[i] -= alpha * v[i] + beta * before[i];
      }
      double following = Kernels.norm(next, 0, m);
      // the two rotations before act on the new column, then one more makes it triangular
      double epsilon = s1 * beta;
      double bar = c1 * beta;
      double delta = c * bar + s * alpha;
      double gamma = c * alpha - s * bar;
      double rho = Math.sqrt(gamma * gamma + following * following);
      if (!(rho > 0)) {
        return; // singular, and the residual is as small as it gets
      }
      c1 = c;
      s1 = s;
      c = gamma / rho;
      s = following / rho;
      for (int i = 0; i < m; i++) {
        d[i] = (v[i] - delta * d1[i] - epsilon * d2[i]) / rho;
      }
      Kernels.axpy(c * first, d, u, 0, m);
      first *= -s;
      residual = first;
      double[] spare = d2;
      d2 = d1;
      d1 = d;
      d = spare;
      if (!(following > 0)) {
        return;
      }
      Kernels.scale(1 / following, next, 0, m);
      spare = before;
      before = v;
      v = next;
      next = spare;
      beta = following;
    }
  }
}
