package dev.optim.bilevel;

import java.util.ArrayList;
import java.util.List;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.convex.ConvexSolver;

/** The projection onto a polyhedron as a quadratic program: minimise {@code |w - p|^2 / 2}. */
final class ProjectionProgram {

  private ProjectionProgram() {}

  /**
   * Solves the program.
   *
   * @throws IllegalArgumentException if no point satisfies the constraints
   */
  static double[] solve(
      double[] p,
      double[] below,
      double[] above,
      List<double[]> rows,
      List<Double> right,
      List<Boolean> equality) {
    int n = p.length;
    List<double[]> equal = new ArrayList<>();
    List<Double> equalRight = new ArrayList<>();
    List<double[]> atMost = new ArrayList<>();
    List<Double> atMostRight = new ArrayList<>();
    // in d = w - p, so that the program's accuracy is relative to the distance
    for (int i = 0; i < rows.size(); i++) {
      double b = right.get(i);
      for (int j = 0; j < n; j++) {
        b -= rows.get(i)[j] * p[j];
      }
      (equality.get(i) ? equal : atMost).add(rows.get(i));
      (equality.get(i) ? equalRight : atMostRight).add(b);
    }
    for (int j = 0; j < n; j++) {
      double[] unit = new double[n];
      unit[j] = 1;
      if (above[j] < Double.POSITIVE_INFINITY) {
        atMost.add(unit);
        atMostRight.add(above[j] - p[j]);
      }
      if (below[j] > Double.NEGATIVE_INFINITY) {
        double[] negative = new double[n];
        negative[j] = -1;
        atMost.add(negative);
        atMostRight.add(p[j] - below[j]);
      }
    }
    ConvexSolver.Builder builder = ConvexSolver.newBuilder(R064Store.FACTORY.makeEye(n, n));
    if (!equal.isEmpty()) {
      builder.equalities(matrix(equal, n), column(equalRight));
    }
    if (!atMost.isEmpty()) {
      builder.inequalities(matrix(atMost, n), column(atMostRight));
    }
    Optimisation.Result result = builder.build().solve();
    if (!result.getState().isFeasible()) {
      throw new IllegalArgumentException(
          "the constraints leave no point: no (x, y) in X x Y satisfies the coupling");
    }
    double[] w = new double[n];
    for (int j = 0; j < n; j++) {
      w[j] = Math.min(Math.max(p[j] + result.doubleValue(j), below[j]), above[j]);
    }
    return w;
  }

  private static R064Store matrix(List<double[]> rows, int columns) {
    R064Store matrix = R064Store.FACTORY.make(rows.size(), columns);
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < columns; j++) {
        matrix.set(i, j, rows.get(i)[j]);
      }
    }
    return matrix;
  }

  private static R064Store column(List<Double> numbers) {
    return R064Store.FACTORY.column(numbers.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
