package dev.optim.zeroth;

import dev.optim.kernel.RowKernels;
import java.util.Arrays;

/** Points in single precision. */
final class FloatSwarm extends Swarm {

  private static final int TILE = 2048;
  private static final float REACH = (float) Cbo.REACH;

  /** Nothing comes nearer to a point than this, relative to 1 + its size: some ulps. */
  private static final double RESOLUTION = 0x1p-18;

  private final float[][] x;
  private final float[] c;
  private final float[] z;

  FloatSwarm(int n, int d) {
    super(n, d, TILE);
    x = new float[blocks()][];
    Arrays.setAll(x, block -> new float[length(block)]);
    c = new float[rows * d];
    z = new float[rows * d];
  }

  @Override
  void get(int i, double[] out) {
    float[] block = x[i / rows];
    int from = i % rows * d;
    for (int k = 0; k < d; k++) {
      out[k] = block[from + k];
    }
  }

  @Override
  void set(int i, double[] point) {
    float[] block = x[i / rows];
    int from = i % rows * d;
    for (int k = 0; k < d; k++) {
      block[from + k] = (float) point[k];
    }
  }

  @Override
  boolean within(int i, double[] center, double distance) {
    float[] block = x[i / rows];
    int from = i % rows * d;
    for (int k = 0; k < d; k++) {
      double nearest = Math.max(distance, RESOLUTION * (1 + Math.abs(center[k])));
      if (!(Math.abs(block[from + k] - center[k]) <= nearest)) {
        return false;
      }
    }
    return true;
  }

  @Override
  void addColumn(int blocks, int from, int to) {
    RowKernels.axpys(column, x, blocks, sums, from, to);
  }

  @Override
  void step(Chance chance, double[] center, double a, double s, double truncation) {
    for (int i = 0; i < c.length; i++) {
      c[i] = (float) (i < d ? center[i] : c[i - d]);
    }
    for (float[] block : x) {
      for (int from = 0; from < block.length; from += TILE) {
        int to = Math.min(block.length, from + TILE);
        chance.gaussian(z, from, to);
        if (truncation == Double.POSITIVE_INFINITY) {
          move(block, c, z, from, to, (float) a, (float) s);
        } else {
          move(block, c, z, from, to, (float) a, (float) s, (float) truncation);
        }
      }
    }
  }

  private static void move(float[] x, float[] c, float[] z, int from, int to, float a, float s) {
    for (int k = from; k < to; k++) {
      float v = x[k] - c[k];
      x[k] = clamp(x[k] - a * v + s * v * z[k]);
    }
  }

  private static void move(
      float[] x, float[] c, float[] z, int from, int to, float a, float s, float most) {
    for (int k = from; k < to; k++) {
      float v = x[k] - c[k];
      x[k] = clamp(x[k] - a * v + s * Math.min(Math.max(v, -most), most) * z[k]);
    }
  }

  private static float clamp(float x) {
    return Math.min(Math.max(x, -REACH), REACH);
  }
}
