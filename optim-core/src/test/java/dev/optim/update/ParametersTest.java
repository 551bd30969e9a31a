package dev.optim.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ParametersTest {

  private final Parameters layout =
      Parameters.builder().add("w", 3, 2, 2).add("b", 3).add("s").build();

  @Test
  void tensorsLieOneAfterTheOther() {
    assertThat(layout.length()).isEqualTo(16);
    Parameters.Tensor w = layout.tensor("w");
    assertThat(w.offset()).isZero();
    assertThat(w.rows()).isEqualTo(3);
    assertThat(w.columns()).isEqualTo(4);
    assertThat(layout.tensor("b").offset()).isEqualTo(12);
    assertThat(layout.tensor("s").end()).isEqualTo(16);
    assertThat(layout.tensor("s").dimensions()).isZero();
    assertThat(layout).hasToString("Parameters[w[3, 2, 2], b[3], s[]]");
  }

  @Test
  void shapesAreCopied() {
    layout.tensor("w").shape()[0] = 99;
    assertThat(layout.tensor("w").shape()).containsExactly(3, 2, 2);
  }

  @Test
  void equalityIsThatOfTheLayout() {
    assertThat(Parameters.builder().add("w", 3, 2, 2).add("b", 3).add("s").build())
        .isEqualTo(layout)
        .hasSameHashCodeAs(layout);
    assertThat(Parameters.builder().add("w", 2, 3, 2).add("b", 3).add("s").build())
        .isNotEqualTo(layout);
  }

  @Test
  void refusals() {
    Parameters.Builder builder = Parameters.builder().add("w", 3);
    assertThatThrownBy(() -> builder.add("w", 3)).hasMessageContaining("w is taken");
    assertThatThrownBy(() -> builder.add("", 3)).hasMessageContaining("empty");
    assertThatThrownBy(() -> builder.add(":z", 3)).hasMessageContaining(":z, must not begin with");
    assertThatThrownBy(() -> builder.add("z", 3, 0)).hasMessageContaining("shape[1] of z is 0");
    assertThatThrownBy(() -> builder.add("z", 1 << 16, 1 << 16)).hasMessageContaining("2^31 - 1");
    assertThatThrownBy(() -> builder.add("z", Integer.MAX_VALUE)).hasMessageContaining("2^31 - 1");
    assertThatThrownBy(() -> Parameters.builder().build()).hasMessageContaining("tensors");
    assertThatThrownBy(() -> layout.tensor("x")).hasMessageContaining("no tensor named x");
    assertThat(builder.build().length()).isEqualTo(3);
  }
}
