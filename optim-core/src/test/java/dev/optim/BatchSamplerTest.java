package dev.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.random.RandomStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchSamplerTest {

  private static BatchSampler sampler(int terms, int size) {
    return new BatchSampler(terms, size, RandomStream.of(4));
  }

  @Test
  void anEpochHasEveryTermOnce() {
    BatchSampler sampler = sampler(23, 5);
    assertThat(sampler.batchesPerEpoch()).isEqualTo(5);
    for (int epoch = 0; epoch < 3; epoch++) {
      int first = 5 * epoch;
      int[] seen =
          IntStream.range(first, first + 5)
              .flatMap(k -> IntStream.of(sampler.batch(k)))
              .sorted()
              .toArray();
      assertThat(seen).isEqualTo(IntStream.range(0, 23).toArray());
      assertThat(sampler.batch(first + 4)).hasSize(3);
    }
  }

  @Test
  void batchKDependsOnKAlone() {
    BatchSampler inOrder = sampler(23, 5);
    int[][] batches = new int[20][];
    for (int k = 0; k < 20; k++) {
      batches[k] = inOrder.batch(k);
    }
    assertThat(sampler(23, 5).batch(17)).isEqualTo(batches[17]);
    assertThat(inOrder.batch(2)).isEqualTo(batches[2]);
    assertThat(batches[0]).isNotEqualTo(batches[5]);
  }

  @Test
  void aBatchLargerThanTheSumIsTheWholeSum() {
    assertThat(sampler(3, 99).batch(7)).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> sampler(0, 1)).hasMessageContaining("terms is 0");
    assertThatThrownBy(() -> sampler(1, 0)).hasMessageContaining("size is 0");
    assertThatThrownBy(() -> sampler(1, 1).batch(-1)).hasMessageContaining("k is -1");
  }
}
