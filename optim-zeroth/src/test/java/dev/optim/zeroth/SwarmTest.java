package dev.optim.zeroth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.optim.random.RandomStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks of rows are rows: whatever the shape, the step and the mean are those row by row. */
class SwarmTest {

  @ParameterizedTest
  @CsvSource({"2, 1", "40, 20", "33, 7", "1000, 3", "17, 100", "50, 64", "3, 1024", "2, 5000"})
  void blocksMoveAsRowsDo(int n, int d) {
    RandomStream random = RandomStream.of(7);
    double[][] x = new double[n][d];
    double[] c = new double[d];
    double[] weights = new double[n];
    for (double[] row : x) {
      random.fillGaussian(row);
    }
    random.fillGaussian(c);
    random.fillUniform(weights);
    Swarm doubles = Swarm.of(Precision.DOUBLE, x);
    Swarm floats = Swarm.of(Precision.SINGLE, x);
    double[] mean = new double[d];
    double[] meanOfFloats = new double[d];
    doubles.mean(weights, mean);
    floats.mean(weights, meanOfFloats);
    doubles.step(new StreamChance(random), c, 0.01, 0.7, 1.5);
    floats.step(new StreamChance(random), c, 0.01, 0.7, 1.5);

    RandomStream noise = random.split("noise");
    RandomStream single = random.split("noise");
    double[] z = new double[d];
    float[] w = new float[d];
    double[] row = new double[d];
    double[] expected = new double[d];
    for (int i = 0; i < n; i++) {
      double[] before = x[i].clone();
      for (int k = 0; k < d; k++) {
        expected[k] += weights[i] * x[i][k];
      }
      noise.fillGaussian(z);
      single.fillGaussian(w);
      Moves.step(x[i], c, z, 0, 0.01, 0.7, Noise.anisotropic(1).truncated(1.5));
      doubles.get(i, row);
      assertThat(row).isEqualTo(x[i]);
      floats.get(i, row);
      for (int k = 0; k < d; k++) {
        double v = before[k] - c[k];
        double cut = Math.min(Math.max(v, -1.5), 1.5);
        assertThat(row[k]).isCloseTo(before[k] - 0.01 * v + 0.7 * cut * w[k], within(1e-5));
      }
    }
    for (int k = 0; k < d; k++) {
      assertThat(mean[k]).isCloseTo(expected[k], within(1e-10));
      assertThat(meanOfFloats[k]).isCloseTo(expected[k], within(1e-4 * n));
    }
  }
}
