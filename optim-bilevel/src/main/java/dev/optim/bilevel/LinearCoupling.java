package dev.optim.bilevel;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.kernel.Kernels;
import java.util.Arrays;

/**
 * The coupling {@code A x + B y - b <= 0}, or {@code = 0}, with its matrices stored by rows. Rows
 * of both kinds come together by {@link #and}:
 *
 * <pre>{@code
 * LinearCoupling.equal(a, b, right).and(LinearCoupling.atMost(c, d, most))
 * }</pre>
 */
public final class LinearCoupling implements Coupling {

  private final double[][] a;
  private final double[][] b;
  private final double[] right;

  /** For each row. */
  private final boolean[] equality;

  private LinearCoupling(double[][] a, double[][] b, double[] right, boolean[] equality) {
    this.a = copy("a", requireNonNull(a, "a"));
    this.b = copy("b", requireNonNull(b, "b"));
    this.right = requireNonNull(right, "right").clone();
    Checks.atLeastOne("right.length", right.length);
    Checks.length("a", a.length, right.length);
    Checks.length("b", b.length, right.length);
    Checks.finite("right", right);
    this.equality = equality;
  }

  /**
   * The rows {@code A x + B y <= b}.
   *
   * @param a the matrix A, l rows of n numbers; copied
   * @param b the matrix B, l rows of m numbers; copied
   * @param right the right-hand side b, l numbers; copied
   * @return the coupling
   * @throws IllegalArgumentException if the lengths do not fit or a number is not finite
   */
  public static LinearCoupling atMost(double[][] a, double[][] b, double[] right) {
    return new LinearCoupling(a, b, right, new boolean[right.length]);
  }

  /**
   * The rows {@code A x + B y = b}.
   *
   * @param a the matrix A, l rows of n numbers; copied
   * @param b the matrix B, l rows of m numbers; copied
   * @param right the right-hand side b, l numbers; copied
   * @return the coupling
   * @throws IllegalArgumentException if the lengths do not fit or a number is not finite
   */
  public static LinearCoupling equal(double[][] a, double[][] b, double[] right) {
    boolean[] all = new boolean[right.length];
    Arrays.fill(all, true);
    return new LinearCoupling(a, b, right, all);
  }

  /**
   * The rows of this coupling, then those of another.
   *
   * @param other of the same lengths of x and y
   * @return a coupling with the rows of both
   * @throws IllegalArgumentException if the lengths of x or y differ
   */
  public LinearCoupling and(LinearCoupling other) {
    Checks.length("other: a[0]", other.upperDimension(), upperDimension());
    Checks.length("other: b[0]", other.lowerDimension(), lowerDimension());
    int l = rows();
    double[][] bothA = Arrays.copyOf(a, l + other.rows());
    double[][] bothB = Arrays.copyOf(b, l + other.rows());
    double[] bothRight = Arrays.copyOf(right, l + other.rows());
    boolean[] bothEquality = Arrays.copyOf(equality, l + other.rows());
    System.arraycopy(other.a, 0, bothA, l, other.rows());
    System.arraycopy(other.b, 0, bothB, l, other.rows());
    System.arraycopy(other.right, 0, bothRight, l, other.rows());
    System.arraycopy(other.equality, 0, bothEquality, l, other.rows());
    return new LinearCoupling(bothA, bothB, bothRight, bothEquality);
  }

  private static double[][] copy(String name, double[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int i = 0; i < copy.length; i++) {
      String row = name + "[" + i + "]";
      copy[i] = requireNonNull(matrix[i], row).clone();
      Checks.length(row, copy[i].length, copy[0].length);
      Checks.finite(row, copy[i]);
    }
    return copy;
  }

  /** The columns of A. */
  int upperDimension() {
    return a[0].length;
  }

  /** The columns of B. */
  int lowerDimension() {
    return b[0].length;
  }

  /** The rows [A B]. */
  double[][] jointRows() {
    double[][] rows = new double[right.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOf(a[i], a[i].length + b[i].length);
      System.arraycopy(b[i], 0, rows[i], a[i].length, b[i].length);
    }
    return rows;
  }

  /** The right-hand side. */
  double[] right() {
    return right.clone();
  }

  @Override
  public int rows() {
    return right.length;
  }

  @Override
  public boolean equality(int row) {
    return equality[row];
  }

  /** Whether the first row is not zero in all coordinates. */
  boolean hasDirection() {
    return Kernels.maxAbs(a[0], 0, a[0].length) > 0 || Kernels.maxAbs(b[0], 0, b[0].length) > 0;
  }

  /** Whether every row is an equality. */
  boolean isAffine() {
    for (boolean equal : equality) {
      if (!equal) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void value(double[] x, double[] y, double[] out) {
    for (int i = 0; i < right.length; i++) {
      out[i] = Kernels.dot(a[i], x) + Kernels.dot(b[i], y) - right[i];
    }
  }

  @Override
  public void transposedX(double[] x, double[] y, double[] multipliers, double[] out) {
    transposed(a, multipliers, out);
  }

  @Override
  public void transposedY(double[] x, double[] y, double[] multipliers, double[] out) {
    transposed(b, multipliers, out);
  }

  private static void transposed(double[][] matrix, double[] multipliers, double[] out) {
    Arrays.fill(out, 0);
    for (int i = 0; i < matrix.length; i++) {
      Kernels.axpy(multipliers[i], matrix[i], out, 0, out.length);
    }
  }

  @Override
  public String toString() {
    int equalities = 0;
    for (boolean equal : equality) {
      equalities += equal ? 1 : 0;
    }
    return "LinearCoupling[rows=%d, equalities=%d]".formatted(right.length, equalities);
  }
}
