package dev.optim.secondorder;

import dev.optim.kernel.Bfloat16Pairs;
import dev.optim.kernel.RowKernels;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import dev.optim.state.DType;
import dev.optim.update.Bfloat16;

/** Gradients in bfloat16, the upper half of the bits of a float; two to an int. */
final class Bfloat16Rows extends GradientRows {

  private static final float TINY = 1e-30f;
  private final int[][][] segments;

  Bfloat16Rows(int count, int dimension) {
    this(dimension, new int[segments(dimension)][count][]);
    for (int s = 0; s < segments.length; s++) {
      for (int row = 0; row < count; row++) {
        segments[s][row] = new int[Bfloat16Pairs.length(length(s))];
      }
    }
  }

  private Bfloat16Rows(int dimension, int[][][] segments) {
    super(dimension, segments);
    this.segments = segments;
  }

  @Override
  void put(int segment, int row, double[] tile) {
    int[] to = segments[segment][row];
    for (int i = 0; i < length(segment); i++) {
      float rounded = (float) tile[i];
      short bits = Math.abs(rounded) < TINY ? 0 : Bfloat16.nearest(rounded);
      Bfloat16Pairs.set(to, i, bits);
      tile[i] = Bfloat16.toFloat(bits);
    }
  }

  @Override
  void take(int segment, int row, int from, double[] out, int at, int length) {
    int[] a = segments[segment][row];
    for (int i = 0; i < length; i++) {
      out[at + i] = Bfloat16.toFloat(Bfloat16Pairs.bits(a, from + i));
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
    short[] whole = new short[dimension()];
    for (int s = 0; s < segments.length; s++) {
      for (int i = 0; i < length(s); i++) {
        whole[from(s) + i] = Bfloat16Pairs.bits(segments[s][row], i);
      }
    }
    builder.tensor(name, whole, whole.length);
  }

  @Override
  Runnable restoring(Checkpoint state, String name, int row) {
    requireShape(state, name, DType.BF16);
    return () -> {
      short[] whole = state.bfloat16s(name);
      for (int s = 0; s < segments.length; s++) {
        for (int i = 0; i < length(s); i++) {
          Bfloat16Pairs.set(segments[s][row], i, whole[from(s) + i]);
        }
      }
    };
  }
}
