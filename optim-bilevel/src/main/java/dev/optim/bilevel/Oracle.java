package dev.optim.bilevel;

import dev.optim.EvaluationException;
import dev.optim.Evaluations.Counts;
import java.util.Arrays;

/**
 * A problem as a run sees it: counted, guarded from the user's code, and free of allocation. The
 * user's code gets scratch copies and arrays filled with NaN; what it throws becomes an {@link
 * EvaluationException}. A {@link LinearCoupling} is no user's code and needs neither.
 *
 * <p>A partial gradient of either block, a transposed product and a second-order product count as
 * one gradient each, a value of g as one value. A gradient of a whole level counts as its terms.
 */
final class Oracle {

  /** The whole level, not a batch of it. */
  static final int[] WHOLE = new int[0];

  private final BilevelProblem problem;
  private final double[] xCopy;
  private final double[] yCopy;
  private final double[] multiplierCopy;
  private final double[] vCopy;
  private final int upperTerms;
  private final int lowerTerms;
  private long values;
  private long gradients;
  private long terms;

  Oracle(BilevelProblem problem) {
    this.problem = problem;
    xCopy = new double[problem.upperDimension()];
    yCopy = new double[problem.lowerDimension()];
    Coupling coupling = problem.coupling();
    multiplierCopy = new double[coupling == null ? 0 : coupling.rows()];
    vCopy = new double[problem.lowerDimension()];
    upperTerms = terms(problem.upper());
    lowerTerms = terms(problem.lower());
  }

  private static int terms(LevelObjective level) {
    return level instanceof LevelSum sum ? sum.terms() : 1;
  }

  BilevelProblem problem() {
    return problem;
  }

  Counts counts() {
    return new Counts(values, gradients, terms, 0);
  }

  void restore(Counts counts) {
    values = counts.values();
    gradients = counts.gradients();
    terms = counts.terms();
  }

  /**
   * The problem with every call counted and guarded here, values included.
   *
   * @return a problem as safe for several threads as this oracle: not at all
   */
  BilevelProblem counted() {
    BilevelProblem.Builder builder =
        problem.rebuilder().upper(counted(problem.upper())).lower(counted(problem.lower()));
    Curvature curvature = problem.curvature();
    if (curvature != null) {
      builder.curvature(
          new Curvature() {
            @Override
            public void hessianYY(double[] x, double[] y, double[] v, double[] out) {
              Oracle.this.hessianYY(curvature, x, y, v, out);
            }

            @Override
            public void mixedXY(double[] x, double[] y, double[] v, double[] out) {
              Oracle.this.mixedXY(curvature, x, y, v, out);
            }
          });
    }
    return builder.build();
  }

  private LevelObjective counted(LevelObjective level) {
    return LevelObjective.of(
        (x, y) -> {
          values++;
          return value(level, x, y);
        },
        (x, y, out) -> gradientX(level, x, y, WHOLE, out),
        (x, y, out) -> gradientY(level, x, y, WHOLE, out));
  }

  /** A value for a metric: not counted. */
  double value(LevelObjective level, double[] x, double[] y) {
    copy(x, y);
    try {
      return level.value(xCopy, yCopy);
    } catch (Exception e) {
      throw failed("value", e);
    }
  }

  void gradientX(LevelObjective level, double[] x, double[] y, int[] batch, double[] out) {
    count(level, batch);
    copy(x, y);
    Arrays.fill(out, Double.NaN);
    try {
      if (batch != WHOLE && level instanceof LevelSum sum) {
        sum.gradientX(xCopy, yCopy, batch.clone(), out);
      } else {
        level.gradientX(xCopy, yCopy, out);
      }
    } catch (Exception e) {
      throw failed("gradient with respect to x", e);
    }
  }

  void gradientY(LevelObjective level, double[] x, double[] y, int[] batch, double[] out) {
    count(level, batch);
    copy(x, y);
    Arrays.fill(out, Double.NaN);
    try {
      if (batch != WHOLE && level instanceof LevelSum sum) {
        sum.gradientY(xCopy, yCopy, batch.clone(), out);
      } else {
        level.gradientY(xCopy, yCopy, out);
      }
    } catch (Exception e) {
      throw failed("gradient with respect to y", e);
    }
  }

  void coupling(Coupling coupling, double[] x, double[] y, double[] out) {
    values++;
    if (coupling instanceof LinearCoupling) {
      coupling.value(x, y, out);
      return;
    }
    copy(x, y);
    Arrays.fill(out, Double.NaN);
    try {
      coupling.value(xCopy, yCopy, out);
    } catch (Exception e) {
      throw failed("coupling", e);
    }
  }

  void transposedX(Coupling coupling, double[] x, double[] y, double[] lambda, double[] out) {
    countProduct();
    if (coupling instanceof LinearCoupling) {
      coupling.transposedX(x, y, lambda, out);
      return;
    }
    copy(x, y);
    System.arraycopy(lambda, 0, multiplierCopy, 0, lambda.length);
    Arrays.fill(out, Double.NaN);
    try {
      coupling.transposedX(xCopy, yCopy, multiplierCopy, out);
    } catch (Exception e) {
      throw failed("transposed product with respect to x", e);
    }
  }

  void transposedY(Coupling coupling, double[] x, double[] y, double[] lambda, double[] out) {
    countProduct();
    if (coupling instanceof LinearCoupling) {
      coupling.transposedY(x, y, lambda, out);
      return;
    }
    copy(x, y);
    System.arraycopy(lambda, 0, multiplierCopy, 0, lambda.length);
    Arrays.fill(out, Double.NaN);
    try {
      coupling.transposedY(xCopy, yCopy, multiplierCopy, out);
    } catch (Exception e) {
      throw failed("transposed product with respect to y", e);
    }
  }

  void hessianYY(Curvature curvature, double[] x, double[] y, double[] v, double[] out) {
    countProduct();
    copy(x, y);
    System.arraycopy(v, 0, vCopy, 0, v.length);
    Arrays.fill(out, Double.NaN);
    try {
      curvature.hessianYY(xCopy, yCopy, vCopy, out);
    } catch (Exception e) {
      throw failed("Hessian product", e);
    }
  }

  void mixedXY(Curvature curvature, double[] x, double[] y, double[] v, double[] out) {
    countProduct();
    copy(x, y);
    System.arraycopy(v, 0, vCopy, 0, v.length);
    Arrays.fill(out, Double.NaN);
    try {
      curvature.mixedXY(xCopy, yCopy, vCopy, out);
    } catch (Exception e) {
      throw failed("mixed second derivative", e);
    }
  }

  /** Projects y onto the lower level's feasible set at x: not counted. */
  void project(BilevelProblem.InnerProjection projection, double[] x, double[] y) {
    System.arraycopy(x, 0, xCopy, 0, xCopy.length);
    try {
      projection.project(xCopy, y);
    } catch (Exception e) {
      throw failed("inner projection", e);
    }
  }

  private void count(LevelObjective level, int[] batch) {
    gradients++;
    terms += batch != WHOLE ? batch.length : level == problem.upper() ? upperTerms : lowerTerms;
  }

  private void countProduct() {
    gradients++;
    terms++;
  }

  private void copy(double[] x, double[] y) {
    System.arraycopy(x, 0, xCopy, 0, xCopy.length);
    System.arraycopy(y, 0, yCopy, 0, yCopy.length);
  }

  private static EvaluationException failed(String asked, Exception e) {
    return e instanceof EvaluationException inner ? inner : new EvaluationException(asked, e);
  }
}
