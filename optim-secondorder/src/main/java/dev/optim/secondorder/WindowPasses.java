package dev.optim.secondorder;

import dev.optim.kernel.Kernels;
import dev.optim.update.Workers;
import java.util.Arrays;

/**
 * The passes over the gradients of a window: all inner products with a vector, and a combination.
 * Threads share them segment by segment. Sums over segments are taken in the order of the segments,
 * so that the bits do not depend on the threads.
 */
final class WindowPasses {

  /** Where a vector comes from, tile by tile. */
  @FunctionalInterface
  interface Reader {
    Reader ZERO = (from, tile, length) -> Arrays.fill(tile, 0, length, 0);

    void read(int from, double[] tile, int length);
  }

  /** Where a vector goes to, tile by tile. */
  @FunctionalInterface
  interface Writer {
    Writer NONE = (tile, from, length) -> {};

    void write(double[] tile, int from, int length);
  }

  private final GradientRows rows;

  /** Inner products by segment. */
  private final double[][] partial;

  /** By thread, one segment long. */
  private double[][] tiles = new double[0][];

  private final Workers.Task takeSegmentIn = this::takeSegmentIn;
  private final Workers.Task multiplySegment = this::multiplySegment;
  private final Workers.Task combineSegment = this::combineSegment;

  // What the pass that runs now works on.
  private Reader reader = Reader.ZERO;
  private Writer writer = Writer.NONE;
  private double[] coefficients = {};
  private double scale;
  private int count;

  /**
   * @param rows what to pass over
   * @param capacity the largest number of inner products
   */
  WindowPasses(GradientRows rows, int capacity) {
    this.rows = rows;
    partial = new double[rows.segments()][capacity];
  }

  /**
   * Copies a gradient behind the first rows, and multiplies them and itself with it as kept.
   *
   * @param count the number of rows before it
   * @param products receives count + 1 inner products
   */
  void takeIn(Reader gradient, int count, double[] products, Workers workers) {
    reader = gradient;
    this.count = count;
    run(takeSegmentIn, workers);
    sum(products, count + 1);
  }

  /** Multiplies the first rows with a vector. */
  void multiply(Reader x, int count, double[] products, Workers workers) {
    reader = x;
    this.count = count;
    run(multiplySegment, workers);
    sum(products, count);
  }

  /** Writes {@code scale (x + G' c)}, G the first rows. */
  void combine(Reader x, double[] c, int count, double scale, Writer out, Workers workers) {
    reader = x;
    writer = out;
    coefficients = c;
    this.count = count;
    this.scale = scale;
    run(combineSegment, workers);
  }

  private void run(Workers.Task task, Workers workers) {
    if (tiles.length < workers.threads()) {
      tiles = new double[workers.threads()][rows.length(0)];
    }
    try {
      workers.run(partial.length, task);
    } finally {
      reader = Reader.ZERO;
      writer = Writer.NONE;
    }
  }

  private void sum(double[] products, int count) {
    Arrays.fill(products, 0, count, 0);
    for (double[] part : partial) {
      Kernels.axpy(1, part, products, 0, count);
    }
  }

  private void takeSegmentIn(int segment, int worker) {
    double[] tile = tiles[worker];
    reader.read(rows.from(segment), tile, rows.length(segment));
    rows.put(segment, count, tile);
    rows.dots(segment, count + 1, tile, partial[segment]);
  }

  private void multiplySegment(int segment, int worker) {
    double[] tile = tiles[worker];
    reader.read(rows.from(segment), tile, rows.length(segment));
    rows.dots(segment, count, tile, partial[segment]);
  }

  /** Goes backwards, from the segments that the other pass has left in the cache. */
  private void combineSegment(int unit, int worker) {
    int segment = partial.length - 1 - unit;
    double[] tile = tiles[worker];
    int length = rows.length(segment);
    reader.read(rows.from(segment), tile, length);
    rows.axpys(coefficients, segment, count, tile);
    if (scale != 1) {
      Kernels.scale(scale, tile, 0, length);
    }
    writer.write(tile, rows.from(segment), length);
  }
}
