package dev.optim.kernel;

import java.util.Arrays;

/**
 * The kernels that pay with the Vector API: reductions, widening passes, signs, elementary
 * functions and random draws. Everything else is inherited, because the compiler vectorises the
 * plain loop.
 */
final class SimdKernels extends SimdUpdateKernels {

  /**
   * Runs every kernel once, interpreted. The Vector API looks an operation's fallback up in a cache
   * that the first use fills. Were that first use to come after the lookup has been compiled, the
   * compiled code would be discarded, and such discards count against every later method that
   * inlines the lookup, once for each of its operations: large kernels would then be compiled with
   * virtual calls, and box their vectors for good.
   */
  SimdKernels() {
    int n = RandomKernels.GROUP;
    double[] x = new double[n];
    float[] p = new float[n];
    double[] c = new double[9];
    double[][] rows = {x, x, x, x, x, x, x, x, x};
    float[][] floatRows = {p, p, p, p, p, p, p, p, p};
    int[][] pairRows = new int[9][n];
    Arrays.fill(x, 1);
    Arrays.fill(p, 1);
    log(x, new double[n], 0, n);
    log(p, new float[n], 0, n);
    sum(x, 0, n);
    sum(p, 0, n);
    dot(x, 0, x, 0, n);
    dot(p, 0, p, 0, n);
    addProducts(x, 0, x, 0, n, c);
    addProducts(p, 0, p, 0, n, c);
    maxAbs(x, 0, n);
    maxAbs(p, 0, n);
    allFinite(x, 0, n);
    allFinite(p, 0, n);
    axpy(1, x, 0, x, 1, n - 1);
    axpy(1, p, 0, p, 1, n - 1);
    addDots(rows, 3, x, 0, n, c);
    addDots(floatRows, 3, p, 0, n, c);
    addDots(floatRows, 3, x, 0, n, c);
    addDots(pairRows, 3, x, 0, n, c);
    axpys(c, rows, 9, x, 0, n);
    axpys(c, floatRows, 9, x, 0, n);
    axpys(c, pairRows, 9, x, 0, n);
    int block = BlockKernels.COLUMNS;
    double[] eight = new double[8 * BlockKernels.STRIDE];
    addGram(eight, 8, block, new double[64]);
    addSquares(eight, 8, block, new double[block]);
    solveLower(new double[Blocks.lowerIndex(8, 0)], eight, 8, block);
    lion(x, x, x, 0, n, 0, 0, 0, 0, 0);
    lion(p, p, p, 0, n, 0, 0, 0, 0, 0);
    diffGrad(x, x, x, x, x, 0, n, 0, 0, 0, 1, 0, 0);
    diffGrad(p, p, p, p, p, 0, n, 0, 0, 0, 1, 0, 0);
    adamDirection(x, x, x, 0, n, new double[2 * n], n, 0, 0, 1, 1, 0, false);
    adamDirection(p, p, p, 0, n, new float[2 * n], n, 0, 0, 1, 1, 0, false);
    descend(x, 0, x, 0, n, 1, 0, 0);
    descend(p, 0, p, 0, n, 1, 0, 0);
    exp(x, x, 0, n);
    exp(p, p, 0, n);
    sigmoid(x, x, 0, n);
    sigmoid(p, p, 0, n);
    tanh(x, x, 0, n);
    tanh(p, p, 0, n);
    short[] bits = new short[n];
    widen(bits, 0, p, n);
    int[] words = new int[RandomKernels.STRETCHED];
    round(p, 0, words, 0, true, bits, 0, n);
    float[] draws = new float[RandomKernels.STRETCHED];
    words(0, 0, 0, 0, 1, words);
    uniform(words, 1, x, 0);
    uniform(words, 1, draws, 0);
    stretch(words);
    gaussian(words, new double[RandomKernels.STRETCHED / 2], 0);
    gaussian(words, draws, 0);
  }

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public double dot(double[] x, int xFrom, double[] y, int yFrom, int length) {
    return WIDE
        ? SimdReductions.dot(x, xFrom, y, yFrom, length)
        : super.dot(x, xFrom, y, yFrom, length);
  }

  @Override
  public void addProducts(double[] x, int xFrom, double[] y, int yFrom, int length, double[] out) {
    if (WIDE) {
      SimdProducts.add(x, xFrom, y, yFrom, length, out);
    } else {
      super.addProducts(x, xFrom, y, yFrom, length, out);
    }
  }

  @Override
  public void addProducts(float[] x, int xFrom, float[] y, int yFrom, int length, double[] out) {
    if (WIDE) {
      SimdProducts.add(x, xFrom, y, yFrom, length, out);
    } else {
      super.addProducts(x, xFrom, y, yFrom, length, out);
    }
  }

  @Override
  public double sum(double[] x, int from, int to) {
    return WIDE ? SimdReductions.sum(x, from, to) : super.sum(x, from, to);
  }

  @Override
  public double maxAbs(double[] x, int from, int to) {
    return SimdReductions.maxAbs(x, from, to);
  }

  @Override
  public boolean allFinite(double[] x, int from, int to) {
    return SimdReductions.allFinite(x, from, to);
  }

  @Override
  public double dot(float[] x, int xFrom, float[] y, int yFrom, int length) {
    return WIDE
        ? SimdReductions.dot(x, xFrom, y, yFrom, length)
        : super.dot(x, xFrom, y, yFrom, length);
  }

  @Override
  public double sum(float[] x, int from, int to) {
    return WIDE ? SimdReductions.sum(x, from, to) : super.sum(x, from, to);
  }

  @Override
  public float maxAbs(float[] x, int from, int to) {
    return SimdReductions.maxAbs(x, from, to);
  }

  @Override
  public boolean allFinite(float[] x, int from, int to) {
    return SimdReductions.allFinite(x, from, to);
  }

  @Override
  public void exp(double[] x, double[] out, int from, int to) {
    int end = to - (to - from) % SimdDoubles.STEP;
    SimdDoubles.exp(x, out, from, end);
    super.exp(x, out, end, to);
  }

  @Override
  public void exp(float[] x, float[] out, int from, int to) {
    int end = to - (to - from) % SimdFloats.STEP;
    SimdFloats.exp(x, out, from, end);
    super.exp(x, out, end, to);
  }

  @Override
  public void log(double[] x, double[] out, int from, int to) {
    int end = to - (to - from) % SimdDoubles.STEP;
    SimdDoubles.log(x, out, from, end);
    super.log(x, out, end, to);
  }

  @Override
  public void log(float[] x, float[] out, int from, int to) {
    int end = to - (to - from) % SimdFloats.STEP;
    SimdFloats.log(x, out, from, end);
    super.log(x, out, end, to);
  }

  @Override
  public void sigmoid(double[] x, double[] out, int from, int to) {
    int end = to - (to - from) % SimdDoubles.STEP;
    SimdDoubles.sigmoid(x, out, from, end);
    super.sigmoid(x, out, end, to);
  }

  @Override
  public void sigmoid(float[] x, float[] out, int from, int to) {
    int end = to - (to - from) % SimdFloats.STEP;
    SimdFloats.sigmoid(x, out, from, end);
    super.sigmoid(x, out, end, to);
  }

  @Override
  public void tanh(double[] x, double[] out, int from, int to) {
    int end = to - (to - from) % SimdDoubles.STEP;
    SimdDoubles.tanh(x, out, from, end);
    super.tanh(x, out, end, to);
  }

  @Override
  public void tanh(float[] x, float[] out, int from, int to) {
    int end = to - (to - from) % SimdFloats.STEP;
    SimdFloats.tanh(x, out, from, end);
    super.tanh(x, out, end, to);
  }

  @Override
  public void widen(short[] bfloat16, int from, float[] values, int length) {
    if (SimdSpecies.HALVES) {
      SimdBfloat16.widen(bfloat16, from, values, length);
    } else {
      super.widen(bfloat16, from, values, length);
    }
  }

  @Override
  public boolean round(
      float[] values,
      int at,
      int[] words,
      int word,
      boolean upper,
      short[] bfloat16,
      int from,
      int length) {
    return SimdSpecies.HALVES
        ? SimdBfloat16.round(values, at, words, word, upper, bfloat16, from, length)
        : SimdBfloat16.roundParts(values, at, words, word, upper, bfloat16, from, length);
  }

  @Override
  public void words(
      long keyHigh, long keyLow, int domain, long firstGroup, int groups, int[] words) {
    SimdRandom.words(keyHigh, keyLow, domain, firstGroup, groups, words);
  }

  @Override
  public void uniform(int[] words, int groups, double[] out, int from) {
    SimdRandom.uniform(words, groups, out, from);
  }

  @Override
  public void uniform(int[] words, int groups, float[] out, int from) {
    SimdRandom.uniform(words, groups, out, from);
  }

  @Override
  public void stretch(int[] words) {
    SimdGaussian.stretch(words);
  }

  @Override
  public void gaussian(int[] words, double[] out, int from) {
    SimdGaussian.gaussian(words, out, from);
  }

  @Override
  public void gaussian(int[] words, float[] out, int from) {
    SimdGaussian.gaussian(words, out, from);
  }
}
