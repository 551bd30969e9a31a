package dev.optim.bench.problem.bilevel;

import dev.optim.bilevel.BilevelProblem;
import dev.optim.bilevel.LevelObjective.Value;
import dev.optim.bilevel.LinearCoupling;
import dev.optim.bilevel.Polyhedra;
import dev.optim.geometry.ConvexSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bilevel problem whose global optimum is known.
 *
 * @param name of the problem in the literature
 * @param upper F
 * @param lower f
 * @param start where runs begin, (x, y)
 * @param n the length of x
 * @param best F at the optimum
 * @param regular whether the lower level is convex in y and has constraints with an inner point at
 *     the solution: what the methods assume
 * @param upperRows rows {@code a . (x, y) >= b} of the upper level, b last
 * @param lowerRows rows {@code a . (x, y) >= b} of the lower level, b last
 * @param curved a constraint {@code g(x, y) <= 0} of the lower level, or null
 */
public record KnownBilevel(
    String name,
    Value upper,
    Value lower,
    double[] start,
    int n,
    double best,
    boolean regular,
    double[][] upperRows,
    double[][] lowerRows,
    @Nullable Value curved) {

  /**
   * The length of y.
   *
   * @return m
   */
  public int m() {
    return start.length - n;
  }

  /**
   * Whether the lower level's constraints are bounds of y and the upper level's concern x alone:
   * what methods other than LV-HBA need.
   *
   * @return true if so
   */
  public boolean uncoupled() {
    return curved == null
        && Arrays.stream(lowerRows).allMatch(row -> bounded(row) >= n)
        && Arrays.stream(upperRows).allMatch(row -> !touches(row, n, n + m()));
  }

  /**
   * Whether constraints of the upper level concern y.
   *
   * @return true if so
   */
  public boolean hasJointUpperRows() {
    return Arrays.stream(upperRows).anyMatch(row -> touches(row, n, n + m()));
  }

  /**
   * Whether the lower level has no constraints.
   *
   * @return true if so
   */
  public boolean unconstrainedLower() {
    return lowerRows.length == 0 && curved == null;
  }

  /**
   * The problem as the library takes it, its gradients by central differences.
   *
   * @return a new problem
   */
  public BilevelProblem problem() {
    return problem(() -> {});
  }

  /**
   * The same with its gradients counted.
   *
   * @param asked told of every partial gradient of either level
   * @return a new problem
   */
  public BilevelProblem problem(Runnable asked) {
    int m = m();
    BilevelProblem.Builder builder =
        BilevelProblem.of(n, m)
            .upper(new DifferenceLevel(upper, asked))
            .lower(new DifferenceLevel(lower, asked));
    double[] below = filled(n + m, Double.NEGATIVE_INFINITY);
    double[] above = filled(n + m, Double.POSITIVE_INFINITY);
    List<double[]> upperLeft = new ArrayList<>();
    List<double[]> lowerLeft = new ArrayList<>();
    for (double[] row : upperRows) {
      if (bounded(row) < 0 || bounded(row) >= n) {
        upperLeft.add(row);
      } else {
        bound(row, below, above);
      }
    }
    for (double[] row : lowerRows) {
      if (bounded(row) < n) {
        lowerLeft.add(row);
      } else {
        bound(row, below, above);
      }
    }
    double[] xBelow = Arrays.copyOf(below, n);
    double[] xAbove = Arrays.copyOf(above, n);
    builder.upperBox(xBelow, xAbove);
    if (!unconstrainedLower()) {
      builder.lowerBox(Arrays.copyOfRange(below, n, n + m), Arrays.copyOfRange(above, n, n + m));
    }
    if (!lowerLeft.isEmpty()) {
      builder.coupling(atMost(lowerLeft));
    }
    if (curved != null) {
      builder.coupling(new CurvedRow(new DifferenceLevel(curved, () -> {})));
    }
    if (!upperLeft.isEmpty()) {
      if (uncoupled()) {
        builder.upperSet(polyhedron(upperLeft, xBelow, xAbove));
      } else {
        builder.upperConstraints(atMost(upperLeft));
      }
    }
    return builder.build();
  }

  /**
   * The x that the upper level's constraints on x alone allow.
   *
   * @return the set X
   */
  public ConvexSet upperSet() {
    double[] below = filled(n + m(), Double.NEGATIVE_INFINITY);
    double[] above = filled(n + m(), Double.POSITIVE_INFINITY);
    List<double[]> rows = new ArrayList<>();
    for (double[] row : upperRows) {
      if (bounded(row) >= 0) {
        bound(row, below, above);
      } else if (!touches(row, n, n + m())) {
        rows.add(row);
      }
    }
    return polyhedron(rows, Arrays.copyOf(below, n), Arrays.copyOf(above, n));
  }

  private ConvexSet polyhedron(List<double[]> rows, double[] below, double[] above) {
    double[][] a = new double[rows.size()][n];
    double[] b = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = -rows.get(i)[j];
      }
      b[i] = -rows.get(i)[n + m()];
    }
    return Polyhedra.atMost(a, b, below, above);
  }

  private LinearCoupling atMost(List<double[]> rows) {
    int m = m();
    double[][] a = new double[rows.size()][n];
    double[][] b = new double[rows.size()][m];
    double[] right = new double[rows.size()];
    for (int i = 0; i < right.length; i++) {
      double[] row = rows.get(i);
      for (int j = 0; j < n; j++) {
        a[i][j] = -row[j];
      }
      for (int j = 0; j < m; j++) {
        b[i][j] = -row[n + j];
      }
      right[i] = -row[n + m];
    }
    return LinearCoupling.atMost(a, b, right);
  }

  /** The only coordinate a row concerns, or -1. */
  private int bounded(double[] row) {
    int only = -1;
    for (int j = 0; j < start.length; j++) {
      if (row[j] != 0) {
        if (only >= 0) {
          return -1;
        }
        only = j;
      }
    }
    return only;
  }

  private static boolean touches(double[] row, int from, int to) {
    for (int j = from; j < to; j++) {
      if (row[j] != 0) {
        return true;
      }
    }
    return false;
  }

  private void bound(double[] row, double[] below, double[] above) {
    int j = bounded(row);
    double value = row[start.length] / row[j];
    if (row[j] > 0) {
      below[j] = Math.max(below[j], value);
    } else {
      above[j] = Math.min(above[j], value);
    }
  }

  private static double[] filled(int length, double value) {
    double[] a = new double[length];
    Arrays.fill(a, value);
    return a;
  }

  /**
   * The largest violation of any constraint of either level.
   *
   * @param w the point (x, y)
   * @return 0 if the point is feasible
   */
  public double violation(double[] w) {
    return Math.max(violation(upperRows, w), lowerViolation(w));
  }

  private double lowerViolation(double[] w) {
    double worst = violation(lowerRows, w);
    if (curved != null) {
      worst = Math.max(worst, curved.at(Arrays.copyOf(w, n), Arrays.copyOfRange(w, n, w.length)));
    }
    return worst;
  }

  /**
   * Whether a point is the solution: F within 1e-2 of the optimum (1e-3 absolute near zero), all
   * constraints and the lower level within 1e-3.
   *
   * @param w the point (x, y)
   * @return true if so
   */
  public boolean isSolvedBy(double[] w) {
    double value = upper.at(Arrays.copyOf(w, n), Arrays.copyOfRange(w, n, w.length));
    double tolerance = Math.abs(best) < 0.1 ? 1e-3 : 1e-2 * Math.abs(best);
    return Math.abs(value - best) <= tolerance && violation(w) <= 1e-3 && lowerGap(w) <= 1e-3;
  }

  private static double violation(double[][] rows, double[] w) {
    double worst = 0;
    for (double[] row : rows) {
      double slack = -row[w.length];
      for (int j = 0; j < w.length; j++) {
        slack += row[j] * w[j];
      }
      worst = Math.max(worst, -slack);
    }
    return worst;
  }

  /**
   * How far f is above its minimum over the feasible y, by grids that close in on the best point of
   * the last: good to about 1e-6 for the one or two lower variables of these problems.
   *
   * @param w the point (x, y)
   * @return f(x, y) less the least value found, at least 0
   */
  public double lowerGap(double[] w) {
    int m = m();
    double[] x = Arrays.copyOf(w, n);
    double here = lower.at(x, Arrays.copyOfRange(w, n, w.length));
    double best = here;
    double[] centre = w.clone();
    double[] trial = w.clone();
    int points = m == 1 ? 401 : 61;
    double radius = 60;
    for (int zoom = 0; zoom < 12; zoom++) {
      double[] next = centre.clone();
      int total = m == 1 ? points : points * points;
      for (int i = 0; i < total; i++) {
        trial[n] = centre[n] + radius * (2.0 * (i % points) / (points - 1) - 1);
        if (m == 2) {
          trial[n + 1] = centre[n + 1] + radius * (2.0 * (i / points) / (points - 1) - 1);
        }
        if (lowerViolation(trial) <= 1e-9) {
          double value = lower.at(x, Arrays.copyOfRange(trial, n, trial.length));
          if (value < best) {
            best = value;
            next = trial.clone();
          }
        }
      }
      centre = next;
      radius *= m == 1 ? 0.1 : 0.2;
    }
    return here - best;
  }

  @Override
  public String toString() {
    return name;
  }
}
