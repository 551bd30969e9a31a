package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
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
}
