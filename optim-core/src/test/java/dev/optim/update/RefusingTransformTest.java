package dev.optim.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.testing.HeavyBall;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A transform of a user's own that works on all threads and refuses what becomes infinite. */
class RefusingTransformTest {

  /** Squares every element. */
  private static final GradientTransform SQUARE =
      new GradientTransform() {
        @Override
        public <A> Live<A> begin(Parameters parameters, Elements<A> elements) {
          A squares = elements.allocate(parameters.length());
          double[] wide = new double[parameters.length()];
          boolean[] all = {true};
          return flow -> {
            Arrays.fill(wide, 0);
            elements.addScaled(flow.scale(0), flow.gradient(), 0, wide, 0, wide.length);
            flow.workers().run(wide.length, (i, worker) -> wide[i] *= wide[i]);
            elements.narrow(wide, squares, 0, wide.length);
            if (elements.maxAbs(squares, 0, wide.length) > Float.MAX_VALUE) {
              flow.skip();
            }
            flow.replace(squares, all);
          };
        }

        @Override
        public String toString() {
          return "square";
        }
      };

  private static final UpdatePlan PLAN =
      UpdatePlan.of(HeavyBall.of(1)).withTransform(SQUARE).withThreads(2);

  @Test
  void lettingThrough() {
    float[] x = new float[3];
    StepOutcome outcome =
        PLAN.floats(Parameters.vector(3)).step(x, new float[] {1, -2, (float) 1e3});
    assertThat(outcome).isEqualTo(StepOutcome.APPLIED);
    assertThat(x).containsExactly(-1, -4, -1e6f);
  }

  @Test
  void refusing() {
    FloatUpdater updater = PLAN.withNonFinite(NonFinite.TRUST).floats(Parameters.vector(3));
    float[] x = {1, 2, 3};
    assertThat(updater.step(x, new float[] {1, 1e30f, 0})).isEqualTo(StepOutcome.SKIPPED);
    assertThat(x).containsExactly(1, 2, 3);
    assertThat(updater.skipped()).isEqualTo(1);
    assertThat(updater.applied()).isZero();

    assertThat(updater.step(x, new float[] {1, 1, 0})).isEqualTo(StepOutcome.APPLIED);
    assertThat(x).containsExactly(0, 1, 3);
  }

  @Test
  void failing() {
    DoubleUpdater updater = PLAN.withNonFinite(NonFinite.FAIL).doubles(Parameters.vector(3));
    double[] x = {1, 2, 3};
    assertThatThrownBy(() -> updater.step(x, new double[] {1, 1e30, 0}))
        .isInstanceOf(NonFiniteGradientException.class)
        .hasMessage("refused by square at step 0");
    assertThat(x).containsExactly(1, 2, 3);
  }

  @Test
  void aRefusedMeanLosesNothing() {
    UpdatePlan plan =
        UpdatePlan.of(HeavyBall.of(1))
            .withTransform(GradientTransform.accumulate(2))
            .withTransform(SQUARE);
    DoubleUpdater updater = plan.doubles(Parameters.vector(1));
    DoubleUpdater undisturbed = plan.doubles(Parameters.vector(1));
    double[] x = {0};
    updater.step(x, new double[] {1});
    undisturbed.step(new double[1], new double[] {1});

    assertThat(updater.step(x, new double[] {1e30})).isEqualTo(StepOutcome.SKIPPED);
    assertThat(updater.skipped()).isEqualTo(1);
    assertThat(updater.checkpoint().part("transform.0."))
        .isEqualTo(undisturbed.checkpoint().part("transform.0."));
    assertThat(updater.step(x, new double[] {3})).isEqualTo(StepOutcome.APPLIED);
    assertThat(x).containsExactly(-4);
  }

  @Test
  void accumulatedTwice() {
    DoubleUpdater updater =
        UpdatePlan.of(HeavyBall.of(1))
            .withTransform(GradientTransform.accumulate(2))
            .withTransform(GradientTransform.accumulate(2))
            .doubles(Parameters.vector(1));
    double[] x = {0};
    for (int g = 1; g <= 3; g++) {
      assertThat(updater.step(x, new double[] {g})).isEqualTo(StepOutcome.HELD);
    }
    assertThat(updater.step(x, new double[] {4})).isEqualTo(StepOutcome.APPLIED);
    assertThat(x).containsExactly(-2.5);
  }
}
