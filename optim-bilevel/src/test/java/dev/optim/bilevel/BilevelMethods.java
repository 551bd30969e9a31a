package dev.optim.bilevel;

import dev.optim.DifferentiableObjective;
import dev.optim.FiniteSum;
import dev.optim.Optimizer;
import dev.optim.testing.HeavyBall;
import java.util.List;

/** Every method of this module, in every form, on a problem that all of them take. */
final class BilevelMethods {

  /** The variables of each level of {@link #problem}. */
  static final int N = 2;

  private static final int TERMS = 12;

  private BilevelMethods() {}

  /** A method as the contract tests see it. */
  record Case(String name, Optimizer<BilevelProblem> method, int iterations) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> all() {
    PenaltyMethod twoLoops = PenaltyMethod.doubleLoop(0.02, 0.2, Sigma.decreasing(0.1, 0.5));
    PenaltyMethod oneLoop = PenaltyMethod.singleLoop(0.002, 0.2, Sigma.fixed(0.02), 0.3);
    return List.of(
        new Case("LV-HBA", LvHba.defaults(), 20_000),
        new Case("BiC-GAFFA", BicGaffa.defaults(), 40_000),
        new Case("penalty", twoLoops, 8000),
        new Case("penalty with centres", twoLoops.withCentres(0.5, 0.5), 8000),
        new Case("penalty in one loop", oneLoop, 20_000),
        new Case("penalty on batches", oneLoop.withBatches(0, 4), 20_000),
        new Case("penalty on whole batches", twoLoops.withBatches(0, TERMS), 8000),
        new Case("F2SA", PenaltyMethod.f2sa(0.01, 0.2, 2, 0.1), 8000),
        new Case("F3SA", PenaltyMethod.f3sa(0.002, 0.2, 2, 0.01, 0.5), 20_000),
        new Case("nested", NestedMethod.of(HeavyBall.of(0.02)), 300));
  }

  /** |x|^2 + |y|^2 over y = 1 - x: solved by halves. The lower level is a mean of terms. */
  static BilevelProblem problem() {
    return BilevelProblem.of(N, N)
        .upper(
            LevelObjective.of(
                DifferentiableObjective.of(
                    w -> {
                      double sum = 0;
                      for (double a : w) {
                        sum += a * a;
                      }
                      return sum;
                    },
                    (w, out) -> {
                      for (int i = 0; i < out.length; i++) {
                        out[i] = 2 * w[i];
                      }
                    }),
                N))
        .lower(LevelSum.of(new Shifts(), N))
        .build();
  }

  /** The mean over t of sum_i (x_i + y_i - 1 - shift_t)^2, the shifts adding up to zero. */
  private static final class Shifts implements FiniteSum {

    @Override
    public int terms() {
      return TERMS;
    }

    @Override
    public double value(double[] w) {
      return valueAndGradient(w, whole(), new double[w.length]);
    }

    @Override
    public void gradient(double[] w, double[] out) {
      valueAndGradient(w, whole(), out);
    }

    private static int[] whole() {
      int[] all = new int[TERMS];
      for (int i = 0; i < TERMS; i++) {
        all[i] = i;
      }
      return all;
    }

    @Override
    public double valueAndGradient(double[] w, int[] batch, double[] out) {
      double sum = 0;
      for (int i = 0; i < N; i++) {
        double slope = 0;
        for (int term : batch) {
          double residual = w[i] + w[N + i] - 1 - (term - (TERMS - 1) / 2.0) / TERMS;
          sum += residual * residual / batch.length;
          slope += 2 * residual / batch.length;
        }
        out[i] = slope;
        out[N + i] = slope;
      }
      return sum;
    }
  }
}
