package dev.optim.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.kernel.RandomKernels;
import org.junit.jupiter.api.Test;

/**
 * The vectors for "threefry4x32 20" published with Random123 (its file kat_vectors), and the first
 * words of the reference implementation of xoshiro128++ from the state 1, 2, 3, 4.
 */
class KnownAnswersTest {

  @Test
  void zeroCounterAndKey() {
    assertBlock(0, 0, 0, 0, 0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8);
  }

  @Test
  void allOnes() {
    assertBlock(-1, -1, -1, -1, 0x2a881696, 0x57012287, 0xf6c7446e, 0xa16a6732);
  }

  @Test
  void digitsOfPi() {
    assertBlock(
        0x85a308d3243f6a88L,
        0x0370734413198a2eL,
        0x299f31d0a4093822L,
        0xec4e6c89082efa98L,
        0x59cd1dbb,
        0xb8879579,
        0x86b5d00c,
        0xac8b6d84);
  }

  @Test
  void everyGeneratorOfAStretchedGroupIsXoshiro() {
    int[] words = new int[RandomKernels.STRETCHED];
    for (int i = 0; i < 64; i++) {
      words[i] = 1 + i / 16;
    }
    RandomKernels.stretch(words);
    long[] expected = {
      641,
      1573767,
      3222811527L,
      3517856514L,
      836907274,
      4247214768L,
      3867114732L,
      1355841295,
      495546011,
      621204420
    };
    for (int i = 0; i < 16 * expected.length; i++) {
      assertThat(words[i] & 0xffffffffL).isEqualTo(expected[i / 16]);
    }
  }

  @Test
  void firstDrawsComeFromTheFirstBlock() {
    RandomStream random = RandomStream.of(0);
    int first = random.nextInt();
    random.skip(15);
    int seventeenth = random.nextInt();
    assertThat(first).isEqualTo(0x9c6ca96a);
    assertThat(seventeenth).isEqualTo(0xe17eae66);
  }

  private static void assertBlock(
      long counterLow, long counterHigh, long keyLow, long keyHigh, int... expected) {
    int[] out = new int[4];
    RandomKernels.block(keyHigh, keyLow, counterHigh, counterLow, out);
    assertThat(out).containsExactly(expected);
  }
}
