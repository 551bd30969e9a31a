package dev.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ChecksTest {

  @Test
  void integersAreNamedAsIntegersAndRealNumbersAsRealNumbers() {
    int particles = 1;
    double factor = 1;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checks.require(particles >= 2, "particles", particles, "at least 2"))
        .withMessage("particles is 1, must be at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checks.atLeastOne("window", -3))
        .withMessage("window is -3, must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checks.require(factor < 1, "factor", factor, "in [0, 1)"))
        .withMessage("factor is 1.0, must be in [0, 1)");
  }

  @Test
  void whatIsAllowedComesBack() {
    assertThat(Checks.require(true, "steps", Long.MAX_VALUE, "anything")).isEqualTo(Long.MAX_VALUE);
    assertThat(Checks.require(true, "rate", 0.5, "anything")).isEqualTo(0.5);
  }
}
