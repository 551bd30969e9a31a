package dev.optim.kernel;

import static dev.optim.kernel.SimdSpecies.D;
import static dev.optim.kernel.SimdSpecies.F;

/** The sums of vectors and the update rules that pay with the Vector API. */
abstract class SimdUpdateKernels extends SimdRowKernels {

  @Override
  public void axpy(double a, double[] x, int xFrom, double[] y, int yFrom, int length) {
    if (xFrom == yFrom) {
      super.axpy(a, x, xFrom, y, yFrom, length);
      return;
    }
    SimdUpdates.axpy(a, x, xFrom, y, yFrom, length);
  }

  @Override
  public void axpy(double a, float[] x, int xFrom, float[] y, int yFrom, int length) {
    if (xFrom == yFrom) {
      super.axpy(a, x, xFrom, y, yFrom, length);
      return;
    }
    SimdUpdates.axpy((float) a, x, xFrom, y, yFrom, length);
  }

  /**
   * The first index from which on vectors lie on addresses of their own size, no vector in two
   * lines of the cache. The elements of an array begin 16 bytes, here so many elements, behind the
   * beginning of the object, and that of a large object is such an address with most collectors.
   */
  private static int aligned(int from, int to, int lanes, int header) {
    return Math.min(to, from + Math.floorMod(-header - from, lanes));
  }

  @Override
  public void lion(
      double[] x,
      double[] m,
      double[] g,
      int from,
      int to,
      double b1,
      double b2,
      double step,
      double decay,
      double scale) {
    int begin = aligned(from, to, D.length(), 2);
    int end = to - (to - begin) % D.length();
    super.lion(x, m, g, from, begin, b1, b2, step, decay, scale);
    SimdUpdates.lion(
        x, m, g, begin, end, b1, (1.0 - b1) * scale, b2, (1.0 - b2) * scale, step, decay);
    super.lion(x, m, g, end, to, b1, b2, step, decay, scale);
  }

  @Override
  public void lion(
      float[] x,
      float[] m,
      float[] g,
      int from,
      int to,
      double b1,
      double b2,
      double step,
      double decay,
      double scale) {
    int begin = aligned(from, to, F.length(), 4);
    int end = to - (to - begin) % F.length();
    float a1 = (float) ((1.0 - b1) * scale);
    float a2 = (float) ((1.0 - b2) * scale);
    super.lion(x, m, g, from, begin, b1, b2, step, decay, scale);
    SimdUpdates.lion(
        x, m, g, begin, end, (float) b1, a1, (float) b2, a2, (float) step, (float) decay);
    super.lion(x, m, g, end, to, b1, b2, step, decay, scale);
  }

  @Override
  public void diffGrad(
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
      double scale) {
    int begin = aligned(from, to, D.length(), 2);
    int end = to - (to - begin) % D.length();
    super.diffGrad(x, g, m, v, previous, from, begin, b1, b2, step, eps, decay, scale);
    SimdUpdates.diffGrad(
        x, g, m, v, previous, begin, end, b1, 1.0 - b1, b2, 1.0 - b2, step, eps, decay, scale);
    super.diffGrad(x, g, m, v, previous, end, to, b1, b2, step, eps, decay, scale);
  }

  @Override
  public void diffGrad(
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
      double scale) {
    int begin = aligned(from, to, F.length(), 4);
    int end = to - (to - begin) % F.length();
    super.diffGrad(x, g, m, v, previous, from, begin, b1, b2, step, eps, decay, scale);
    SimdUpdates.diffGrad(
        x,
        g,
        m,
        v,
        previous,
        begin,
        end,
        (float) b1,
        (float) (1.0 - b1),
        (float) b2,
        (float) (1.0 - b2),
        (float) step,
        (float) eps,
        (float) decay,
        (float) scale);
    super.diffGrad(x, g, m, v, previous, end, to, b1, b2, step, eps, decay, scale);
  }

  @Override
  public void adamDirection(
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
      boolean nesterov) {
    SimdUpdates.adamDirection(
        g, m, v, from, to, u, at, b1, 1.0 - b1, b2, 1.0 - b2, root, eps, scale, nesterov);
  }

  @Override
  public void descend(
      double[] x,
      int xFrom,
      double[] u,
      int uFrom,
      int length,
      double keep,
      double step,
      double radial) {
    SimdUpdates.descend(x, xFrom, u, uFrom, length, keep, step, radial);
  }

  @Override
  public void adamDirection(
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
      boolean nesterov) {
    SimdUpdates.adamDirection(
        g,
        m,
        v,
        from,
        to,
        u,
        at,
        (float) b1,
        (float) (1.0 - b1),
        (float) b2,
        (float) (1.0 - b2),
        (float) root,
        (float) eps,
        (float) scale,
        nesterov);
  }

  @Override
  public void descend(
      float[] x,
      int xFrom,
      float[] u,
      int uFrom,
      int length,
      double keep,
      double step,
      double radial) {
    SimdUpdates.descend(x, xFrom, u, uFrom, length, (float) keep, (float) step, (float) radial);
  }
}
