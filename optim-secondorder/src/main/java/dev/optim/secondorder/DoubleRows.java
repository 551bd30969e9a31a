package dev.optim.secondorder;

import dev.optim.kernel.RowKernels;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import dev.optim.state.DType;

/** Gradients in double precision. */
final class DoubleRows extends GradientRows {

  /** Smaller elements count as zero: the products of others are no denormal numbers. */
  static final double TINY = 1e-145;

  private final double[][][] segments;

  DoubleRows(int count, int dimension) {
    this(dimension, new double[segments(dimension)][count][]);
    for (int s = 0; s < segments.length; s++) {
      for (int row = 0; row < count; row++) {
        segments[s][row] = new double[length(s)];
      }
    }
  }

  private DoubleRows(int dimension, double[][][] segments) {
    super(dimension, segments);
    this.segments = segments;
  }

  @Override
  void put(int segment, int row, double[] tile) {
    double[] to = segments[segment][row];
    for (int i = 0; i < to.length; i++) {
      to[i] = Math.abs(tile[i]) < TINY ? 0 : tile[i];
      tile[i] = to[i];
    }
  }

  @Override
  void take(int segment, int row, int from, double[] out, int at, int length) {
    System.arraycopy(segments[segment][row], from, out, at, length);
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
    double[] whole = new double[dimension()];
    for (int s = 0; s < segments.length; s++) {
      System.arraycopy(segments[s][row], 0, whole, from(s), length(s));
    }
    builder.tensor(name, whole, whole.length);
  }

  @Override
  Runnable restoring(Checkpoint state, String name, int row) {
    requireShape(state, name, DType.F64);
    return () -> {
      double[] whole = state.doubles(name);
      for (int s = 0; s < segments.length; s++) {
        System.arraycopy(whole, from(s), segments[s][row], 0, length(s));
      }
    };
  }
}
