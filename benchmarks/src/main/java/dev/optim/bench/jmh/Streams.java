package dev.optim.bench.jmh;

/**
 * The ceiling: loops that read and write as much as an update rule and compute next to nothing.
 * Each has a float and a double twin; the vectors are used in order.
 */
public enum Streams {
  /** 3 reads and 2 writes: Lion. */
  LIN5(2) {
    @Override
    public void run(float[][] a, int from, int to) {
      float[] x = a[0];
      float[] m = a[1];
      float[] g = a[2];
      for (int i = from; i < to; i++) {
        x[i] = 0.5f * x[i] + g[i];
        m[i] = 0.5f * m[i] + g[i];
      }
    }

    @Override
    void run(double[][] a, int from, int to) {
      double[] x = a[0];
      double[] m = a[1];
      double[] g = a[2];
      for (int i = from; i < to; i++) {
        x[i] = 0.5 * x[i] + g[i];
        m[i] = 0.5 * m[i] + g[i];
      }
    }
  },
  /** 4 reads and 3 writes: AdamW, AdamP. */
  LIN7(3) {
    @Override
    public void run(float[][] a, int from, int to) {
      float[] x = a[0];
      float[] m = a[1];
      float[] v = a[2];
      float[] g = a[3];
      for (int i = from; i < to; i++) {
        x[i] = 0.5f * x[i] + g[i];
        m[i] = 0.5f * m[i] + g[i];
        v[i] = 0.5f * v[i] + g[i];
      }
    }

    @Override
    void run(double[][] a, int from, int to) {
      double[] x = a[0];
      double[] m = a[1];
      double[] v = a[2];
      double[] g = a[3];
      for (int i = from; i < to; i++) {
        x[i] = 0.5 * x[i] + g[i];
        m[i] = 0.5 * m[i] + g[i];
        v[i] = 0.5 * v[i] + g[i];
      }
    }
  },
  /** 5 reads and 4 writes: diffGrad. */
  LIN9(4) {
    @Override
    public void run(float[][] a, int from, int to) {
      float[] x = a[0];
      float[] m = a[1];
      float[] v = a[2];
      float[] p = a[3];
      float[] g = a[4];
      for (int i = from; i < to; i++) {
        x[i] = 0.5f * x[i] + g[i];
        m[i] = 0.5f * m[i] + g[i];
        v[i] = 0.5f * v[i] + g[i];
        p[i] = 0.5f * p[i] + g[i];
      }
    }

    @Override
    void run(double[][] a, int from, int to) {
      double[] x = a[0];
      double[] m = a[1];
      double[] v = a[2];
      double[] p = a[3];
      double[] g = a[4];
      for (int i = from; i < to; i++) {
        x[i] = 0.5 * x[i] + g[i];
        m[i] = 0.5 * m[i] + g[i];
        v[i] = 0.5 * v[i] + g[i];
        p[i] = 0.5 * p[i] + g[i];
      }
    }
  };

  /** A call on more would run interpreted for long. */
  public static final int CHUNK = 1 << 16;

  private final int written;

  Streams(int written) {
    this.written = written;
  }

  /** The vectors of a loop: those written and the gradient. */
  public int vectors() {
    return written + 1;
  }

  /** Elements from..to-1. */
  public abstract void run(float[][] a, int from, int to);

  abstract void run(double[][] a, int from, int to);

  public void runAll(float[][] a) {
    for (int from = 0; from < a[0].length; from += CHUNK) {
      run(a, from, Math.min(from + CHUNK, a[0].length));
    }
  }

  public void runAll(double[][] a) {
    for (int from = 0; from < a[0].length; from += CHUNK) {
      run(a, from, Math.min(from + CHUNK, a[0].length));
    }
  }
}
