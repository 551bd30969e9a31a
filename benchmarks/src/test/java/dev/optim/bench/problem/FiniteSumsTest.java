package dev.optim.bench.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.optim.DifferentiableObjective;
import dev.optim.FiniteSum;
import dev.optim.GradientCheck;
import dev.optim.bench.data.DataSets;
import dev.optim.bench.data.Samples;
import dev.optim.bench.data.TrainTest;
import dev.optim.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every finite sum of the harness has to keep, on small parts of the real data. */
class FiniteSumsTest {

  private static final int[] BATCH = {3, 0, 17, 3, 39};

  static Stream<FiniteSum> sums() {
    Samples digits = TrainTest.split(DataSets.digits(), 40, 5).train();
    double[] zero = new double[64];
    double[] sixteen = new double[64];
    Arrays.fill(sixteen, 16);
    Samples small = digits.scaled(zero, sixteen);
    Samples tumours = TrainTest.split(DataSets.breastCancer(), 40, 5).standardized().train();
    return Stream.of(
        new ReluNetwork(small, 10, 0.01),
        new ReluNetwork(small, 10, 0.01, 7),
        new ReluNetwork(small, 10, 0.01, 6, 5),
        new LogisticRegression(tumours, 0.01));
  }

  @ParameterizedTest
  @MethodSource("sums")
  void gradientsAgreeWithCentralDifferences(FiniteSum sum) {
    for (long seed = 0; seed < 3; seed++) {
      double[] x = point(sum, seed);
      GradientCheck.at(sum, x).orThrow(1e-7);
      GradientCheck.at(over(sum, BATCH), x).orThrow(1e-7);
      GradientCheck.at(over(sum, new int[] {8}), x).orThrow(1e-7);
    }
  }

  @ParameterizedTest
  @MethodSource("sums")
  void theWholeIsTheMeanOfItsBatches(FiniteSum sum) {
    double[] x = point(sum, 1);
    int n = sum.terms();
    double[] whole = new double[x.length];
    double value = sum.valueAndGradient(x, whole);
    double mean = 0;
    double[] meanGradient = new double[x.length];
    double[] part = new double[x.length];
    for (int from = 0; from < n; from += 7) {
      int[] batch = IntStream.range(from, Math.min(n, from + 7)).toArray();
      double weight = (double) batch.length / n;
      mean += weight * sum.valueAndGradient(x, batch, part);
      for (int i = 0; i < part.length; i++) {
        meanGradient[i] += weight * part[i];
      }
    }

    assertThat(mean).isCloseTo(value, within(1e-13));
    assertThat(meanGradient).containsExactly(whole, within(1e-13));
    assertThat(sum.value(x)).isEqualTo(value);
    assertThat(sum.value(x, BATCH)).isEqualTo(sum.valueAndGradient(x, BATCH, part));
  }

  @ParameterizedTest
  @MethodSource("sums")
  void termGradientsAverageToTheBatchGradient(FiniteSum sum) {
    double[] x = point(sum, 2);
    double[][] terms = new double[BATCH.length][x.length];
    sum.termGradients(x, BATCH, terms);
    double[] batch = new double[x.length];
    sum.valueAndGradient(x, BATCH, batch);

    for (int i = 0; i < x.length; i++) {
      double mean = 0;
      for (double[] term : terms) {
        mean += term[i] / terms.length;
      }
      assertThat(mean).isCloseTo(batch[i], within(1e-13));
    }
  }

  @ParameterizedTest
  @MethodSource("sums")
  void evaluationsDependOnThePointAlone(FiniteSum sum) {
    double[] x = point(sum, 3);
    double[] kept = x.clone();
    double[] first = new double[x.length];
    double value = sum.valueAndGradient(x, BATCH, first);

    sum.value(point(sum, 4));
    sum.valueAndGradient(point(sum, 5), new int[] {1}, new double[x.length]);
    double[] again = new double[x.length];
    Arrays.fill(again, Double.NaN);

    assertThat(sum.valueAndGradient(x, BATCH, again)).isEqualTo(value);
    assertThat(again).isEqualTo(first);
    assertThat(x).isEqualTo(kept);
  }

  @ParameterizedTest
  @MethodSource("sums")
  void largeScoresDoNotOverflow(FiniteSum sum) {
    double[] x = point(sum, 6);
    for (int i = 0; i < x.length; i++) {
      x[i] *= 1e5;
    }
    double[] gradient = new double[x.length];

    assertThat(sum.valueAndGradient(x, gradient)).isFinite();
    for (double derivative : gradient) {
      assertThat(derivative).isFinite();
    }
  }

  @Test
  void zeroWeightsGiveTheEntropyOfGuessing() {
    List<FiniteSum> sums = sums().toList();
    for (FiniteSum network : sums.subList(0, 3)) {
      assertThat(network.value(new double[dimension(network)]))
          .isCloseTo(Math.log(10), within(1e-14));
    }
    assertThat(sums.get(3).value(new double[31])).isCloseTo(Math.log(2), within(1e-14));
  }

  @Test
  void accuracyCountsWhatIsRight() {
    // two features, class = the larger one
    Samples samples =
        new Samples(2, new double[] {3, 1, 0, 2, 5, 4, 1, 9}, new double[] {0, 1, 0, 0});
    ReluNetwork network = new ReluNetwork(samples, 2, 0);
    double[] identity = {1, 0, 0, 1, 0, 0};
    LogisticRegression logistic = new LogisticRegression(samples, 0);

    assertThat(network.accuracy(identity)).isEqualTo(0.75);
    assertThat(logistic.accuracy(new double[] {-1, 1, 0})).isEqualTo(0.75);
    assertThat(network.accuracy(new double[] {Double.NaN, 0, 0, 0, Double.NaN, Double.NaN}))
        .isZero();
  }

  @Test
  void tensorsAreNamedByLayer() {
    Samples digits = DataSets.digits();

    assertThat(new ReluNetwork(digits, 10, 0, 32).layout().toString())
        .isEqualTo(
            "Parameters[hidden.weight[32, 64], hidden.bias[32], output.weight[10, 32],"
                + " output.bias[10]]");
    assertThat(new ReluNetwork(digits, 10, 0, 32).layout().length()).isEqualTo(2410);
    assertThat(new ReluNetwork(digits, 10, 0).layout().toString())
        .isEqualTo("Parameters[output.weight[10, 64], output.bias[10]]");
  }

  @Test
  void badArgumentsAreRefused() {
    Samples digits = DataSets.digits();
    ReluNetwork network = new ReluNetwork(digits, 10, 0);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReluNetwork(digits, 9, 0))
        .withMessageContaining("< 9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogisticRegression(digits, 0))
        .withMessageContaining("0 or 1");
    assertThatIllegalArgumentException().isThrownBy(() -> network.value(new double[649]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.value(new double[650], new int[0]));
  }

  private static double[] point(FiniteSum sum, long seed) {
    double[] x = new double[dimension(sum)];
    RandomStream.of(seed).fillGaussian(x);
    double scale = 0.5 + new Random(seed).nextDouble();
    for (int i = 0; i < x.length; i++) {
      x[i] *= scale;
    }
    return x;
  }

  private static int dimension(FiniteSum sum) {
    return sum instanceof ReluNetwork network ? network.layout().length() : 31;
  }

  private static DifferentiableObjective over(FiniteSum sum, int[] batch) {
    return new DifferentiableObjective() {
      @Override
      public double value(double[] x) {
        return sum.value(x, batch);
      }

      @Override
      public void gradient(double[] x, double[] out) {
        sum.valueAndGradient(x, batch, out);
      }
    };
  }
}
