package dev.optim.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

  /** One fill of a stream, the four kinds in turn. */
  private interface Fill {
    Object apply(RandomStream random, int n, int... cuts);
  }

  private static final Fill[] FILLS = {
    (random, n, cuts) -> {
      double[] out = new double[n];
      pieces(n, cuts, (from, to) -> random.fillUniform(out, from, to));
      return out;
    },
    (random, n, cuts) -> {
      float[] out = new float[n];
      pieces(n, cuts, (from, to) -> random.fillUniform(out, from, to));
      return out;
    },
    (random, n, cuts) -> {
      double[] out = new double[n];
      pieces(n, cuts, (from, to) -> random.fillGaussian(out, from, to));
      return out;
    },
    (random, n, cuts) -> {
      float[] out = new float[n];
      pieces(n, cuts, (from, to) -> random.fillGaussian(out, from, to));
      return out;
    }
  };

  private interface Piece {
    void fill(int from, int to);
  }

  private static void pieces(int n, int[] cuts, Piece piece) {
    int from = 0;
    for (int cut : cuts) {
      int to = Math.max(from, Math.min(cut, n));
      piece.fill(from, to);
      from = to;
    }
    piece.fill(from, n);
  }

  @Property(tries = 200, seed = "42")
  void aFillIsTheSameInPieces(
      @ForAll long seed,
      @ForAll @LongRange(min = 0, max = 1L << 62) long start,
      @ForAll @IntRange(max = 3000) int n,
      @ForAll @IntRange(max = 3000) int a,
      @ForAll @IntRange(max = 3000) int b) {
    RandomStream random = RandomStream.of(seed);
    for (Fill fill : FILLS) {
      RandomStream whole = random.at(start);
      RandomStream cut = random.at(start);
      assertThat(fill.apply(cut, n, Math.min(a, b), Math.max(a, b)))
          .isEqualTo(fill.apply(whole, n));
      assertThat(cut.counter()).isEqualTo(whole.counter()).isEqualTo(start + n);
    }
  }

  @Test
  void aFillIsASequenceOfSingleDraws() {
    double[] doubles = new double[500];
    float[] floats = new float[500];
    RandomStream random = RandomStream.of(1).at(11);
    RandomStream single = random.at(11);
    random.fillGaussian(doubles);
    assertThat(doubles)
        .containsExactly(IntStream.range(0, 500).mapToDouble(i -> single.nextGaussian()).toArray());
    random.fillUniform(doubles);
    assertThat(doubles)
        .containsExactly(IntStream.range(0, 500).mapToDouble(i -> single.nextDouble()).toArray());
    random.fillUniform(floats);
    for (float value : floats) {
      assertThat(value).isEqualTo(single.nextFloat());
    }
    assertThat(random.counter()).isEqualTo(single.counter());
  }

  @Test
  void aFillIsTheSameOnAnyNumberOfThreads() {
    int n = 100_003;
    RandomStream random = RandomStream.of(3);
    random.skip(77);
    float[] expected = new float[n];
    random.at(77).fillGaussian(expected);
    float[] parallel = new float[n];
    IntStream.range(0, 8)
        .parallel()
        .forEach(
            t -> {
              int from = (int) ((long) n * t / 8);
              int to = (int) ((long) n * (t + 1) / 8);
              random.at(random.counter() + from).fillGaussian(parallel, from, to);
            });
    assertThat(parallel).isEqualTo(expected);
  }

  @Test
  void keyAndCounterRestoreTheStream() {
    RandomStream random = RandomStream.of(-5).split(2);
    random.nextInt();
    random.nextGaussian();
    random.fillUniform(new double[100]);
    RandomStream restored = RandomStream.at(random.key(), random.counter());
    assertThat(restored.counter()).isEqualTo(102);
    for (int i = 0; i < 200; i++) {
      assertThat(restored.nextInt()).isEqualTo(random.nextInt());
      assertThat(restored.nextLong()).isEqualTo(random.nextLong());
      assertThat(restored.nextGaussian()).isEqualTo(random.nextGaussian());
    }
  }

  @Test
  void skippingIsDrawing() {
    RandomStream drawn = RandomStream.of(4);
    drawn.nextGaussian();
    drawn.nextInt();
    RandomStream skipped = RandomStream.of(4);
    skipped.skip(2);
    assertThat(skipped.nextLong()).isEqualTo(drawn.nextLong());
  }

  @Test
  void splittingDrawsNothingAndDependsOnTheKeyOnly() {
    RandomStream random = RandomStream.of(9);
    RandomStream.Key before = random.split(3).key();
    assertThat(random.counter()).isZero();
    random.fillGaussian(new double[50]);
    assertThat(random.split(3).key()).isEqualTo(before);
    assertThat(random.split(3).counter()).isZero();
  }

  @Test
  void childrenDiffer() {
    RandomStream random = RandomStream.of(0);
    Set<RandomStream.Key> keys = new HashSet<>();
    keys.add(random.key());
    for (int i = -100; i < 1000; i++) {
      keys.add(random.split(i).key());
      keys.add(random.split(0).split(i).key());
      keys.add(random.split(Integer.toString(i)).key());
    }
    for (String name : new String[] {"", "\0", "\0\0\0\0", "a", "ab", "abcd", "abcde", "abcd\0"}) {
      keys.add(random.split(name).key());
    }
    // split(0) is an ordinary child and counted once.
    assertThat(keys).hasSize(1 + 3 * 1100 + 8);
  }

  @Test
  void boundsAreKept() {
    RandomStream random = RandomStream.of(12);
    for (int i = 0; i < 1000; i++) {
      assertThat(random.nextInt(1)).isZero();
      assertThat(random.nextInt(7)).isBetween(0, 6);
      assertThat(random.nextInt(Integer.MAX_VALUE)).isNotNegative();
      assertThat(random.nextInt(-3, 3)).isBetween(-3, 2);
      assertThat(random.nextInt(Integer.MIN_VALUE, Integer.MAX_VALUE))
          .isLessThan(Integer.MAX_VALUE);
      assertThat(random.nextLong(1)).isZero();
      assertThat(random.nextLong((1L << 40) + 1)).isBetween(0L, 1L << 40);
      assertThat(random.nextLong(-5, Long.MAX_VALUE)).isBetween(-5L, Long.MAX_VALUE - 1);
      assertThat(random.nextLong(10, 13)).isBetween(10L, 12L);
      assertThat(random.nextDouble()).isBetween(0.0, Math.nextDown(1.0));
      assertThat(random.nextFloat()).isBetween(0f, Math.nextDown(1f));
      assertThat(random.nextExponential()).isBetween(0.0, 37.0);
    }
  }

  @Test
  void permutationsHoldEveryNumberOnce() {
    RandomStream random = RandomStream.of(13);
    int[] a = random.permutation(1000);
    assertThat(a).isNotEqualTo(IntStream.range(0, 1000).toArray());
    Arrays.sort(a);
    assertThat(a).containsExactly(IntStream.range(0, 1000).toArray());
    assertThat(random.permutation(0)).isEmpty();
  }

  @Test
  void refusesBadArguments() {
    RandomStream random = RandomStream.of(0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> random.nextInt(0))
        .withMessageContaining("bound is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> random.nextInt(3, 3))
        .withMessageContaining("3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> random.nextLong(-1))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> random.nextLong(4, 2))
        .withMessageContaining("2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> random.skip(-1))
        .withMessageContaining("n is -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> random.at(-1))
        .withMessageContaining("counter is -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> random.permutation(-1))
        .withMessageContaining("n is -1");
    assertThatNullPointerException()
        .isThrownBy(() -> RandomStream.at(null, 0))
        .withMessageContaining("key");
    assertThatThrownBy(() -> random.fillGaussian(new float[3], 1, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(random.counter()).isZero();
  }
}
