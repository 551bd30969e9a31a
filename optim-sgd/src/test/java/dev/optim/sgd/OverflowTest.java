package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.state.Checkpoint;
import dev.optim.state.DType;
import dev.optim.update.ElementSteps;
import dev.optim.update.FloatUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The decay of a huge weight is no part of the gradient that is checked, and its square may be too
 * large: an infinite second moment would keep the weight where it is for ever.
 */
class OverflowTest {

  @Test
  void noMomentStaysInfinite() {
    for (UpdateRule rule :
        List.of(
            Adam.of(0.1).withWeightDecay(0.1),
            NAdam.of(0.1).withWeightDecay(0.1),
            RmsProp.of(0.1).withWeightDecay(0.1),
            AmsGrad.of(0.1).withWeightDecay(0.1),
            DiffGrad.of(0.1).withWeightDecay(0.1))) {
      FloatUpdater updater = UpdatePlan.of(rule).floats(Parameters.vector(1));
      for (int step = 0; step < 64; step++) {
        updater.step(new float[] {1e25f}, new float[] {1});
      }
      Checkpoint state = updater.checkpoint();
      for (String name : state.tensorNames()) {
        if (state.dtype(name) == DType.F32) {
          for (float value : state.floats(name)) {
            assertThat(value).as(rule + " " + name).isFinite();
          }
        }
      }
    }
  }

  @Test
  void aStepSizeBeyondTheElementsIsRefused() {
    ElementSteps steps = ElementSteps.of(Sgd.of(1e39));
    steps.prepare(1);
    float[] x = {1};
    assertThatThrownBy(() -> steps.step(x, new float[] {1}, new float[0][], 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1.0E39");
    assertThat(x).containsExactly(1);
    double[] y = {0};
    steps.step(y, new double[] {1}, new double[0][], 1);
    assertThat(y).containsExactly(-1e39);
  }
}
