package dev.optim.kernel;

/**
 * What a provider implements. Ranges are checked by the facades; reductions get at most {@link
 * Kernels#CHUNK} elements. Every method is defined by {@link ScalarKernels}, to the bit, or here.
 */
interface VectorKernels {

  String name();

  double dot(double[] x, int xFrom, double[] y, int yFrom, int length);

  double dot(float[] x, int xFrom, float[] y, int yFrom, int length);

  /** Adds the inner products x y, x x and y y to {@code out}. */
  void addProducts(double[] x, int xFrom, double[] y, int yFrom, int length, double[] out);

  /** Adds the inner products x y, x x and y y to {@code out}, in single precision. */
  void addProducts(float[] x, int xFrom, float[] y, int yFrom, int length, double[] out);

  double sum(double[] x, int from, int to);

  double sum(float[] x, int from, int to);

  double maxAbs(double[] x, int from, int to);

  float maxAbs(float[] x, int from, int to);

  boolean allFinite(double[] x, int from, int to);

  boolean allFinite(float[] x, int from, int to);

  /** Adds each row's dot product to {@code out}. */
  void addDots(double[][] rows, int count, double[] x, int from, int to, double[] out);

  /** Adds each row's dot product to {@code out}. */
  void addDots(float[][] rows, int count, float[] x, int from, int to, double[] out);

  /** Adds each row's dot product to {@code out}. */
  void addDots(float[][] rows, int count, double[] x, int from, int to, double[] out);

  /** Adds each row's dot product to {@code out}; the rows are {@link Bfloat16Pairs}. */
  void addDots(int[][] rows, int count, double[] x, int from, int to, double[] out);

  /** Adds the inner products of the rows of a block to the lower triangle of {@code gram}. */
  default void addGram(double[] x, int rows, int columns, double[] gram) {
    Blocks.addGram(x, rows, columns, gram);
  }

  /** Adds the squares of every column of a block to {@code out}. */
  default void addSquares(double[] x, int rows, int columns, double[] out) {
    Blocks.addSquares(x, rows, columns, out);
  }

  /** Solves with a lower triangular matrix for the columns of a block. */
  default void solveLower(double[] lower, double[] x, int rows, int columns) {
    Blocks.solveLower(lower, x, rows, columns);
  }

  void axpy(double a, double[] x, int xFrom, double[] y, int yFrom, int length);

  void axpy(double a, float[] x, int xFrom, float[] y, int yFrom, int length);

  void axpys(double[] c, double[][] rows, int count, double[] x, int from, int to);

  void axpys(double[] c, float[][] rows, int count, float[] x, int from, int to);

  void axpys(double[] c, float[][] rows, int count, double[] x, int from, int to);

  void axpys(double[] c, int[][] rows, int count, double[] x, int from, int to);

  void lion(
      double[] x,
      double[] m,
      double[] g,
      int from,
      int to,
      double b1,
      double b2,
      double step,
      double decay,
      double scale);

  void lion(
      float[] x,
      float[] m,
      float[] g,
      int from,
      int to,
      double b1,
      double b2,
      double step,
      double decay,
      double scale);

  void diffGrad(
      double[] x,
      double[] g,
      double[] m,
      double[] v,
      double[] previous,
      int from,
      int to,
      double b1,
      double b2,
      double step,
      double eps,
      double decay,
      double scale);

  void diffGrad(
      float[] x,
      float[] g,
      float[] m,
      float[] v,
      float[] previous,
      int from,
      int to,
      double b1,
      double b2,
      double step,
      double eps,
      double decay,
      double scale);

  /** The direction goes to {@code u[at]} and on; what is before is scratch. */
  void adamDirection(
      double[] g,
      double[] m,
      double[] v,
      int from,
      int to,
      double[] u,
      int at,
      double b1,
      double b2,
      double root,
      double eps,
      double scale,
      boolean nesterov);

  /** The direction goes to {@code u[at]} and on; what is before is scratch. */
  void adamDirection(
      float[] g,
      float[] m,
      float[] v,
      int from,
      int to,
      float[] u,
      int at,
      double b1,
      double b2,
      double root,
      double eps,
      double scale,
      boolean nesterov);

  void descend(
      double[] x,
      int xFrom,
      double[] u,
      int uFrom,
      int length,
      double keep,
      double step,
      double radial);

  void descend(
      float[] x,
      int xFrom,
      float[] u,
      int uFrom,
      int length,
      double keep,
      double step,
      double radial);

  void exp(double[] x, double[] out, int from, int to);

  void exp(float[] x, float[] out, int from, int to);

  void log(double[] x, double[] out, int from, int to);

  void log(float[] x, float[] out, int from, int to);

  void sigmoid(double[] x, double[] out, int from, int to);

  void sigmoid(float[] x, float[] out, int from, int to);

  void tanh(double[] x, double[] out, int from, int to);

  void tanh(float[] x, float[] out, int from, int to);

  /** {@code values[i] = bfloat16[from + i]} for i less than length. */
  void widen(short[] bfloat16, int from, float[] values, int length);

  /**
   * {@code bfloat16[from + i]} is rounded from {@code values[at + i]}; returns whether no magnitude
   * is above {@link Bfloat16Kernels#LARGEST}.
   */
  boolean round(
      float[] values,
      int at,
      int[] words,
      int word,
      boolean upper,
      short[] bfloat16,
      int from,
      int length);

  void words(long keyHigh, long keyLow, int domain, long firstGroup, int groups, int[] words);

  void uniform(int[] words, int groups, double[] out, int from);

  void uniform(int[] words, int groups, float[] out, int from);

  void stretch(int[] words);

  void gaussian(int[] words, double[] out, int from);

  void gaussian(int[] words, float[] out, int from);
}
