package dev.optim.bench.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.DifferentiableObjective;
import dev.optim.sgd.AdaBelief;
import dev.optim.sgd.AdaDelta;
import dev.optim.sgd.AdaGrad;
import dev.optim.sgd.AdaMax;
import dev.optim.sgd.Adam;
import dev.optim.sgd.AdamP;
import dev.optim.sgd.AdamW;
import dev.optim.sgd.Adan;
import dev.optim.sgd.AmsGrad;
import dev.optim.sgd.Averaged;
import dev.optim.sgd.DiffGrad;
import dev.optim.sgd.Kappas;
import dev.optim.sgd.Lion;
import dev.optim.sgd.LionK;
import dev.optim.sgd.Lookahead;
import dev.optim.sgd.Muon;
import dev.optim.sgd.NAdam;
import dev.optim.sgd.RAdam;
import dev.optim.sgd.RmsProp;
import dev.optim.sgd.ScheduleFreeAdamW;
import dev.optim.sgd.ScheduleFreeSgd;
import dev.optim.sgd.Sgd;
import dev.optim.sgd.SgdP;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The check optax makes of its own optimizers (alias_test.py): 10,000 steps on a parabola from (-1,
 * 10, 1) and on Rosenbrock's function from (0, 0), with one setting for both, must end within 3e-2
 * + 3e-2 |minimum| of the minimum in every coordinate. Where optax has the rule, the setting is
 * optax's.
 */
class OptaxCheckTest {

  private static final int STEPS = 10_000;

  /** The rules with their settings; LionK and SgdP as Lion and SGD have them. */
  static Stream<UpdateRule> rules() {
    return Stream.of(
        Sgd.of(1e-3).withMomentum(0.9),
        AdaDelta.of(0.1),
        AdaGrad.of(1),
        Adam.of(0.1),
        AdamW.of(0.1).withWeightDecay(1e-4),
        AdaMax.of(0.1),
        Adan.of(0.1),
        AmsGrad.of(0.1),
        Lion.of(0.01).withWeightDecay(1e-4),
        NAdam.of(0.01),
        RmsProp.of(5e-3),
        RmsProp.of(5e-3).withMomentum(0.9),
        AdaBelief.of(0.01),
        RAdam.of(5e-3),
        // not among optax's
        Sgd.of(1.5e-3),
        Sgd.of(1e-3).withNesterov(0.9),
        DiffGrad.of(0.01), // at 0.1 it leaves the minimum again and again
        AdamP.of(0.1),
        SgdP.of(1e-3).withMomentum(0.9),
        LionK.of(0.01, new Kappas.L1()).withWeightDecay(1e-4),
        LionK.of(0.01, new Kappas.Huber(1)),
        ScheduleFreeSgd.of(5e-3),
        ScheduleFreeAdamW.of(0.01),
        Lookahead.of(Adam.of(0.1)),
        Averaged.exponentially(Adam.of(0.1), 0.999),
        Muon.of(0.01));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theParabolasMinimumIsFound(UpdateRule rule) {
    double[] minimum = {1, -1, 1};
    assertFound(rule, new Parabola(minimum), new double[] {-1, 10, 1}, minimum);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rosenbrocksMinimumIsFound(UpdateRule rule) {
    assertFound(rule, new Rosenbrock(), new double[] {0, 0}, new double[] {1, 1});
  }

  @Test
  void everyRuleOfTheModuleIsThere() {
    assertThat(rules().map(rule -> rule.getClass().getSimpleName()).distinct()).hasSize(22);
  }

  private static void assertFound(
      UpdateRule rule, DifferentiableObjective f, double[] x, double[] minimum) {
    // a row: rules that look at vectors only see one, rules for matrices a matrix
    Parameters row = Parameters.builder().add("x", 1, x.length).build();
    DoubleUpdater updater = UpdatePlan.of(rule).doubles(row);
    double[] gradient = new double[x.length];
    for (int step = 0; step < STEPS; step++) {
      f.gradient(x, gradient);
      updater.step(x, gradient);
    }
    double[] end = new double[x.length];
    updater.evaluationPoint(x, end);
    for (int i = 0; i < x.length; i++) {
      assertThat(Math.abs(end[i] - minimum[i]))
          .as("%s: coordinate %d is %s, expected %s", rule, i, end[i], minimum[i])
          .isLessThanOrEqualTo(3e-2 + 3e-2 * Math.abs(minimum[i]));
    }
  }

  /** |x - center|^2. */
  private record Parabola(double[] center) implements DifferentiableObjective {

    @Override
    public double value(double[] x) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += (x[i] - center[i]) * (x[i] - center[i]);
      }
      return sum;
    }

    @Override
    public void gradient(double[] x, double[] out) {
      for (int i = 0; i < x.length; i++) {
        out[i] = 2 * (x[i] - center[i]);
      }
    }
  }
}
