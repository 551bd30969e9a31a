package dev.optim.secondorder;

import dev.optim.kernel.BlockKernels;
import dev.optim.kernel.Kernels;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Arrays;

/**
 * The Cholesky factor U of shift I + K = U'U, where K holds the inner products of some vectors. A
 * vector is added at the end and the first is taken away in O(m^2), without the vectors themselves.
 *
 * <p>Adding borders the matrix: one triangular solve. Taking away leaves U_22' U_22 + u u', with u
 * the rest of the first row: plane rotations of positive sign, which cannot break down. Rows are
 * recycled and columns slide through arrays of twice the length, so nothing is moved; when they
 * have slid through, after m replacements, the factor is computed anew from K, which bounds what
 * rounding can pile up and costs m^2 / 3 a replacement.
 *
 * <p>Every pivot squared is at least the shift in exact arithmetic, because it is a Schur
 * complement of a matrix whose eigenvalues are. It is held there, so that repeated vectors and a
 * shift below the rounding of K still give a factor. It is also held at a small part of the
 * vector's own squared length, which is more only where that is some 1e13 shifts or more and the
 * vector depends on those before it to seven digits: what is left of it is rounding then, which the
 * inverse of a shift so small would make anything of. A pivot that is held up is exact for a matrix
 * in which that vector counts for less.
 */
final class GramFactor {

  /** What a product may lose to rounding, as a part of its norm, before it is refined. */
  private static final double ALLOWED = 1e-10;

  /** The least part of a squared length that a pivot may be: some times what rounding makes. */
  private static final double ROUNDING = 0x1p-44;

  private final int capacity;

  /** Row i: K_ij for j &le; i, at columns first + j. */
  private final double[][] gram;

  /** Row i: U_ij for j &ge; i, at columns first + j. */
  private final double[][] upper;

  /** Row i: U_ij for j &ge; i before the first vector was taken away, at columns j - i. */
  private final double[][] kept;

  private final double[] work;
  private double shift;
  private int first;
  private int size;

  private double markedShift;
  private int markedFirst;
  private int markedSize;
  private boolean dropped;

  /** A factor that cannot be taken back. */
  GramFactor(int capacity, double shift) {
    this(capacity, shift, false);
  }

  /**
   * @param capacity m, the largest number of vectors
   * @param revertible whether {@link #revert} is to be used: takes 4 m^2 bytes
   */
  GramFactor(int capacity, double shift, boolean revertible) {
    this.capacity = capacity;
    this.shift = shift;
    gram = new double[capacity][2 * capacity];
    upper = new double[capacity][2 * capacity];
    kept = new double[revertible ? capacity : 0][];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = new double[capacity - i];
    }
    work = new double[2 * capacity];
  }

  int size() {
    return size;
  }

  void clear() {
    first = 0;
    size = 0;
  }

  /**
   * Adds a vector behind the others.
   *
   * @param products its inner products with the others in their order, and then with itself, from
   *     index {@code from}
   */
  void append(double[] products, int from) {
    if (first + size == work.length) {
      for (int i = 0; i < size; i++) {
        System.arraycopy(gram[i], first, gram[i], 0, i + 1);
      }
      first = 0;
      factorise();
    }
    System.arraycopy(products, from, gram[size], first, size + 1);
    border(size);
    size++;
  }

  /** Remembers where {@link #revert} goes back to. */
  void mark() {
    markedShift = shift;
    markedFirst = first;
    markedSize = size;
    dropped = false;
  }

  /**
   * Goes back to the mark, bit for bit, from where at most the first vector was taken away or the
   * shift was changed, and then one vector added. What a new place of the columns left of the old
   * Gram matrix is all of it: its columns lie before or behind them.
   */
  void revert() {
    first = markedFirst;
    size = markedSize;
    if (dropped) {
      rotateBack(gram);
      rotateBack(upper);
      for (int k = 0; k < size; k++) {
        System.arraycopy(kept[k], 0, upper[k], first + k, size - k);
      }
    } else if (shift != markedShift) {
      shift(markedShift);
    }
  }

  /** Takes the first vector away. */
  void dropFirst() {
    for (int k = 0; k < Math.min(size, kept.length); k++) {
      System.arraycopy(upper[k], first + k, kept[k], 0, size - k);
    }
    dropped = true;
    double[] v = upper[0];
    rotate(gram);
    rotate(upper);
    first++;
    size--;
    for (int k = 0; k < size; k++) {
      int diagonal = first + k;
      double[] row = upper[k];
      double radius = Math.sqrt(row[diagonal] * row[diagonal] + v[diagonal] * v[diagonal]);
      double cosine = row[diagonal] / radius;
      double sine = v[diagonal] / radius;
      row[diagonal] = radius;
      turn(cosine, sine, row, v, diagonal + 1, first + size);
    }
  }

  /** Changes the shift, in O(m^3). */
  void shift(double shift) {
    this.shift = shift;
    factorise();
  }

  /** Solves (shift I + K) x = b in place, in elements 0..size-1. */
  void solve(double[] b) {
    System.arraycopy(b, 0, work, first, size);
    forward(0, size);
    backward();
    System.arraycopy(work, first, b, 0, size);
  }

  /** Solves (shift I + K) x = e_i: half the work of {@link #solve} for the last i. */
  void solveUnit(int i, double[] x) {
    Arrays.fill(work, first, first + size, 0);
    work[first + i] = 1;
    forward(i, size);
    backward();
    System.arraycopy(work, first, x, 0, size);
  }

  /** U' as {@link BlockKernels#solveLower} wants it, the unit matrix behind the last row. */
  double[] lower() {
    int rows = Strip.rows(size);
    double[] lower = new double[BlockKernels.lowerLength(rows)];
    for (int i = 0; i < rows; i++) {
      lower[BlockKernels.lowerIndex(i, i)] = i < size ? 1 / upper[i][first + i] : 1;
      for (int k = 0; k < Math.min(i, size); k++) {
        lower[BlockKernels.lowerIndex(i, k)] = i < size ? upper[k][first + i] : 0;
      }
    }
    return lower;
  }

  /**
   * How nearly a vector depends on those before it: the largest A_kk / U_kk^2, A = shift I + K. Its
   * root is what rounding in a solve grows by, whatever the lengths of the vectors.
   */
  double collinearity() {
    double largest = 1;
    for (int k = 0; k < size; k++) {
      double pivot = upper[k][first + k];
      largest = Math.max(largest, (shift + gram[k][first + k]) / (pivot * pivot));
    }
    return largest;
  }

  /**
   * Whether a vector x - G'c or G'c, where A c = b, loses more digits than are allowed to go: where
   * its terms are much larger than itself.
   *
   * @param c the solution
   * @param norm |x|, or 0
   * @param square x'x - b'c, or b'c: without shift c'c the squared norm of the vector
   */
  boolean loses(double[] c, double norm, double square) {
    double terms = 0;
    for (int k = 0; k < size; k++) {
      terms += Math.abs(c[k]) * Math.sqrt(gram[k][first + k]);
    }
    double rest = Math.sqrt(Math.max(0, square - shift * Kernels.squaredNorm(c, 0, size)));
    return loses(norm + terms * Math.sqrt(collinearity()), rest);
  }

  /** Whether rounding of what was added up may leave too few digits of the result. */
  static boolean loses(double terms, double result) {
    return Math.ulp(1.0) * terms > ALLOWED * result;
  }

  /** Whether a pivot may have been held up, so that the factor is no longer of this matrix. */
  static boolean heldUp(double collinearity) {
    return collinearity > 0.5 / ROUNDING;
  }

  private void factorise() {
    for (int n = 0; n < size; n++) {
      border(n);
    }
  }

  /** Computes column n of the factor from row n of the Gram matrix and the columns before. */
  private void border(int n) {
    int diagonal = first + n;
    System.arraycopy(gram[n], first, work, first, n);
    forward(0, n);
    for (int k = 0; k < n; k++) {
      upper[k][diagonal] = work[first + k];
    }
    double pivot = shift + gram[n][diagonal] - Kernels.squaredNorm(work, first, diagonal);
    double least = Math.max(shift, ROUNDING * gram[n][diagonal]);
    upper[n][diagonal] = Math.sqrt(Math.max(pivot, least));
  }

  /** Solves U' y = b in the first n elements of work, where those before start are 0. */
  private void forward(int start, int n) {
    for (int k = start; k < n; k++) {
      double y = work[first + k] / upper[k][first + k];
      work[first + k] = y;
      Kernels.axpy(-y, upper[k], work, first + k + 1, first + n);
    }
  }

  /** Solves U x = y in work. */
  private void backward() {
    for (int k = size - 1; k >= 0; k--) {
      int behind = first + k + 1;
      double known = Kernels.dot(upper[k], behind, work, behind, size - k - 1);
      work[first + k] = (work[first + k] - known) / upper[k][first + k];
    }
  }

  private static void turn(double c, double s, double[] a, double[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      double ai = a[i];
      double bi = b[i];
      a[i] = c * ai + s * bi;
      b[i] = c * bi - s * ai;
    }
  }

  private static void rotate(double[][] rows) {
    double[] freed = rows[0];
    System.arraycopy(rows, 1, rows, 0, rows.length - 1);
    rows[rows.length - 1] = freed;
  }

  private static void rotateBack(double[][] rows) {
    double[] last = rows[rows.length - 1];
    System.arraycopy(rows, 0, rows, 1, rows.length - 1);
    rows[0] = last;
  }

  void save(CheckpointBuilder builder) {
    double[] k = new double[size * (size + 1) / 2];
    double[] u = new double[k.length];
    for (int i = 0, at = 0; i < size; at += ++i) {
      System.arraycopy(gram[i], first, k, at, i + 1);
      for (int j = 0; j <= i; j++) {
        u[at + j] = upper[j][first + i];
      }
    }
    builder
        .meta("first", first)
        .meta("shift", shift)
        .tensor("gram", k, k.length)
        .tensor("factor", u, u.length);
  }

  /** Checks a state of {@code size} vectors and returns what takes it over. */
  Runnable restoring(Checkpoint state, int size) {
    long savedFirst = state.metaLong("first");
    double savedShift = state.metaDouble("shift");
    double[] k = state.doubles("gram", size * (size + 1L) / 2);
    double[] u = state.doubles("factor", k.length);
    if (savedFirst < 0 || savedFirst > work.length - size || !(savedShift > 0)) {
      throw new IllegalArgumentException(
          "first is %d and shift %s, must be in 0..%d and more than 0"
              .formatted(savedFirst, savedShift, work.length - size));
    }
    return () -> {
      first = (int) savedFirst;
      shift = savedShift;
      this.size = size;
      for (int i = 0, at = 0; i < size; at += ++i) {
        System.arraycopy(k, at, gram[i], first, i + 1);
        for (int j = 0; j <= i; j++) {
          upper[j][first + i] = u[at + j];
        }
      }
    };
  }
}
