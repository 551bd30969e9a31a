package dev.optim.secondorder;

import dev.optim.Checks;
import dev.optim.kernel.Kernels;

/**
 * Copies of given gradients, in their own precision. A copy is one array, because garbage
 * collectors leave large arrays where they are. Elements too small to matter become zero.
 */
final class GradientCopies {

  private GradientCopies() {}

  /**
   * Copies gradients.
   *
   * @throws IllegalArgumentException if an element is not finite
   */
  static Gradients of(double[][] gradients) {
    double[][] copies = new double[gradients.length][];
    for (int k = 0; k < copies.length; k++) {
      copies[k] = gradients[k].clone();
      clean("gradients[" + k + "]", copies[k]);
    }
    return new Doubles(copies);
  }

  /**
   * Copies gradients.
   *
   * @throws IllegalArgumentException if an element is not finite
   */
  static Gradients of(float[][] gradients) {
    float[][] copies = new float[gradients.length][];
    for (int k = 0; k < copies.length; k++) {
      copies[k] = gradients[k].clone();
      clean("gradients[" + k + "]", copies[k]);
    }
    return new Floats(copies);
  }

  private static void clean(String name, double[] x) {
    for (int from = 0, to; from < x.length; from = to) {
      to = from + Math.min(GradientRows.COLUMNS, x.length - from);
      if (!Kernels.allFinite(x, from, to)) {
        Checks.finite(name, x);
      }
      for (int i = from; i < to; i++) {
        if (Math.abs(x[i]) < DoubleRows.TINY) {
          x[i] = 0;
        }
      }
    }
  }

  private static void clean(String name, float[] x) {
    for (int from = 0, to; from < x.length; from = to) {
      to = from + Math.min(GradientRows.COLUMNS, x.length - from);
      if (!Kernels.allFinite(x, from, to)) {
        for (int i = 0; i < x.length; i++) {
          Checks.finite(name + "[" + i + "]", x[i]);
        }
      }
      for (int i = from; i < to; i++) {
        if (Math.abs(x[i]) < FloatRows.TINY) {
          x[i] = 0;
        }
      }
    }
  }

  private record Doubles(double[][] copies) implements Gradients {

    @Override
    public int dimension() {
      return copies[0].length;
    }

    @Override
    public void read(int row, int from, int to, double[] out, int at) {
      System.arraycopy(copies[row], from, out, at, to - from);
    }
  }

  private record Floats(float[][] copies) implements Gradients {

    @Override
    public int dimension() {
      return copies[0].length;
    }

    @Override
    public void read(int row, int from, int to, double[] out, int at) {
      float[] a = copies[row];
      for (int i = from; i < to; i++) {
        out[at + i - from] = a[i];
      }
    }
  }
}
