package dev.optim.bench.data;

import dev.optim.random.RandomStream;
import java.util.Arrays;

/**
 * A data set cut in two: what a method learns from and what it is tested on.
 *
 * @param train the training samples
 * @param test the test samples, of as many features
 */
public record TrainTest(Samples train, Samples test) {

  /** Checks that the two fit. */
  public TrainTest {
    if (train.features() != test.features()) {
      throw new IllegalArgumentException(
          "train has %d features, test %d".formatted(train.features(), test.features()));
    }
  }

  /**
   * Cuts samples in two by a random permutation, always the same for the same seed.
   *
   * @param samples the whole data set
   * @param train how many go into the training part, 1..size-1; the others are the test part
   * @param seed selects the permutation
   * @return both parts
   * @throws IllegalArgumentException if a part would be empty
   */
  public static TrainTest split(Samples samples, int train, long seed) {
    if (train < 1 || train >= samples.size()) {
      throw new IllegalArgumentException(
          "train is %d, must be in 1..%d".formatted(train, samples.size() - 1));
    }
    int[] order = RandomStream.of(seed).permutation(samples.size());
    return new TrainTest(
        samples.select(Arrays.copyOf(order, train)),
        samples.select(Arrays.copyOfRange(order, train, order.length)));
  }

  /**
   * Both parts with features of mean 0 and variance 1 on the training part. The test part is scaled
   * by the training part's figures: nothing of it may be known in training.
   *
   * @return new samples; a feature that is constant in training becomes 0 there
   */
  public TrainTest standardized() {
    int features = train.features();
    double[] mean = new double[features];
    double[] deviation = new double[features];
    for (int j = 0; j < features; j++) {
      double sum = 0;
      for (int i = 0; i < train.size(); i++) {
        sum += train.feature(i, j);
      }
      mean[j] = sum / train.size();
      double squares = 0;
      for (int i = 0; i < train.size(); i++) {
        double off = train.feature(i, j) - mean[j];
        squares += off * off;
      }
      deviation[j] = squares > 0 ? Math.sqrt(squares / train.size()) : 1;
    }
    return new TrainTest(train.scaled(mean, deviation), test.scaled(mean, deviation));
  }
}
