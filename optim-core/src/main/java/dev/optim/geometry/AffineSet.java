package dev.optim.geometry;

import dev.optim.kernel.Kernels;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The affine set {@code A x = b}. With {@code A = L Q}, L lower triangular and Q with orthonormal
 * rows, the projection is {@code x - Q' L^-1 (A x - b)}.
 *
 * <p>The factors come from modified Gram-Schmidt on the rows, the most independent row first, each
 * orthogonalised twice, which keeps Q orthonormal to rounding (L. Giraud, J. Langou, M. Rozloznik,
 * Comput. Math. Appl. 50 (2005) 1069-1075). A projection repeats its correction until every
 * residual is down to rounding: once as a rule, more often for a far point or an ill-conditioned A.
 */
final class AffineSet implements ConvexSet {

  /** A correction gains more than four bits even for the worst A that is kept. */
  private static final int CORRECTIONS = 64;

  /** What is left of a dependent row after orthogonalisation, per row or column. */
  private static final double DEPENDENT = 0x1p-48;

  /** What a dependent row may disagree with the others by, relative to its terms. */
  private static final double DISAGREEMENT = 0x1p-30;

  /** The independent rows of A, each scaled by a power of two to a largest entry in [1, 2). */
  private final double[][] rows;

  private final double[] offsets;
  private final double[][] q;

  /** The diagonal of L. */
  private final double[] diagonal;

  private final int dimension;

  private AffineSet(double[][] rows, double[] offsets, double[][] q, int dimension) {
    this.rows = rows;
    this.offsets = offsets;
    this.q = q;
    this.dimension = dimension;
    diagonal = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      diagonal[i] = Norms.dot(rows[i], q[i]);
    }
  }

  static AffineSet hyperplane(double[] normal, double offset) {
    Objects.requireNonNull(normal, "normal");
    double[][] row = {normal.clone()};
    double[] right = {offset};
    scaleRow(row[0], right, 0, "normal", "offset");
    if (largest(row[0]) == 0) {
      throw new IllegalArgumentException(
          "normal is zero in all " + normal.length + " coordinates, must have a direction");
    }
    return new AffineSet(row, right, new double[][] {unit(row[0])}, normal.length);
  }

  static AffineSet of(double[][] a, double[] b) {
    Objects.requireNonNull(a, "a");
    double[] offsets = Objects.requireNonNull(b, "b").clone();
    if (a.length == 0 || a.length != b.length) {
      throw new IllegalArgumentException(
          "a has " + a.length + " rows and b length " + b.length + ", must be equal and not 0");
    }
    double[][] rows = new double[a.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Objects.requireNonNull(a[i], "a[" + i + "]").clone();
      if (rows[i].length != rows[0].length) {
        throw new IllegalArgumentException(
            "a[%d] has length %d and a[0] %d, must be equal"
                .formatted(i, rows[i].length, rows[0].length));
      }
      scaleRow(rows[i], offsets, i, "a[" + i + "]", "b[" + i + "]");
    }
    return factorize(rows, offsets);
  }

  private static AffineSet factorize(double[][] rows, double[] offsets) {
    int n = rows[0].length;
    double[][] rest = Arrays.stream(rows).map(AffineSet::unit).toArray(double[][]::new);
    boolean[] kept = new boolean[rows.length];
    int[] order = new int[Math.min(rows.length, n)];
    double[][] q = new double[order.length][];
    int rank = 0;
    for (; rank < order.length; rank++) {
      int next = mostIndependent(rest, kept);
      if (Norms.l2(rest[next]) <= DEPENDENT * Math.max(rows.length, n)) {
        break;
      }
      kept[next] = true;
      order[rank] = next;
      q[rank] = rest[next];
      for (int j = 0; j < rank; j++) {
        orthogonalize(q[rank], q[j]);
      }
      q[rank] = unit(q[rank]);
      for (int i = 0; i < rows.length; i++) {
        if (!kept[i]) {
          orthogonalize(rest[i], q[rank]);
        }
      }
    }
    double[][] independent = new double[rank][];
    double[] right = new double[rank];
    for (int k = 0; k < rank; k++) {
      independent[k] = rows[order[k]];
      right[k] = offsets[order[k]];
    }
    AffineSet set = new AffineSet(independent, right, Arrays.copyOf(q, rank), n);
    double[] solution = new double[n];
    set.project(solution);
    for (int i = 0; i < rows.length; i++) {
      double residual = Math.abs(Norms.dot(rows[i], solution) - offsets[i]);
      double size = Norms.l2(rows[i]) * Norms.l2(solution) + Math.abs(offsets[i]);
      if (!kept[i] && !(residual <= DISAGREEMENT * size)) {
        throw new IllegalArgumentException(
            "a x = b has no solution: row " + i + " depends on other rows but contradicts them");
      }
    }
    return set;
  }

  /** The row not kept yet of which most is left. */
  private static int mostIndependent(double[][] rest, boolean[] kept) {
    int best = -1;
    double most = -1;
    for (int i = 0; i < rest.length; i++) {
      double left = kept[i] ? -1 : Norms.l2(rest[i]);
      if (left > most) {
        most = left;
        best = i;
      }
    }
    return best;
  }

  private static void orthogonalize(double[] v, double[] unit) {
    double component = Norms.dot(v, unit);
    for (int i = 0; i < v.length; i++) {
      v[i] -= component * unit[i];
    }
  }

  /** {@code v / |v|}; zero stays zero. */
  private static double[] unit(double[] v) {
    double norm = Norms.l2(v);
    return Arrays.stream(v).map(entry -> norm == 0 ? 0 : entry / norm).toArray();
  }

  private static double largest(double[] v) {
    return Kernels.maxAbs(v, 0, v.length);
  }

  private static void scaleRow(
      double[] row, double[] offsets, int index, String rowName, String offsetName) {
    double largest = largest(row);
    if (!(largest <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          rowName + " is " + Arrays.toString(row) + ", must be finite");
    }
    int exponent = largest == 0 ? 0 : Math.getExponent(largest);
    double offset = Math.scalb(offsets[index], -exponent);
    if (!(Math.abs(offset) <= Arguments.LARGEST)) {
      throw new IllegalArgumentException(
          "%s is %s, must be at most %s times the largest entry of %s in size"
              .formatted(offsetName, offsets[index], Arguments.LARGEST, rowName));
    }
    offsets[index] = offset;
    for (int i = 0; i < row.length; i++) {
      row[i] = Math.scalb(row[i], -exponent);
    }
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public void project(double[] x) {
    if (!Arguments.isFinite(x, dimension)) {
      return;
    }
    double scale = scale(x);
    double[] y = scaled(x, scale);
    int corrections = 0;
    while (corrections < CORRECTIONS && !allSatisfied(y, scale)) {
      correct(y, scale);
      corrections++;
    }
    if (y != x && corrections > 0) {
      for (int j = 0; j < dimension; j++) {
        x[j] = y[j] / scale;
      }
    }
  }

  /** {@code a x - b} of the first row up to a positive factor, 0 if that is only rounding. */
  double excess(double[] x) {
    double scale = scale(x);
    double[] y = scaled(x, scale);
    return satisfies(0, y, scale) ? 0 : residual(0, y, scale);
  }

  /** Whether {@code A y - scale b} is nothing but rounding. */
  private boolean allSatisfied(double[] y, double scale) {
    for (int i = 0; i < rows.length; i++) {
      if (!satisfies(i, y, scale)) {
        return false;
      }
    }
    return true;
  }

  private boolean satisfies(int i, double[] y, double scale) {
    double size = Norms.absoluteDot(rows[i], y) + Math.abs(scale * offsets[i]);
    return Math.abs(residual(i, y, scale)) <= Norms.ROUNDING * size + Double.MIN_NORMAL;
  }

  private double residual(int i, double[] y, double scale) {
    return Norms.dot(rows[i], y) - scale * offsets[i];
  }

  /**
   * {@code y -= Q' L^-1 (A y - scale b)} in place, a row at a time: the later rows of Q are
   * orthogonal to the rows of A that are met already.
   */
  private void correct(double[] y, double scale) {
    for (int i = 0; i < rows.length; i++) {
      double step = residual(i, y, scale) / diagonal[i];
      for (int j = 0; j < dimension; j++) {
        y[j] -= step * q[i][j];
      }
    }
  }

  /** A power of two that keeps the products with a huge point finite. */
  private static double scale(double[] x) {
    return largest(x) > 0x1p900 ? 0x1p-200 : 1;
  }

  /** The point itself unless it is huge: then a copy. */
  private static double[] scaled(double[] x, double scale) {
    if (scale == 1) {
      return x;
    }
    double[] y = x.clone();
    for (int j = 0; j < y.length; j++) {
      y[j] *= scale;
    }
    return y;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AffineSet set
        && dimension == set.dimension
        && Arrays.deepEquals(rows, set.rows)
        && Arrays.equals(offsets, set.offsets);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.deepHashCode(rows) + Arrays.hashCode(offsets);
  }

  @Override
  public String toString() {
    return "AffineSet[rows=%d, dimension=%d]".formatted(rows.length, dimension);
  }
}
