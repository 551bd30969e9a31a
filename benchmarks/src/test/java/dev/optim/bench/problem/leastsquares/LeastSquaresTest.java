package dev.optim.bench.problem.leastsquares;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.optim.GradientCheck;
import dev.optim.random.RandomStream;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeastSquaresTest {

  static List<MoreWild> problems() {
    return MoreWild.all();
  }

  @Test
  void everyProblemHasANameOfItsOwn() {
    assertThat(MoreWild.all()).hasSize(53).extracting(MoreWild::name).doesNotHaveDuplicates();
    assertThat(MoreWild.all()).extracting(MoreWild::name).contains("mw-watson-12-far", "mw-bard-3");
  }

  @ParameterizedTest
  @MethodSource("problems")
  void theGradientIsRight(MoreWild problem) {
    LeastSquares f = problem.function();
    RandomStream random = RandomStream.of(problem.definition().number());
    for (int k = 0; k < 3; k++) {
      double[] x = problem.definition().start(problem.variables());
      for (int j = 0; j < x.length; j++) {
        x[j] += 0.05 * k * (0.1 + Math.abs(x[j])) * random.nextGaussian();
      }
      for (int i = 0; i < f.residuals(); i++) {
        LeastSquares single = new LeastSquares(f.variables(), 1, row(f, i));
        GradientCheck.at(single, x).orThrow(1e-5);
      }
    }
  }

  @Test
  void theHeartIsThePublishedOneAndTheCodedOneHasItsOwnGradient() {
    double[] start = MoreGarbowHillstrom.HEART.start(8);

    assertThat(MoreWild.all().get(51).function().value(start))
        .isCloseTo(9.385672310627497, Offset.offset(1e-12));
    GradientCheck.at(MoreWild.codedHeart(), start).orThrow(1e-6);
  }

  private static Residual row(LeastSquares f, int i) {
    return (index, x, gradient) -> f.residual().at(i, x, gradient);
  }

  @ParameterizedTest
  @MethodSource("problems")
  void theTermsMakeUpTheWhole(MoreWild problem) {
    LeastSquares f = problem.function();
    double[] x = problem.start();
    double[] whole = new double[x.length];
    double[] part = new double[x.length];
    double value = f.valueAndGradient(x, whole);
    int[] all = new int[f.terms()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }

    assertThat(f.value(x)).isEqualTo(value);
    assertThat(f.valueAndGradient(x, all, part)).isCloseTo(value, Percentage.withPercentage(1e-10));
    double mean = 0;
    double[] gradient = new double[x.length];
    for (int i : all) {
      mean += f.valueAndGradient(x, new int[] {i}, part) / all.length;
      for (int j = 0; j < x.length; j++) {
        gradient[j] += part[j] / all.length;
      }
    }
    assertThat(mean).isCloseTo(value, Percentage.withPercentage(1e-10));
    assertThat(gradient).usingComparatorWithPrecision(1e-9 * (1 + value)).containsExactly(whole);
  }

  /** A damped Newton method comes to the published values, and never below. */
  @ParameterizedTest
  @MethodSource("problems")
  void thePublishedMinimumIsReached(MoreWild problem) {
    double reached = new Descent(problem.function(), problem.start()).minimum();
    double known = problem.best();
    assertThat(reached).isCloseTo(known, Offset.offset(1e-7 * known + 1e-10));
  }

  /** Levenberg and Marquardt's method, and Newton's from where it ends. */
  private static final class Descent {

    private final LeastSquares f;
    private final double[] r;
    private final double[][] jacobian;
    private double[] x;
    private double value;

    Descent(LeastSquares f, double[] start) {
      this.f = f;
      r = new double[f.residuals()];
      jacobian = new double[f.residuals()][f.variables()];
      x = start;
      value = f.value(x);
    }

    double minimum() {
      descend(this::gaussNewton);
      descend(this::hessian);
      return value;
    }

    private void descend(Supplier<DMatrixRMaj> curvature) {
      double damping = 1e-3;
      for (int step = 0; step < 2000 && damping < 1e30; step++) {
        DMatrixRMaj matrix = curvature.get();
        double[] gradient = new double[x.length];
        f.gradient(x, gradient);
        for (int i = 0; i < x.length; i++) {
          matrix.add(i, i, damping * Math.max(Math.abs(matrix.get(i, i)), 1e-12));
        }
        double[] next = x.clone();
        DMatrixRMaj move = new DMatrixRMaj(x.length, 1);
        if (CommonOps_DDRM.solve(matrix, DMatrixRMaj.wrap(x.length, 1, gradient), move)) {
          CommonOps_DDRM.subtractEquals(DMatrixRMaj.wrap(x.length, 1, next), move);
        }
        double nextValue = f.value(next);
        if (nextValue < value) {
          x = next;
          value = nextValue;
          damping = Math.max(damping / 3, 1e-16);
        } else {
          damping *= 4;
        }
      }
    }

    private DMatrixRMaj gaussNewton() {
      f.residuals(x, r, jacobian);
      DMatrixRMaj matrix = new DMatrixRMaj(x.length, x.length);
      CommonOps_DDRM.multInner(new DMatrixRMaj(jacobian), matrix);
      CommonOps_DDRM.scale(2, matrix);
      return matrix;
    }

    private DMatrixRMaj hessian() {
      int n = x.length;
      DMatrixRMaj matrix = new DMatrixRMaj(n, n);
      double[] left = new double[n];
      double[] right = new double[n];
      for (int i = 0; i < n; i++) {
        double h = 1e-5 * Math.max(1e-3, Math.abs(x[i]));
        double[] moved = x.clone();
        moved[i] = x[i] - h;
        f.gradient(moved, left);
        moved[i] = x[i] + h;
        f.gradient(moved, right);
        for (int j = 0; j < n; j++) {
          matrix.set(i, j, (right[j] - left[j]) / (2 * h));
        }
      }
      return matrix;
    }
  }

  @Test
  void wrongLengthsAreRefused() {
    LeastSquares f = MoreWild.all().get(0).function();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> f.value(new double[2]))
        .withMessage("x has length 2, expected 9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> f.valueAndGradient(new double[9], new double[3]))
        .withMessage("out has length 3, expected 9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LeastSquares(0, 1, (i, x, gradient) -> 0))
        .withMessage("variables is 0, must be at least 1");
  }
}
