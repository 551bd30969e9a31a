package dev.optim.bench.jmh.firstorder;

/**
 * Steps composed of array operations, each a pass over memory, as a library of vector operations
 * would make them. Every loop vectorises but that of the sign on JDK 17.
 */
enum Composition {
  /** Lion: eight passes, a temporary vector. */
  LION {
    @Override
    void step(float[] x, float[] g, float[] m, float[] v, float[] t) {
      scaled(0.9f, m, t);
      addScaled(0.1f, g, t);
      sign(t);
      scaled(1 - 1e-5f, x, x);
      addScaled(-1e-4f, t, x);
      scaled(0.99f, m, m);
      addScaled(0.01f, g, m);
    }
  },
  /** AdamW: ten passes, a temporary vector. */
  ADAMW {
    @Override
    void step(float[] x, float[] g, float[] m, float[] v, float[] t) {
      scaled(0.9f, m, m);
      addScaled(0.1f, g, m);
      scaled(0.999f, v, v);
      squared(g, t);
      addScaled(0.001f, t, v);
      root(v, t);
      added(1e-8f, t);
      quotient(m, t);
      scaled(1 - 1e-5f, x, x);
      addScaled(-1e-3f, t, x);
    }
  };

  abstract void step(float[] x, float[] g, float[] m, float[] v, float[] t);

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
}
