package dev.optim.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.DifferentiableObjective;
import dev.optim.Minimizer;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.report.Curve;
import dev.optim.sgd.Sgd;
import org.junit.jupiter.api.Test;

class RecorderTest {

  private long now;

  @Test
  void measuringTakesNoneOfTheMethodsTimeAndEvaluations() {
    DifferentiableObjective slow =
        DifferentiableObjective.of(
            x -> x[0] * x[0] / 2,
            (x, out) -> {
              now += 10;
              out[0] = x[0];
            });
    Recorder recorder =
        new Recorder(
            new Budget(CostUnit.GRADIENTS, 6, 3),
            1,
            x -> {
              now += 1000;
              return new double[] {slow.value(x)};
            },
            () -> now,
            () -> 7 * now);

    Minimizer.until(Stop.gradients(6))
        .observedBy(recorder)
        .minimize(Sgd.of(0.5), slow, Start.at(8));

    Curve curve = recorder.curve();
    assertThat(curve.size()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      long spent = i == 0 ? 1 : 2 * i;
      assertThat(curve.spent(i).evaluations()).isEqualTo(spent);
      assertThat(curve.spent(i).elapsedNanos()).isEqualTo(10 * spent);
      assertThat(curve.spent(i).allocatedBytes()).isEqualTo(70 * spent);
      double x = 8 / Math.pow(2, spent - 1);
      assertThat(curve.value(0, i)).isEqualTo(x * x / 2);
    }
  }

  @Test
  void aRunThatEndsBetweenTwoPointsIsMeasuredAtItsEnd() {
    DifferentiableObjective bowl =
        DifferentiableObjective.of(x -> x[0] * x[0] / 2, (x, out) -> out[0] = x[0]);
    Recorder recorder =
        new Recorder(
            new Budget(CostUnit.GRADIENTS, 100, 2),
            1,
            x -> new double[] {bowl.value(x)},
            () -> now,
            () -> 7 * now);

    Minimizer.until(Stop.iterations(3))
        .observedBy(recorder)
        .minimize(Sgd.of(0.5), bowl, Start.at(8));

    assertThat(recorder.curve().total().evaluations()).isEqualTo(4);
    assertThat(recorder.curve().finalValue(0)).isEqualTo(0.5);
  }

  @Test
  void anIterationThatPassesSeveralPointsIsMeasuredOnce() {
    DifferentiableObjective bowl =
        DifferentiableObjective.of(x -> x[0] * x[0] / 2, (x, out) -> out[0] = x[0]);
    Recorder recorder =
        new Recorder(
            new Budget(CostUnit.VALUES, 3, 3),
            1,
            x -> new double[] {bowl.value(x)},
            () -> now,
            () -> 7 * now);

    Minimizer.until(Stop.values(3)).observedBy(recorder).minimize(Sgd.of(1), bowl, Start.at(8));

    // the start alone has used up a value, and with it the points 0 and 1
    assertThat(recorder.curve().size()).isEqualTo(3);
  }
}
