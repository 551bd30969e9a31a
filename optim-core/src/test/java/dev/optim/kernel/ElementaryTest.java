package dev.optim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ElementaryTest {

  private static final int TRIALS = 200_000;

  @Test
  void expIsWithinOneUlp() {
    assertDouble(Elementary::exp, StrictMath::exp, false, 1);
    assertFloat(x -> Elementary.exp((float) x), StrictMath::exp, false, 1.1);
  }

  @Test
  void logIsWithinOneUlp() {
    assertDouble(Elementary::log, StrictMath::log, true, 1);
    assertFloat(x -> Elementary.log((float) x), StrictMath::log, true, 1);
  }

  @Test
  void sigmoidIsWithinTwoAndAHalfUlps() {
    DoubleUnaryOperator exact =
        x -> {
          double e = StrictMath.exp(-Math.abs(x));
          return (x >= 0 ? 1 : e) / (1 + e);
        };
    assertDouble(Elementary::sigmoid, exact, false, 2);
    assertFloat(x -> Elementary.sigmoid((float) x), exact, false, 2.5);
  }

  @Test
  void tanhIsWithinThreeUlps() {
    assertDouble(Elementary::tanh, StrictMath::tanh, false, 3);
    assertFloat(x -> Elementary.tanh((float) x), StrictMath::tanh, false, 3);
  }

  @Test
  void expAtTheEdges() {
    assertThat(Elementary.exp(0.0)).isEqualTo(1);
    assertThat(Elementary.exp(-0.0)).isEqualTo(1);
    assertThat(Elementary.exp(Double.NEGATIVE_INFINITY)).isEqualTo(0);
    assertThat(Elementary.exp(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Elementary.exp(709.782712893384)).isEqualTo(StrictMath.exp(709.782712893384));
    assertThat(Elementary.exp(709.79)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Elementary.exp(-745.1)).isEqualTo(Double.MIN_VALUE);
    assertThat(Elementary.exp(-745.2)).isEqualTo(0);
    assertThat(Elementary.exp(Double.NaN)).isNaN();
    assertThat(Elementary.exp(Float.NaN)).isNaN();
    assertThat(Elementary.exp(88.73f)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Elementary.exp(-103.9f)).isEqualTo(Float.MIN_VALUE);
    assertThat(Elementary.exp(-104f)).isEqualTo(0);
  }

  @Test
  void logAtTheEdges() {
    assertThat(Elementary.log(1.0)).isEqualTo(0);
    assertThat(Elementary.log(0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Elementary.log(-0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Elementary.log(-1.0)).isNaN();
    assertThat(Elementary.log(Double.NaN)).isNaN();
    assertThat(Elementary.log(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Elementary.log(Double.MIN_VALUE)).isEqualTo(StrictMath.log(Double.MIN_VALUE));
    assertThat(Elementary.log(Float.MIN_VALUE)).isEqualTo((float) StrictMath.log(Float.MIN_VALUE));
    assertThat(Elementary.log(-1f)).isNaN();
  }

  @Test
  void sigmoidAndTanhAtTheEdges() {
    assertThat(Elementary.sigmoid(0.0)).isEqualTo(0.5);
    assertThat(Elementary.sigmoid(1e9)).isEqualTo(1);
    assertThat(Elementary.sigmoid(-740.0)).isEqualTo(StrictMath.exp(-740));
    assertThat(Elementary.sigmoid(Double.NEGATIVE_INFINITY)).isEqualTo(0);
    assertThat(Elementary.sigmoid(Double.NaN)).isNaN();
    assertThat(Elementary.tanh(-0.0)).isEqualTo(-0.0);
    assertThat(Elementary.tanh(1e-300)).isEqualTo(1e-300);
    assertThat(Elementary.tanh(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(Elementary.tanh(40f)).isEqualTo(1);
    assertThat(Elementary.tanh(Double.NaN)).isNaN();
  }

  @Test
  void rangesHaveTheBitsOfSingleValuesAndLeaveTheRestAlone() {
    double[] x = new double[100];
    float[] p = new float[100];
    for (int i = 0; i < x.length; i++) {
      x[i] = 0.37 * (i + 1);
      p[i] = (float) x[i];
    }
    double[] out = new double[100];
    float[] floats = new float[100];
    Elementary.exp(x, out, 3, 97);
    Elementary.log(p, floats, 3, 97);
    for (int i = 0; i < x.length; i++) {
      boolean inside = i >= 3 && i < 97;
      assertThat(out[i]).isEqualTo(inside ? Elementary.exp(x[i]) : 0);
      assertThat(floats[i]).isEqualTo(inside ? Elementary.log(p[i]) : 0);
    }
  }

  @Test
  void refusesBadRanges() {
    assertThatThrownBy(() -> Elementary.exp(new double[3], new double[2], 0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Elementary.tanh(new float[3], new float[3], 2, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatNullPointerException().isThrownBy(() -> Elementary.log((double[]) null, null, 0, 0));
  }

  private static void assertDouble(
      DoubleUnaryOperator own, DoubleUnaryOperator exact, boolean positive, double ulps) {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < TRIALS; i++) {
      double x = argument(i, random, 1500, Double.longBitsToDouble(random.nextLong()));
      x = positive ? Math.abs(x) : x;
      double expected = exact.applyAsDouble(x);
      if (Double.isFinite(expected)) {
        assertThat(Math.abs(own.applyAsDouble(x) - expected) / Math.ulp(expected))
            .as("x = %s", x)
            .isLessThanOrEqualTo(ulps);
      } else {
        assertThat(own.applyAsDouble(x)).isEqualTo(Double.valueOf(expected));
      }
    }
  }

  private static void assertFloat(
      DoubleUnaryOperator own, DoubleUnaryOperator exact, boolean positive, double ulps) {
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < TRIALS; i++) {
      float x = (float) argument(i, random, 220, Float.intBitsToFloat(random.nextInt()));
      x = positive ? Math.abs(x) : x;
      double expected = exact.applyAsDouble(x);
      if (Float.isFinite((float) expected)) {
        assertThat(Math.abs(own.applyAsDouble(x) - expected) / Math.ulp((float) expected))
            .as("x = %s", x)
            .isLessThanOrEqualTo(ulps);
      } else {
        assertThat(own.applyAsDouble(x)).isEqualTo(Double.valueOf((float) expected));
      }
    }
  }

  private static double argument(int i, SplittableRandom random, double wide, double anyBits) {
    double centred = random.nextDouble() - 0.5;
    switch (i % 4) {
      case 0:
        return centred * wide;
      case 1:
        return centred * 4;
      case 2:
        return centred * 40;
      default:
        return anyBits;
    }
  }
}
