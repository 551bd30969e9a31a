package dev.optim.secondorder;

import dev.optim.kernel.RowKernels;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import dev.optim.state.DType;

/** Gradients in single precision. */
class FloatRows extends GradientRows {

  /** Smaller elements count as zero. */
  static final float TINY = 1e-30f;

  private final float[][][] segments;

  FloatRows(int count, int dimension) {
    this(dimension, new float[segments(dimension)][count][]);
    for (int s = 0; s < segments.length; s++) {
      for (int row = 0; row < count; row++) {
        segments[s][row] = new float[length(s)];
      }
    }
  }

  private FloatRows(int dimension, float[][][] segments) {
    super(dimension, segments);
    this.segments = segments;
  }

  @Override
  void put(int segment, int row, double[] tile) {
    float[] to = segments[segment][row];
    for (int i = 0; i < to.length; i++) {
      float rounded = (float) tile[i];
      to[i] = Math.abs(rounded) < TINY ? 0 : rounded;
      tile[i] = to[i];
    }
  }

  @Override
  void take(int segment, int row, int from, double[] out, int at, int length) {
    float[] a = segments[segment][row];
    for (int i = 0; i < length; i++) {
      out[at + i] = a[from + i];
    }
  }

  @Override
  void dots(int segment, int count, double[] tile, double[] out) {
    RowKernels.dots(segments[segment], count, tile, 0, length(segment), out);
  }

  @Override
  void axpys(double[] c, int segment, int count, double[] tile) {
    RowKernels.axpys(c, segments[segment], count, tile, 0, length(segment));
  }

  @Override
  void save(CheckpointBuilder builder, String name, int row) {
    float[] whole = new float[dimension()];
    for (int s = 0; s < segments.length; s++) {
      System.arraycopy(segments[s][row], 0, whole, from(s), length(s));
    }
    builder.tensor(name, whole, whole.length);
  }

  @Override
  Runnable restoring(Checkpoint state, String name, int row) {
    requireShape(state, name, DType.F32);
    return () -> {
      float[] whole = state.floats(name);
      for (int s = 0; s < segments.length; s++) {
        System.arraycopy(whole, from(s), segments[s][row], 0, length(s));
      }
    };
  }
}
