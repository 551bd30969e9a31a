package dev.optim.bench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataSetsTest {

  @Test
  void digitsHaveTheSourcesCounts() {
    Samples digits = DataSets.digits();

    assertThat(digits.size()).isEqualTo(1797);
    assertThat(digits.features()).isEqualTo(64);
    assertThat(countsOf(digits, 10))
        .containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    assertThat(digits.feature(0, 2)).isEqualTo(5);
    assertThat(digits.target(1796)).isEqualTo(8);
  }

  @Test
  void breastCancerHasTheSourcesCounts() {
    Samples tumours = DataSets.breastCancer();

    assertThat(tumours.size()).isEqualTo(569);
    assertThat(tumours.features()).isEqualTo(30);
    assertThat(countsOf(tumours, 2)).containsExactly(212, 357);
    assertThat(tumours.feature(0, 0)).isEqualTo(17.99);
  }

  @Test
  void diabetesHasMeasuredTargets() {
    Samples diabetes = DataSets.diabetes();

    assertThat(diabetes.size()).isEqualTo(442);
    assertThat(diabetes.features()).isEqualTo(10);
    assertThat(diabetes.feature(0, 0)).isEqualTo(59);
    assertThat(diabetes.target(0)).isEqualTo(151);
    double[] targets = IntStream.range(0, 442).mapToDouble(diabetes::target).toArray();
    assertThat(Arrays.stream(targets).average().orElseThrow()).isCloseTo(152.1335, within(1e-4));
  }

  @Test
  void aSplitTakesEverySampleOnceAndIsTheSameEveryTime() {
    Samples digits = DataSets.digits();

    TrainTest split = TrainTest.split(digits, 1400, 123);

    assertThat(split.train().size()).isEqualTo(1400);
    assertThat(split.test().size()).isEqualTo(397);
    int[] counts = countsOf(split.train(), 10);
    int[] testCounts = countsOf(split.test(), 10);
    int[] both = IntStream.range(0, 10).map(k -> counts[k] + testCounts[k]).toArray();
    assertThat(both).isEqualTo(countsOf(digits, 10));
    assertThat(TrainTest.split(digits, 1400, 123).train().labels())
        .isEqualTo(split.train().labels());
    assertThat(TrainTest.split(digits, 1400, 124).train().labels())
        .isNotEqualTo(split.train().labels());
  }

  @Test
  void standardisingUsesTheTrainingPartAlone() {
    TrainTest raw = TrainTest.split(DataSets.breastCancer(), 400, 1);

    TrainTest standard = raw.standardized();

    for (int j = 0; j < 30; j++) {
      int feature = j;
      double[] column =
          IntStream.range(0, 400).mapToDouble(i -> standard.train().feature(i, feature)).toArray();
      double mean = Arrays.stream(column).average().orElseThrow();
      double variance = Arrays.stream(column).map(v -> v * v).average().orElseThrow() - mean * mean;
      assertThat(mean).isCloseTo(0, within(1e-12));
      assertThat(variance).isCloseTo(1, within(1e-12));
    }
    // the same map for both parts
    double slope =
        (raw.test().feature(0, 0) - raw.train().feature(0, 0))
            / (standard.test().feature(0, 0) - standard.train().feature(0, 0));
    double sameSlope =
        (raw.train().feature(1, 0) - raw.train().feature(0, 0))
            / (standard.train().feature(1, 0) - standard.train().feature(0, 0));
    assertThat(slope).isCloseTo(sameSlope, within(1e-9));
  }

  @Test
  void aConstantFeatureBecomesZero() {
    Samples samples = new Samples(2, new double[] {7, 1, 7, 2, 7, 3}, new double[3]);

    TrainTest standard = TrainTest.split(samples, 2, 0).standardized();

    assertThat(standard.train().feature(0, 0)).isZero();
    assertThat(standard.test().feature(0, 0)).isZero();
  }

  @Test
  void samplesKeepNoArrayOfTheirMaker() {
    double[] values = {1, 2};
    double[] targets = {0, 1};
    Samples samples = new Samples(1, values, targets);

    values[0] = 9;
    targets[0] = 9;

    assertThat(samples.feature(0, 0)).isEqualTo(1);
    assertThat(samples.target(0)).isZero();
  }

  @Test
  void badSamplesAndSplitsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Samples(2, new double[3], new double[2]))
        .withMessageContaining("values has length 3, expected 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Samples(1, new double[] {Double.NaN}, new double[1]))
        .withMessageContaining("values[0]");
    Samples two = new Samples(1, new double[2], new double[2]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainTest.split(two, 2, 0))
        .withMessage("train is 2, must be in 1..1");
  }

  private static int[] countsOf(Samples samples, int classes) {
    int[] counts = new int[classes];
    for (int label : samples.labels()) {
      counts[label]++;
    }
    return counts;
  }
}
