package dev.optim.bench.problem.bbob;

import dev.optim.DifferentiableObjective;
import dev.optim.kernel.Elementary;
import java.util.stream.IntStream;

/**
 * Gallagher's Gaussian peaks: T(10 - max_k h[k] exp(-q[k] / (2n)))^2 with q[k] a quadratic form
 * around peak k, its axes those of a rotation. The first peak is the highest.
 *
 * @param rotation the axes
 * @param heights of the peaks, h
 * @param scales of the axes for each peak, [peak][axis]
 * @param centers of the peaks in rotated coordinates, [peak][axis]
 */
record Gallagher(
    Transformation.Linear rotation, double[] heights, double[][] scales, double[][] centers)
    implements DifferentiableObjective {

  private static final double LOWEST = 1.1;
  private static final double SECOND = 9.1;

  /**
   * Draws where the peaks are. The highest one, the first, is moved towards the middle.
   *
   * @param n the dimension
   * @param peaks how many
   * @param seed of the instance
   * @param width of the cube around 0 they are drawn from
   */
  static double[][] places(int n, int peaks, long seed, double width) {
    double[] drawn = Draws.uniform(n * peaks, seed);
    double[][] places = new double[peaks][n];
    for (int k = 0; k < peaks; k++) {
      for (int i = 0; i < n; i++) {
        places[k][i] = (k == 0 ? 0.8 : 1) * (width * drawn[k * n + i] - width / 2);
      }
    }
    return places;
  }

  /**
   * Draws what the peaks look like.
   *
   * @param places where they are
   * @param seed of the instance
   * @param first the square root of the condition number of the highest one
   */
  static Gallagher draw(double[][] places, long seed, double first) {
    int peaks = places.length;
    int n = places[0].length;
    Transformation.Linear rotation = new Transformation.Linear(Draws.rotation(n, seed));
    int[] order = order(Draws.uniform(peaks - 1, seed));
    double[] heights = new double[peaks];
    double[][] scales = new double[peaks][n];
    double[][] centers = new double[peaks][];
    for (int k = 0; k < peaks; k++) {
      double condition = k == 0 ? first : StrictMath.pow(1000, order[k - 1] / (peaks - 2.0));
      heights[k] = k == 0 ? 10 : (k - 1) / (peaks - 2.0) * (SECOND - LOWEST) + LOWEST;
      int[] axes = order(Draws.uniform(n, seed + 1000L * k));
      for (int i = 0; i < n; i++) {
        scales[k][i] = StrictMath.pow(condition, axes[i] / (n - 1.0) - 0.5);
      }
      centers[k] = rotation.apply(places[k]);
    }
    return new Gallagher(rotation, heights, scales, centers);
  }

  /** The indices of the numbers from the smallest to the largest. */
  private static int[] order(double[] numbers) {
    return IntStream.range(0, numbers.length)
        .boxed()
        .sorted((i, j) -> Double.compare(numbers[i], numbers[j]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Override
  public double value(double[] x) {
    double[] z = rotation.apply(x);
    double lowered = Oscillation.of(10 - height(z, highest(z)));
    return lowered * lowered;
  }

  @Override
  public void gradient(double[] x, double[] out) {
    double[] z = rotation.apply(x);
    int k = highest(z);
    double height = height(z, k);
    double outer = 2 * Oscillation.of(10 - height) * Oscillation.slope(10 - height);
    double[] byAxis = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      byAxis[i] = outer * height * scales[k][i] * (z[i] - centers[k][i]) / z.length;
    }
    System.arraycopy(rotation.pullBack(x, byAxis), 0, out, 0, out.length);
  }

  private int highest(double[] z) {
    int best = 0;
    double highest = height(z, 0);
    for (int k = 1; k < heights.length; k++) {
      double height = height(z, k);
      if (height > highest) {
        highest = height;
        best = k;
      }
    }
    return best;
  }

  private double height(double[] z, int k) {
    double q = 0;
    for (int i = 0; i < z.length; i++) {
      double distance = z[i] - centers[k][i];
      q += scales[k][i] * (distance * distance);
    }
    return heights[k] * Elementary.exp(-0.5 / z.length * q);
  }
}
