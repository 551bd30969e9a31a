package dev.optim.sgd;

import dev.optim.kernel.Kernels;

/**
 * The polar factor U V^T of a matrix A = U S V^T, by one-sided Jacobi rotations: rows are rotated
 * against each other, A' = J A, until they are orthogonal; then A' = S V^T and U = J^T.
 *
 * <p>Source: Hestenes (1958); Golub and Van Loan, Matrix Computations, section 8.6.3.
 */
final class PolarFactor {

  /** Singular values up to this fraction of the largest count as 0. */
  private static final double RANK = 1e-12;

  /** Rows are orthogonal when their cosine is below this. */
  private static final double ORTHOGONAL = 1e-15;

  /** Convergence is quadratic: six to ten sweeps do. */
  private static final int SWEEPS = 60;

  private PolarFactor() {}

  static int workspace(int rows, int columns) {
    int r = Math.min(rows, columns);
    return Math.addExact(rows * columns, r * r);
  }

  /**
   * Replaces the matrix in the first rows*columns elements of z by its polar factor; {@link
   * #workspace} elements behind them are worked in.
   */
  static void replace(double[] z, int rows, int columns) {
    int n = rows * columns;
    int r = Math.min(rows, columns);
    int c = Math.max(rows, columns);
    boolean transposed = rows > columns;
    int a = n; // r rows of c elements, the matrix or its transpose
    int j = 2 * n; // r rows of r elements
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int at = transposed ? column * rows + row : row * columns + column;
        z[a + at] = z[row * columns + column];
      }
    }
    for (int i = 0; i < r * r; i++) {
      z[j + i] = i % (r + 1) == 0 ? 1 : 0;
    }
    int sweep = 0;
    while (sweep < SWEEPS && rotateAll(z, a, r, c, j)) {
      sweep++;
    }
    normaliseRows(z, a, r, c);
    // U V^T = J^T (normalised rows)
    for (int i = 0; i < n; i++) {
      z[i] = 0;
    }
    for (int k = 0; k < r; k++) {
      for (int row = 0; row < r; row++) {
        double factor = z[j + k * r + row];
        for (int column = 0; column < c; column++) {
          int at = transposed ? column * columns + row : row * columns + column;
          z[at] += factor * z[a + k * c + column];
        }
      }
    }
  }

  /** Rotates every pair of rows once; whether any was not orthogonal. */
  private static boolean rotateAll(double[] z, int a, int r, int c, int j) {
    boolean rotated = false;
    for (int p = 0; p < r - 1; p++) {
      for (int q = p + 1; q < r; q++) {
        int rowP = a + p * c;
        int rowQ = a + q * c;
        double pp = Kernels.dot(z, rowP, z, rowP, c);
        double qq = Kernels.dot(z, rowQ, z, rowQ, c);
        double pq = Kernels.dot(z, rowP, z, rowQ, c);
        if (!(Math.abs(pq) > ORTHOGONAL * Math.sqrt(pp) * Math.sqrt(qq))) {
          continue;
        }
        double zeta = (qq - pp) / (2 * pq);
        double t = Math.copySign(1 / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta)), zeta);
        double cosine = 1 / Math.sqrt(1 + t * t);
        double sine = cosine * t;
        rotate(z, rowP, rowQ, c, cosine, sine);
        rotate(z, j + p * r, j + q * r, r, cosine, sine);
        rotated = true;
      }
    }
    return rotated;
  }

  private static void rotate(double[] z, int p, int q, int n, double cosine, double sine) {
    for (int i = 0; i < n; i++) {
      double zp = z[p + i];
      double zq = z[q + i];
      z[p + i] = cosine * zp - sine * zq;
      z[q + i] = sine * zp + cosine * zq;
    }
  }

  private static void normaliseRows(double[] z, int a, int r, int c) {
    double largest = 0;
    for (int k = 0; k < r; k++) {
      largest = Math.max(largest, Kernels.norm(z, a + k * c, a + (k + 1) * c));
    }
    for (int k = 0; k < r; k++) {
      double norm = Kernels.norm(z, a + k * c, a + (k + 1) * c);
      boolean kept = !(norm <= RANK * largest); // NaN is
      for (int i = a + k * c; i < a + (k + 1) * c; i++) {
        z[i] = kept ? z[i] / norm : 0;
      }
    }
  }
}
