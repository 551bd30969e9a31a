package dev.optim.bilevel;

import dev.optim.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.jspecify.annotations.Nullable;

/**
 * Projection onto {@code {w : below <= w <= above, a_i . w <= b_i}}, some rows being equalities.
 *
 * <p>With the rows in R active and the coordinates outside F at a bound, the projection of p is
 * {@code w_F = p_F - A_RF' mu} with {@code (A_RF A_RF') mu = A_R (p_F, w_bound) - b_R}. The active
 * set starts as that of the last projection and is corrected by the signs of the multipliers and
 * the violated constraints until it no longer changes (the primal-dual active set method, M.
 * Hintermueller, K. Ito, K. Kunisch, SIAM J. Optim. 13 (2003) 865-888). Along a run it changes
 * seldom: then the matrix is still factorised from the last projection, and nothing is allocated.
 * Where the corrections go in a circle, a quadratic program finds the active set. The result is a
 * function of the active set alone: it does not depend on the way there.
 */
final class Polyhedron implements JointProjection {

  private static final int CORRECTIONS = 40;

  /** What a row may be violated by, relative to the size of its terms. */
  private static final double ROUNDING = 0x1p-44;

  /** What an active row may be off, relative to the size of its terms, and still count as met. */
  private static final double MET = 1e-9;

  /** What the quadratic program's solution may miss an active constraint by. */
  private static final double NEARLY = 1e-7;

  private final double[] below;
  private final double[] above;
  private final List<double[]> rows = new ArrayList<>();
  private final List<Double> right = new ArrayList<>();
  private final List<Boolean> equality = new ArrayList<>();

  /** For each row whether it is active, then for each coordinate -1, 0 or 1: at which bound. */
  private int[] active;

  private int[] next;

  /** The active set of the factorisation, or one of the wrong length if there is none. */
  private int[] factorised = new int[0];

  private int[] chosen = new int[0];
  private DMatrixRMaj mu = new DMatrixRMaj(0, 1);
  private DMatrixRMaj residual = new DMatrixRMaj(0, 1);
  private @Nullable LinearSolverDense<DMatrixRMaj> solver;
  private final double[] w;
  private final double[] shifted;

  Polyhedron(double[] below, double[] above) {
    this.below = below;
    this.above = above;
    active = new int[below.length];
    next = new int[below.length];
    w = new double[below.length];
    shifted = new double[below.length];
  }

  /** Adds the row a . w <= b, or = b. */
  void add(double[] a, double b, boolean equal) {
    factorised = new int[0];
    int l = rows.size();
    rows.add(a);
    right.add(b);
    equality.add(equal);
    int[] grown = new int[active.length + 1];
    System.arraycopy(active, 0, grown, 0, l);
    System.arraycopy(active, l, grown, l + 1, below.length);
    grown[l] = equal ? 1 : 0;
    active = grown;
    next = new int[grown.length];
  }

  /** Adds the rows of a linear coupling. */
  void add(LinearCoupling linear) {
    double[][] joint = linear.jointRows();
    double[] bounds = linear.right();
    for (int i = 0; i < bounds.length; i++) {
      add(joint[i], bounds[i], linear.equality(i));
    }
  }

  /** The number of rows. */
  int rows() {
    return rows.size();
  }

  /** Drops all rows but the first ones. The active set begins anew. */
  void keep(int first) {
    rows.subList(first, rows.size()).clear();
    right.subList(first, right.size()).clear();
    equality.subList(first, equality.size()).clear();
    factorised = new int[0];
    active = new int[first + below.length];
    for (int i = 0; i < first; i++) {
      active[i] = equality.get(i) ? 1 : 0;
    }
    next = new int[active.length];
  }

  @Override
  public int[] memory() {
    return active.clone();
  }

  @Override
  public void remember(int[] memory) {
    if (memory.length == active.length) {
      active = memory.clone();
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if no point satisfies the constraints
   */
  @Override
  public void project(double[] point) {
    if (!Kernels.allFinite(point, 0, point.length)) {
      return;
    }
    for (int k = 0; k < CORRECTIONS; k++) {
      boolean solved = solve(point);
      boolean same = correct(solved);
      if (same && solved) {
        System.arraycopy(w, 0, point, 0, w.length);
        return;
      }
      if (same) {
        break;
      }
    }
    byQuadraticProgram(point);
  }

  /** Sets w for the active set; whether it meets the active rows. */
  private boolean solve(double[] p) {
    int l = rows.size();
    for (int j = 0; j < w.length; j++) {
      int at = active[l + j];
      w[j] = at < 0 ? below[j] : at > 0 ? above[j] : p[j];
    }
    System.arraycopy(p, 0, shifted, 0, p.length);
    if (!Arrays.equals(active, factorised)) {
      factorise();
    }
    for (int i = 0; i < chosen.length; i++) {
      residual.data[i] = violation(chosen[i]);
    }
    if (solver != null) {
      solver.solve(residual, mu);
    } else {
      mu.zero();
    }
    boolean met = true;
    for (int i = 0; i < chosen.length; i++) {
      multipliersAt(chosen[i], mu.data[i]);
    }
    for (int j = 0; j < w.length; j++) {
      w[j] = active[l + j] == 0 ? shifted[j] : w[j];
    }
    for (int i : chosen) {
      met &= Math.abs(violation(i)) <= MET * size(i);
    }
    return met && Kernels.allFinite(w, 0, w.length);
  }

  /** Factorises A_RF A_RF' of the active set. */
  private void factorise() {
    int l = rows.size();
    int count = 0;
    for (int i = 0; i < l; i++) {
      count += active[i];
    }
    chosen = new int[count];
    double[][] free = new double[count][];
    for (int i = 0, k = 0; i < l; i++) {
      if (active[i] != 0) {
        free[k] = rows.get(i).clone();
        for (int j = 0; j < w.length; j++) {
          free[k][j] = active[l + j] == 0 ? free[k][j] : 0;
        }
        chosen[k++] = i;
      }
    }
    DMatrixRMaj gram = new DMatrixRMaj(count, count);
    for (int i = 0; i < count; i++) {
      for (int k = 0; k <= i; k++) {
        double sum = Kernels.dot(free[i], free[k]);
        gram.set(i, k, sum);
        gram.set(k, i, sum);
      }
    }
    residual = new DMatrixRMaj(count, 1);
    mu = new DMatrixRMaj(count, 1);
    LinearSolverDense<DMatrixRMaj> qr = LinearSolverFactory_DDRM.leastSquaresQrPivot(true, false);
    solver = count > 0 && qr.setA(gram) ? qr : null;
    factorised = active.clone();
  }

  private void multipliersAt(int row, double mu) {
    Kernels.axpy(-mu, rows.get(row), shifted, 0, shifted.length);
    next[row] = equality.get(row) || mu > 0 ? 1 : 0;
  }

  /**
   * Takes the active set that the solution asks for; whether it is the same as before. Where the
   * active rows cannot all be met, as of two parallel ones, those the compromise leaves slack go.
   */
  private boolean correct(boolean solved) {
    int l = rows.size();
    for (int i = 0; i < l; i++) {
      if (active[i] == 0) {
        next[i] = equality.get(i) || violation(i) > ROUNDING * size(i) ? 1 : 0;
      } else if (!solved && !equality.get(i) && violation(i) < -MET * size(i)) {
        next[i] = 0;
      }
    }
    for (int j = 0; j < w.length; j++) {
      next[l + j] = shifted[j] < below[j] ? -1 : shifted[j] > above[j] ? 1 : 0;
    }
    boolean same = Arrays.equals(active, next);
    int[] old = active;
    active = next;
    next = old;
    return same;
  }

  private double violation(int row) {
    return Kernels.dot(rows.get(row), w) - right.get(row);
  }

  private double size(int row) {
    double[] a = rows.get(row);
    double size = Math.abs(right.get(row));
    for (int j = 0; j < a.length; j++) {
      size += Math.abs(a[j] * w[j]);
    }
    return size;
  }

  private void byQuadraticProgram(double[] p) {
    double[] solution =
        ProjectionProgram.solve(p, below, above, List.copyOf(rows), List.copyOf(right), equality);
    int l = rows.size();
    System.arraycopy(solution, 0, w, 0, w.length);
    for (int i = 0; i < l; i++) {
      active[i] = equality.get(i) || violation(i) >= -NEARLY * size(i) ? 1 : 0;
    }
    for (int j = 0; j < w.length; j++) {
      double margin = NEARLY * (1 + Math.abs(w[j]));
      active[l + j] = w[j] <= below[j] + margin ? -1 : w[j] >= above[j] - margin ? 1 : 0;
    }
    // the active set makes the program's few digits exact, unless it was read wrongly
    if (solve(p) && near(solution)) {
      System.arraycopy(w, 0, p, 0, w.length);
    } else {
      System.arraycopy(solution, 0, p, 0, w.length);
    }
  }

  private boolean near(double[] solution) {
    for (int j = 0; j < w.length; j++) {
      boolean inside = w[j] >= below[j] && w[j] <= above[j];
      if (!inside || Math.abs(w[j] - solution[j]) > 1e-5 * (1 + Math.abs(w[j]))) {
        return false;
      }
    }
    return true;
  }
}
