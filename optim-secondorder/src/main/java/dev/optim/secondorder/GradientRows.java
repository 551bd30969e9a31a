package dev.optim.secondorder;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import dev.optim.state.DType;
import java.util.Arrays;

/**
 * The gradients of a window, oldest first. They are cut into segments of columns, and a segment of
 * a gradient is an array of its own: m d may exceed 2^31, no array is large to the garbage
 * collector, and gradients change places by their references.
 */
abstract class GradientRows implements Gradients {

  /** Columns of a segment, the unit of work of a thread; the order of long sums depends on it. */
  static final int COLUMNS = 1 << 13;

  private final int dimension;
  private final Object[][] segments;

  /**
   * @param segments by segment, then by row
   */
  GradientRows(int dimension, Object[][] segments) {
    this.dimension = dimension;
    this.segments = segments;
  }

  /** Takes the memory for a number of gradients, all zero. */
  static GradientRows of(Storage storage, int count, int dimension) {
    return switch (storage) {
      case FLOAT64 -> new DoubleRows(count, dimension);
      case FLOAT32 -> new FloatRows(count, dimension);
      case BFLOAT16 -> new Bfloat16Rows(count, dimension);
    };
  }

  static int segments(int dimension) {
    return (dimension - 1) / COLUMNS + 1;
  }

  final int segments() {
    return segments.length;
  }

  /** The first column of a segment. */
  final int from(int segment) {
    return segment * COLUMNS;
  }

  final int length(int segment) {
    return Math.min(COLUMNS, dimension - segment * COLUMNS);
  }

  @Override
  public final int dimension() {
    return dimension;
  }

  /** Moves the first gradient behind the one at {@code last}, and those between forward. */
  final void rotate(int last) {
    for (Object[] rows : segments) {
      Object freed = rows[0];
      System.arraycopy(rows, 1, rows, 0, last);
      rows[last] = freed;
    }
  }

  /** Undoes {@link #rotate}. */
  final void rotateBack(int last) {
    for (Object[] rows : segments) {
      Object first = rows[last];
      System.arraycopy(rows, 0, rows, 1, last);
      rows[0] = first;
    }
  }

  /**
   * Writes part of a gradient. Elements too small to matter become zero, because arithmetic on
   * denormal numbers is many times slower.
   *
   * @param tile read from index 0, and overwritten by what was kept of it
   */
  abstract void put(int segment, int row, double[] tile);

  /**
   * Reads part of a gradient.
   *
   * @param from the first column, within the segment
   * @param out written from index {@code at}
   * @param length the number of columns
   */
  abstract void take(int segment, int row, int from, double[] out, int at, int length);

  @Override
  public final void read(int row, int from, int to, double[] out, int at) {
    for (int column = from, end; column < to; column = end) {
      int segment = column / COLUMNS;
      end = from(segment) + Math.min(length(segment), to - from(segment));
      take(segment, row, column - from(segment), out, at + column - from, end - column);
    }
  }

  /** Inner products of the first rows with a tile, over one segment. */
  abstract void dots(int segment, int count, double[] tile, double[] out);

  /** Adds a combination of the first rows to a tile, over one segment. */
  abstract void axpys(double[] c, int segment, int count, double[] tile);

  /** Adds a whole gradient to a checkpoint, in its own precision. */
  abstract void save(CheckpointBuilder builder, String name, int row);

  /** Checks a whole gradient of a checkpoint and returns what takes it over. */
  abstract Runnable restoring(Checkpoint state, String name, int row);

  final void requireShape(Checkpoint state, String name, DType type) {
    if (state.dtype(name) != type
        || state.shape(name).length != 1
        || state.shape(name)[0] != dimension) {
      throw new IllegalArgumentException(
          "tensor '%s' is %s%s, expected %s[%d]"
              .formatted(
                  name, state.dtype(name), Arrays.toString(state.shape(name)), type, dimension));
    }
  }
}
