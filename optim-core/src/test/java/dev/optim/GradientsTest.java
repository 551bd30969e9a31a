package dev.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GradientsTest {

  private static final Objective ROSENBROCK =
      x -> 100 * (x[1] - x[0] * x[0]) * (x[1] - x[0] * x[0]) + (1 - x[0]) * (1 - x[0]);

  private static final Gradient GRADIENT =
      (x, out) -> {
        out[0] = -400 * x[0] * (x[1] - x[0] * x[0]) - 2 * (1 - x[0]);
        out[1] = 200 * (x[1] - x[0] * x[0]);
      };

  private static final double[] POINT = {-1.2, 1};

  @Test
  void differencesComeCloseAndCountTheirValues() {
    double[] exact = new double[2];
    GRADIENT.gradient(POINT, exact);
    double[] out = new double[2];
    Evaluations evaluations = new Evaluations();
    Objective counted = evaluations.counting(ROSENBROCK);

    assertThat(FiniteDifferences.forward(counted).valueAndGradient(POINT, out))
        .isCloseTo(24.2, Offset.offset(1e-12));
    assertThat(evaluations.counts().values()).isEqualTo(3);
    assertThat(out).containsExactly(exact, Offset.offset(1e-4));

    FiniteDifferences.central(counted).gradient(POINT, out);
    assertThat(evaluations.counts().values()).isEqualTo(7);
    assertThat(out).containsExactly(exact, Offset.offset(1e-6));
  }

  @Test
  void differencesLeaveThePointAloneAndSurviveAnObjectiveThatDoesNot() {
    double[] x = POINT.clone();
    double[] out = new double[2];
    Objective rude =
        p -> {
          double value = ROSENBROCK.value(p);
          p[0] = 1e9;
          p[1] = -1e9;
          return value;
        };
    FiniteDifferences.central(rude).gradient(x, out);
    assertThat(x).isEqualTo(POINT);
    assertThat(out[1]).isCloseTo(-88, Offset.offset(1e-5));
  }

  @Test
  void theCheckPassesACorrectGradient() {
    GradientCheck check = GradientCheck.at(DifferentiableObjective.of(ROSENBROCK, GRADIENT), POINT);
    assertThat(check.error()).isLessThan(1e-8);
    assertThat(check.passes(1e-6)).isTrue();
    assertThat(check.orThrow(1e-6)).isSameAs(check);
  }

  @Test
  void theCheckFindsTheWorstCoordinate() {
    Gradient wrongSign =
        (x, out) -> {
          GRADIENT.gradient(x, out);
          out[1] = -out[1];
        };
    GradientCheck check =
        GradientCheck.at(DifferentiableObjective.of(ROSENBROCK, wrongSign), POINT);
    assertThat(check.coordinate()).isEqualTo(1);
    assertThat(check.analytic()).isCloseTo(88, Offset.offset(1e-9));
    assertThat(check.numeric()).isCloseTo(-88, Offset.offset(1e-4));
    assertThatThrownBy(() -> check.orThrow(1e-3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("coordinate 1");
  }

  @Test
  void aDerivativeThatIsNotFiniteNeverPasses() {
    Gradient nan =
        (x, out) -> {
          GRADIENT.gradient(x, out);
          out[0] = Double.NaN;
        };
    GradientCheck check = GradientCheck.at(DifferentiableObjective.of(ROSENBROCK, nan), POINT);
    assertThat(check.coordinate()).isZero();
    assertThat(check.passes(Double.MAX_VALUE)).isFalse();
    assertThatThrownBy(
            () ->
                GradientCheck.at(
                    DifferentiableObjective.of(ROSENBROCK, GRADIENT), new double[] {1, Double.NaN}))
        .hasMessageContaining("x[1] is NaN");
  }

  @Test
  void batchesOfPointsAreEvaluatedInOrder() {
    double[] out = new double[3];
    ROSENBROCK.values(new double[][] {{1, 1}, {-1.2, 1}}, out);
    assertThat(out).containsExactly(new double[] {0, 24.2, 0}, Offset.offset(1e-12));
    assertThatThrownBy(() -> ROSENBROCK.values(new double[3][2], new double[2]))
        .hasMessageContaining("shorter than the 3 points");
  }
}
