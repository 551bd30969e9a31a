package dev.optim.kernel;

import static dev.optim.kernel.SimdSpecies.D;

/** The passes over many rows that pay with the Vector API, by pairs or by eights. */
abstract class SimdRowKernels extends ScalarKernels {

  /** Whether a vector holds the four doubles or more that the reductions are made of. */
  static final boolean WIDE = D.length() >= 4;

  @Override
  public void addDots(double[][] rows, int count, double[] x, int from, int to, double[] out) {
    if (!WIDE || count == 1) {
      super.addDots(rows, count, x, from, to, out);
      return;
    }
    int k = 0;
    for (; k < count - 1; k += 2) {
      SimdRowDots.addDots(rows[k], rows[k + 1], x, from, to, out, k);
    }
    if (k < count) {
      out[k] += dot(rows[k], from, x, from, to - from);
    }
  }

  @Override
  public void addDots(float[][] rows, int count, float[] x, int from, int to, double[] out) {
    if (!WIDE || count == 1) {
      super.addDots(rows, count, x, from, to, out);
      return;
    }
    int k = 0;
    for (; k < count - 1; k += 2) {
      SimdRowDots.addDots(rows[k], rows[k + 1], x, from, to, out, k);
    }
    if (k < count) {
      out[k] += dot(rows[k], from, x, from, to - from);
    }
  }

  @Override
  public void addDots(float[][] rows, int count, double[] x, int from, int to, double[] out) {
    if (!WIDE || count == 1) {
      super.addDots(rows, count, x, from, to, out);
      return;
    }
    int k = 0;
    for (; k < count - 1; k += 2) {
      SimdRowDots.addDots(rows[k], rows[k + 1], x, from, to, out, k);
    }
    if (k < count) {
      // The last row of an odd count goes with the one before, whose sum is put back.
      double before = out[k - 1];
      SimdRowDots.addDots(rows[k - 1], rows[k], x, from, to, out, k - 1);
      out[k - 1] = before;
    }
  }

  @Override
  public void addDots(int[][] rows, int count, double[] x, int from, int to, double[] out) {
    if (!WIDE || !SimdSpecies.HALVES || count == 1) {
      super.addDots(rows, count, x, from, to, out);
      return;
    }
    int k = 0;
    for (; k < count - 1; k += 2) {
      SimdRowDots.addDots(rows[k], rows[k + 1], x, from, to, out, k);
    }
    if (k < count) {
      // The last row of an odd count goes with the one before, whose sum is put back.
      double before = out[k - 1];
      SimdRowDots.addDots(rows[k - 1], rows[k], x, from, to, out, k - 1);
      out[k - 1] = before;
    }
  }

  @Override
  void axpy8(double[] c, double[][] rows, int k, double[] x, int from, int to) {
    super.axpy8(c, rows, k, x, WIDE ? SimdRowSums.axpy8(c, rows, k, x, from, to) : from, to);
  }

  @Override
  void axpy8(double[] c, float[][] rows, int k, double[] x, int from, int to) {
    int end = from;
    if (WIDE && SimdSpecies.HALVES) {
      end = SimdRowSums.axpy8(c, rows, k, x, from, to);
    } else if (WIDE) {
      SimdRowSums.axpy4(c, rows, k, x, from, to);
      end = SimdRowSums.axpy4(c, rows, k + 4, x, from, to);
    }
    super.axpy8(c, rows, k, x, end, to);
  }

  @Override
  void axpy8(double[] c, int[][] rows, int k, double[] x, int from, int to) {
    boolean vectors = WIDE && SimdSpecies.HALVES;
    super.axpy8(c, rows, k, x, vectors ? SimdRowSums.axpy8(c, rows, k, x, from, to) : from, to);
  }

  @Override
  public void addGram(double[] x, int rows, int columns, double[] gram) {
    if (WIDE) {
      SimdBlocks.addGram(x, rows, columns, gram);
    } else {
      super.addGram(x, rows, columns, gram);
    }
  }

  @Override
  public void addSquares(double[] x, int rows, int columns, double[] out) {
    if (WIDE) {
      SimdBlocks.addSquares(x, rows, columns, out);
    } else {
      super.addSquares(x, rows, columns, out);
    }
  }

  @Override
  public void solveLower(double[] lower, double[] x, int rows, int columns) {
    if (WIDE) {
      SimdBlocks.solveLower(lower, x, rows, columns);
    } else {
      super.solveLower(lower, x, rows, columns);
    }
  }
}
