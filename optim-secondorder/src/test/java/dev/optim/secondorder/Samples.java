package dev.optim.secondorder;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Gradients drawn at random, and the inverse made of them in the plainest ways. */
final class Samples {

  private static final MathContext DIGITS = new MathContext(50);

  private Samples() {}

  /** Gaussian gradients, exact in single precision. */
  static double[][] gradients(int m, int d, long seed) {
    Random random = new Random(seed);
    double[][] gradients = new double[m][d];
    for (double[] gradient : gradients) {
      for (int i = 0; i < d; i++) {
        gradient[i] = (float) random.nextGaussian();
      }
    }
    return gradients;
  }

  static double[] vector(int d, long seed) {
    return gradients(1, d, seed)[0];
  }

  /** The dense inverse of damping I + (1/divisor) G'G, zero outside the diagonal blocks. */
  static double[][] denseInverse(double[][] g, int divisor, double damping, int block) {
    int d = g[0].length;
    DMatrixRMaj f = new DMatrixRMaj(d, d);
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        double sum = 0;
        for (double[] row : g) {
          sum += row[i] * row[j];
        }
        f.set(i, j, (i / block == j / block ? sum / divisor : 0) + (i == j ? damping : 0));
      }
    }
    CommonOps_DDRM.invert(f);
    double[][] inverse = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        inverse[i][j] = f.get(i, j);
      }
    }
    return inverse;
  }

  /** The paper's recursion: one Sherman-Morrison update after the other, product with x. */
  static double[] shermanMorrison(double[][] g, double damping, double[] x) {
    int m = g.length;
    double[][] v = new double[m][];
    double[] q = new double[m];
    for (int i = 0; i < m; i++) {
      v[i] = apply(v, q, i, damping, g[i]);
      q[i] = m + dot(g[i], v[i]);
    }
    return apply(v, q, m, damping, x);
  }

  private static double[] apply(double[][] v, double[] q, int count, double damping, double[] x) {
    double[] y = new double[x.length];
    for (int a = 0; a < y.length; a++) {
      y[a] = x[a] / damping;
    }
    for (int i = 0; i < count; i++) {
      double c = dot(v[i], x) / q[i];
      for (int a = 0; a < y.length; a++) {
        y[a] -= c * v[i][a];
      }
    }
    return y;
  }

  /**
   * The product with the inverse in fifty digits: (x - G' (m damping I + G G')^-1 G x) / damping.
   */
  static double[] exactProduct(double[][] g, double damping, double[] x) {
    int m = g.length;
    BigDecimal[][] a = new BigDecimal[m][m + 1];
    BigDecimal shift = new BigDecimal(damping).multiply(BigDecimal.valueOf(m));
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        a[i][j] = exactDot(g[i], g[j]).add(i == j ? shift : BigDecimal.ZERO);
      }
      a[i][m] = exactDot(g[i], x);
    }
    for (int k = 0; k < m; k++) {
      for (int i = 0; i < m; i++) {
        if (i != k) {
          BigDecimal factor = a[i][k].divide(a[k][k], DIGITS);
          for (int j = k; j <= m; j++) {
            a[i][j] = a[i][j].subtract(factor.multiply(a[k][j], DIGITS), DIGITS);
          }
        }
      }
    }
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      BigDecimal left = new BigDecimal(x[i]);
      for (int k = 0; k < m; k++) {
        BigDecimal c = a[k][m].divide(a[k][k], DIGITS);
        left = left.subtract(c.multiply(new BigDecimal(g[k][i]), DIGITS), DIGITS);
      }
      y[i] = left.divide(new BigDecimal(damping), DIGITS).doubleValue();
    }
    return y;
  }

  private static BigDecimal exactDot(double[] x, double[] y) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < x.length; i++) {
      sum = sum.add(new BigDecimal(x[i]).multiply(new BigDecimal(y[i])), DIGITS);
    }
    return sum;
  }

  static double[] product(double[][] matrix, double[] x) {
    double[] y = new double[matrix.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = dot(matrix[i], x);
    }
    return y;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The Euclidean norm of the difference over that of what was expected. */
  static double deviation(double[] actual, double[] expected) {
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      error += (actual[i] - expected[i]) * (actual[i] - expected[i]);
    }
    double norm = dot(expected, expected);
    return Math.sqrt(norm == 0 ? error : error / norm);
  }

  static double[] multiply(InverseFisher fisher, double[] x) {
    double[] out = new double[x.length];
    fisher.multiply(x, out);
    return out;
  }

  static double[] diagonal(InverseFisher fisher) {
    double[] out = new double[fisher.dimension()];
    fisher.diagonal(out);
    return out;
  }

  static FisherWindow window(double[][] gradients, WindowSettings settings) {
    FisherWindow window = FisherWindow.of(gradients[0].length, settings);
    for (double[] gradient : gradients) {
      window.add(gradient);
    }
    return window;
  }
}
