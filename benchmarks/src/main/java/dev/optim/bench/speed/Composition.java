package dev.optim.bench.speed;

import dev.optim.kernel.Elementary;
import dev.optim.kernel.Kernels;

/**
 * Steps composed of array operations, each a pass over memory, as a library of vector operations
 * would make them. Every loop vectorises but that of the sign on JDK 17.
 */
enum Composition {
  /** Seven passes, a temporary vector. */
  LION {
    @Override
    void step(float[] x, float[] g, Memory memory) {
      float[] m = memory.m;
      float[] t = memory.t;
      scaled(0.9f, m, t);
      addScaled(0.1f, g, t);
      sign(t);
      scaled(1 - 1e-5f, x, x);
      addScaled(-1e-4f, t, x);
      scaled(0.99f, m, m);
      addScaled(0.01f, g, m);
    }
  },
  /** Ten passes, a temporary vector. */
  ADAMW {
    @Override
    void step(float[] x, float[] g, Memory memory) {
      float[] m = memory.m;
      float[] t = memory.t;
      moments(g, memory);
      root(memory.v, t);
      added(1e-8f, t);
      quotient(m, t);
      scaled(1 - 1e-5f, x, x);
      addScaled(-1e-3f, t, x);
    }
  },
  /** AdamW's passes behind three for the cosines of the rows; no row is projected. */
  ADAMP {
    @Override
    void step(float[] x, float[] g, Memory memory) {
      double largest = 0;
      rowProducts(g, x, memory.gx);
      rowProducts(g, g, memory.gg);
      rowProducts(x, x, memory.xx);
      for (int row = 0; row < memory.gx.length; row++) {
        double norms = Math.sqrt(memory.gg[row]) * Math.sqrt(memory.xx[row]);
        largest = Math.max(largest, Math.abs(memory.gx[row]) / norms);
      }
      if (largest < 0.1 / Math.sqrt(COLUMNS)) {
        throw new IllegalStateException("all rows are projected, which is not what is timed");
      }
      ADAMW.step(x, g, memory);
    }
  },
  /** Fifteen passes, one of them a vectorised sigmoid, two temporary vectors. */
  DIFFGRAD {
    @Override
    void step(float[] x, float[] g, Memory memory) {
      float[] friction = memory.u;
      copied(memory.previous, friction);
      addScaled(-1, g, friction);
      absolute(friction);
      Elementary.sigmoid(friction, friction, 0, friction.length);
      copied(g, memory.previous);
      moments(g, memory);
      multiplied(memory.m, friction);
      float[] t = memory.t;
      root(memory.v, t);
      added(1e-8f, t);
      quotient(friction, t);
      addScaled(-1e-3f, t, x);
    }
  };

  private static final int COLUMNS = 1_000;

  /** What a step keeps, and where it works. */
  private static final class Memory {

    private final float[] m;
    private final float[] v;
    private final float[] previous;
    private final float[] t;
    private final float[] u;
    private final double[] gx;
    private final double[] gg;
    private final double[] xx;

    Memory(int elements) {
      m = new float[elements];
      v = new float[elements];
      previous = new float[elements];
      t = new float[elements];
      u = new float[elements];
      gx = new double[elements / COLUMNS];
      gg = new double[elements / COLUMNS];
      xx = new double[elements / COLUMNS];
    }
  }

  abstract void step(float[] x, float[] g, Memory memory);

  /** The steps to be timed, of a matrix of {@value #COLUMNS} columns. */
  Runnable steps(int elements) {
    float[] x = Draws.floats(1, elements);
    float[] g = Draws.floats(2, elements);
    Memory memory = new Memory(elements);
    return () -> step(x, g, memory);
  }

  /** Adam's, in five passes. */
  private static void moments(float[] g, Memory memory) {
    scaled(0.9f, memory.m, memory.m);
    addScaled(0.1f, g, memory.m);
    scaled(0.999f, memory.v, memory.v);
    squared(g, memory.t);
    addScaled(0.001f, memory.t, memory.v);
  }

  private static void rowProducts(float[] a, float[] b, double[] out) {
    for (int row = 0; row < out.length; row++) {
      out[row] = Kernels.dot(a, row * COLUMNS, b, row * COLUMNS, COLUMNS);
    }
  }

  private static void scaled(float factor, float[] a, float[] out) {
    for (int i = 0; i < a.length; i++) {
      out[i] = factor * a[i];
    }
  }

  private static void addScaled(float factor, float[] a, float[] out) {
    for (int i = 0; i < a.length; i++) {
      out[i] += factor * a[i];
    }
  }

  private static void squared(float[] a, float[] out) {
    for (int i = 0; i < a.length; i++) {
      out[i] = a[i] * a[i];
    }
  }

  private static void root(float[] a, float[] out) {
    for (int i = 0; i < a.length; i++) {
      out[i] = (float) Math.sqrt(a[i]);
    }
  }

  private static void added(float constant, float[] a) {
    for (int i = 0; i < a.length; i++) {
      a[i] += constant;
    }
  }

  /** t becomes a / t. */
  private static void quotient(float[] a, float[] t) {
    for (int i = 0; i < a.length; i++) {
      t[i] = a[i] / t[i];
    }
  }

  private static void sign(float[] a) {
    for (int i = 0; i < a.length; i++) {
      a[i] = Math.signum(a[i]);
    }
  }

  private static void copied(float[] a, float[] out) {
    System.arraycopy(a, 0, out, 0, a.length);
  }

  private static void absolute(float[] a) {
    for (int i = 0; i < a.length; i++) {
      a[i] = Math.abs(a[i]);
    }
  }

  private static void multiplied(float[] a, float[] out) {
    for (int i = 0; i < a.length; i++) {
      out[i] *= a[i];
    }
  }
}
