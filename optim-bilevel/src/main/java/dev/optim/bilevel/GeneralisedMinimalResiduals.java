package dev.optim.bilevel;

import dev.optim.kernel.Kernels;

/** Y. Saad, M. H. Schultz, SIAM J. Sci. Stat. Comput. 7 (1986) 856-869, with Givens rotations. */
record GeneralisedMinimalResiduals(double tolerance, int maxIterations) implements AdjointSolver {

  @Override
  public void solve(Operator a, double[] b, double[] u) {
    int m = b.length;
    int most = Math.min(maxIterations, m);
    double[][] v = new double[most + 1][];
    double[][] h = new double[most][];
    double[] cosine = new double[most];
    double[] sine = new double[most];
    double[] g = new double[most + 1];
    v[0] = new double[m];
    a.times(u, v[0]);
    for (int i = 0; i < m; i++) {
      v[0][i] = b[i] - v[0][i];
    }
    g[0] = Kernels.norm(v[0], 0, m);
    double enough = tolerance * Kernels.norm(b, 0, m);
    if (!(g[0] > enough)) {
      return;
    }
    Kernels.scale(1 / g[0], v[0], 0, m);
    int size = 0;
    while (size < most && Math.abs(g[size]) > enough) {
      int k = size;
      double[] w = new double[m];
      a.times(v[k], w);
      h[k] = new double[k + 1];
      for (int i = 0; i <= k; i++) {
        h[k][i] = Kernels.dot(w, v[i]);
        Kernels.axpy(-h[k][i], v[i], w, 0, m);
      }
      double below = Kernels.norm(w, 0, m);
      for (int i = 0; i < k; i++) {
        double upper = h[k][i];
        h[k][i] = cosine[i] * upper + sine[i] * h[k][i + 1];
        h[k][i + 1] = cosine[i] * h[k][i + 1] - sine[i] * upper;
      }
      double rho = Math.sqrt(h[k][k] * h[k][k] + below * below);
      if (!(rho > 0)) {
        break; // singular
      }
      cosine[k] = h[k][k] / rho;
      sine[k] = below / rho;
      h[k][k] = rho;
      g[k + 1] = -sine[k] * g[k];
      g[k] *= cosine[k];
      size++;
      if (!(below > 0)) {
        break;
      }
      Kernels.scale(1 / below, w, 0, m);
      v[k + 1] = w;
    }
    for (int k = size - 1; k >= 0; k--) {
      g[k] /= h[k][k];
      for (int i = 0; i < k; i++) {
        g[i] -= h[k][i] * g[k];
      }
      Kernels.axpy(g[k], v[k], u, 0, m);
    }
  }
}
