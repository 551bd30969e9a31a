package dev.optim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Gaussian variates are those of Box and Muller's formula, up to the error of the polynomials. */
class VariatesTest {

  private static final int N = RandomKernels.STRETCHED;

  @Test
  void floatsAreRootOfLogarithmTimesCosineAndSine() {
    for (int group = 0; group < 50; group++) {
      int[] words = words(group);
      float[] z = new float[N];
      Variates.gaussian(words, z, 0);
      for (int i = 0; i < N / 2; i++) {
        double radius = radius(((words[i] >>> 1) + 0.5) / 0x1p31);
        double angle = StrictMath.PI * words[i + N / 2] / 0x1p32;
        double cos = radius * StrictMath.cos(angle);
        assertThat((double) z[i]).isCloseTo((words[i] & 1) == 0 ? cos : -cos, within(2e-5));
        assertThat((double) z[i + N / 2]).isCloseTo(radius * StrictMath.sin(angle), within(2e-5));
      }
    }
  }

  @Test
  void doublesAreRootOfLogarithmTimesCosineAndSine() {
    for (int group = 0; group < 50; group++) {
      int[] words = words(group);
      double[] z = new double[N / 2];
      Variates.gaussian(words, z, 0);
      for (int i = 0; i < N / 4; i++) {
        double radius = radius(((RandomKernels.cell(words, i) >>> 12) + 0.5) / 0x1p52);
        long v = RandomKernels.cell(words, i + N / 4);
        double angle = StrictMath.PI * ((v >>> 12) / 0x1p52 - 0.5);
        double cos = radius * StrictMath.cos(angle);
        assertThat(z[i]).isCloseTo((v & 1) == 0 ? cos : -cos, within(3e-13));
        assertThat(z[i + N / 4]).isCloseTo(radius * StrictMath.sin(angle), within(3e-13));
      }
    }
  }

  @Test
  void theGreatestUniformHasRadiusZeroAndTheLeastTheLongest() {
    int[] words = new int[N];
    words[0] = -1;
    float[] floats = new float[N];
    Variates.gaussian(words, floats, 0);
    assertThat(floats[0]).isZero();
    assertThat(floats[1]).isCloseTo(6.6604f, within(1e-3f));
    words[1] = -1;
    double[] doubles = new double[N / 2];
    Variates.gaussian(words, doubles, 0);
    assertThat(Math.hypot(doubles[0], doubles[N / 4])).isBetween(1e-8, 2e-8);
    assertThat(Math.hypot(doubles[1], doubles[1 + N / 4])).isCloseTo(8.5717, within(1e-4));
  }

  private static double radius(double u) {
    return StrictMath.sqrt(-2 * StrictMath.log(u));
  }

  private static int[] words(int group) {
    int[] words = new int[N];
    RandomKernels.words(1, 2, 3, group, N / RandomKernels.GROUP, words);
    return words;
  }
}
