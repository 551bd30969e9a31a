package dev.optim.bilevel;

import dev.optim.kernel.Kernels;
import java.util.Arrays;

/** u = step sum_{k < terms} (I - step A)^k b. */
record NeumannSeries(double step, int terms) implements AdjointSolver {

  @Override
  public void solve(Operator a, double[] b, double[] u) {
    double[] term = b.clone();
    double[] product = new double[b.length];
    Arrays.fill(u, 0);
    for (int k = 0; k < terms; k++) {
      Kernels.axpy(step, term, u, 0, u.length);
      if (k + 1 < terms) {
        a.times(term, product);
        Kernels.axpy(-step, product, term, 0, term.length);
      }
    }
  }
}
