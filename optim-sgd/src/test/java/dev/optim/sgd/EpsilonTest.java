package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpsilonTest {

  @Test
  void anEpsilonTooSmallForSinglePrecisionStillKeepsTheDenominatorFromZero() {
    float[] x = {1, 2};
    UpdatePlan.of(Adam.of(1e-3).withEpsilon(1e-50))
        .floats(Parameters.vector(2))
        .step(x, new float[2]);
    assertThat(x).containsExactly(1, 2);
    assertThat(Epsilon.single(1e-8)).isEqualTo(1e-8f);
  }

  @Test
  void noRuleDividesAZeroGradientAway() {
    for (UpdateRule rule :
        List.of(
            Adam.of(1e-3).withEpsilon(1e-320),
            AdamW.of(1e-3).withEpsilon(1e-320).withWeightDecay(0),
            DiffGrad.of(1e-3).withEpsilon(Double.MIN_VALUE),
            NAdam.of(1e-3).withEpsilon(1e-320),
            RAdam.of(1e-3).withEpsilon(1e-320))) {
      FloatUpdater floats = UpdatePlan.of(rule).floats(Parameters.vector(2));
      DoubleUpdater doubles = UpdatePlan.of(rule).doubles(Parameters.vector(2));
      float[] x = {1, 2};
      double[] y = {1, 2};
      for (int step = 0; step < 10; step++) { // RAdam divides from its sixth on
        floats.step(x, new float[2]);
        doubles.step(y, new double[2]);
      }
      assertThat(x).as(rule.toString()).containsExactly(1, 2);
      assertThat(y).as(rule.toString()).containsExactly(1, 2);
    }
  }
}
