package dev.optim.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bfloat16Test {

  @Test
  void roundsToTheNearestAndTiesToEven() {
    assertThat(Bfloat16.nearest(1)).isEqualTo((short) 0x3f80);
    assertThat(Bfloat16.nearest(-2)).isEqualTo((short) 0xc000);
    assertThat(Bfloat16.nearest(1 - 1e-4f)).isEqualTo((short) 0x3f80);
    assertThat(Bfloat16.nearest(1 + 0x1p-8f)).isEqualTo((short) 0x3f80);
    assertThat(Bfloat16.nearest(1 + 0x1.8p-8f)).isEqualTo((short) 0x3f81);
    assertThat(Bfloat16.nearest(1 + 0x3p-8f)).isEqualTo((short) 0x3f82);
    assertThat(Bfloat16.nearest(-0f)).isEqualTo((short) 0x8000);
    assertThat(Bfloat16.nearest(Float.MAX_VALUE)).isEqualTo((short) 0x7f80);
    assertThat(Bfloat16.nearest(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xff80);
    assertThat(Bfloat16.toFloat(Bfloat16.nearest(Float.NaN))).isNaN();
    assertThat(Bfloat16.toFloat(Bfloat16.nearest(Float.intBitsToFloat(0x7f800001)))).isNaN();
  }

  @Test
  void everyNumberStaysItself() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = Bfloat16.toFloat((short) bits);
      if (Float.isNaN(value)) {
        assertThat(Bfloat16.toFloat(Bfloat16.nearest(value))).isNaN();
        assertThat(Bfloat16.toFloat(Bfloat16.stochastic(value, 0xffff))).isNaN();
      } else {
        assertThat(Bfloat16.nearest(value)).isEqualTo((short) bits);
        assertThat(Bfloat16.stochastic(value, 0)).isEqualTo((short) bits);
        assertThat(Bfloat16.stochastic(value, 0xffff)).isEqualTo((short) bits);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0.9999f, -0.9999f, 1.0001f, 3.14159f, -1e-3f, 1e30f, 1e-40f, 0x1.fffp3f})
  void theMeanOfRandomRoundingIsTheValue(float value) {
    double sum = 0;
    for (int random = 0; random < 1 << 16; random++) {
      sum += Bfloat16.toFloat(Bfloat16.stochastic(value, random));
    }
    assertThat(sum / (1 << 16)).isEqualTo(value);
  }

  @Test
  void aFiniteValueStaysFinite() {
    float largest = Bfloat16.toFloat((short) 0x7f7f);
    for (int random : new int[] {0, 1, 0x8000, 0xffff}) {
      short up = Bfloat16.stochastic(Float.MAX_VALUE, random);
      short down = Bfloat16.stochastic(-Float.MAX_VALUE, random);
      assertThat(Bfloat16.toFloat(up)).isEqualTo(largest);
      assertThat(Bfloat16.toFloat(down)).isEqualTo(-largest);
    }
  }

  @Test
  void arraysAreTakenElementByElement() {
    short[] bits = Bfloat16.nearest(new float[] {1, -0.5f, 3});
    assertThat(Bfloat16.toFloats(bits)).containsExactly(1, -0.5f, 3);
    assertThatThrownBy(() -> Bfloat16.toFloats(bits, new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("values");
  }
}
