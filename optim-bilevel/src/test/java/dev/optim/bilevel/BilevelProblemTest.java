package dev.optim.bilevel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.geometry.ConvexSet;
import org.junit.jupiter.api.Test;

/** What a problem refuses, and says. */
class BilevelProblemTest {

  @Test
  void theGradientCheckFindsASignAndNamesTheFunction() {
    LevelObjective.Partial good = (x, y, out) -> out[0] = 2 * (x[0] + y[0] - 1);
    LevelObjective.Partial flipped = (x, y, out) -> out[0] = -2 * (x[0] + y[0] - 1);
    BilevelProblem.Builder builder =
        ToyProblems.line()
            .lower(
                LevelObjective.of((x, y) -> (x[0] + y[0] - 1) * (x[0] + y[0] - 1), good, flipped));
    assertThatThrownBy(() -> builder.checkGradients(new double[1], new double[1], 1e-5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lower.gradientY");
    ToyProblems.line().checkGradients(new double[1], new double[1], 1e-5);
  }

  @Test
  void theGradientCheckFindsAWrongSecondOrderProduct() {
    double[] x = {0.3};
    double[] y = {-0.2};
    ToyProblems.line().curvature(new Products(2, 2)).checkGradients(x, y, 1e-6);
    assertThatThrownBy(
            () -> ToyProblems.line().curvature(new Products(-2, 2)).checkGradients(x, y, 1e-6))
        .hasMessageContaining("curvature.hessianYY: coordinate 0 is -2.0");
    assertThatThrownBy(
            () -> ToyProblems.line().curvature(new Products(2, 1)).checkGradients(x, y, 1e-6))
        .hasMessageContaining("curvature.mixedXY: coordinate 0 is 1.0");
  }

  /** Second-order products of a problem in one variable a level. */
  private record Products(double yy, double xy) implements Curvature {
    @Override
    public void hessianYY(double[] x, double[] y, double[] v, double[] out) {
      out[0] = yy * v[0];
    }

    @Override
    public void mixedXY(double[] x, double[] y, double[] v, double[] out) {
      out[0] = xy * v[0];
    }
  }

  @Test
  void wrongLengthsAreRefusedByName() {
    BilevelProblem.Builder builder = BilevelProblem.of(2, 3);
    assertThatThrownBy(() -> builder.upperBox(new double[3], new double[3]))
        .hasMessage("below has length 3, expected 2");
    assertThatThrownBy(() -> builder.lowerSet(ConvexSet.box(new double[2], new double[2])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                builder.coupling(
                    LinearCoupling.atMost(
                        new double[][] {{1}}, new double[][] {{1, 1, 1}}, new double[1])))
        .hasMessage("a[0] has length 1, expected 2");
    assertThatThrownBy(
            () ->
                LinearCoupling.equal(
                    new double[][] {{1, 2}, {1}}, new double[][] {{1}, {1}}, new double[2]))
        .hasMessage("a[1] has length 1, expected 2");
    assertThatThrownBy(() -> BilevelProblem.of(0, 1))
        .hasMessage("upperDimension is 0, must be at least 1");
    assertThatThrownBy(builder::build).isInstanceOf(NullPointerException.class);
  }
}
