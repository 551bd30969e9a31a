package dev.optim.bench.speed;

import dev.optim.secondorder.FisherWindow;
import dev.optim.secondorder.Mfac;
import dev.optim.secondorder.Storage;
import dev.optim.secondorder.WindowSettings;
import dev.optim.update.FloatUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.Workers;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * What is done with a full window of gradients, and what it is compared with.
 *
 * @param d elements of a gradient
 * @param m gradients
 * @param storage their precision
 * @param threads the threads of a pass
 */
record WindowWork(int d, int m, Storage storage, int threads) {

  /** What the gradients are like. */
  enum Kind {
    GAUSSIAN,
    ZERO,
    /** Below the least normal number in single precision. */
    DENORMAL,
    /** Small, but not so small that it counts as zero. */
    TINY
  }

  /** Longs of a piece of memory: as many bytes as a row of a window lies together. */
  private static final int PIECE = 1 << 13;

  /** What the yardstick takes of the heap at most; it reads that several times instead. */
  private static final long MOST_BYTES = 1L << 30;

  static WindowWork of(int d, int m) {
    return new WindowWork(d, m, Storage.FLOAT32, 1);
  }

  WindowWork withThreads(int threads) {
    return new WindowWork(d, m, storage, threads);
  }

  WindowWork withStorage(Storage storage) {
    return new WindowWork(d, m, storage, threads);
  }

  /** The product with any vector: two passes. */
  Runnable product() {
    FisherWindow window = filled(Kind.GAUSSIAN);
    double[] x = Draws.doubles(2, d);
    double[] out = new double[d];
    return () -> window.multiply(x, out);
  }

  /** Takes a gradient in and multiplies with it: two passes. */
  Runnable update(Kind kind) {
    FisherWindow window = filled(kind);
    double[] gradient = gradient(kind, Draws.doubles(2, d));
    double[] out = new double[d];
    return () -> window.addAndMultiply(gradient, out);
  }

  /** A step of the optimizer. */
  Runnable step() {
    Mfac mfac = Mfac.of(1e-3).withWindow(settings());
    FloatUpdater updater = mfac.plan().withThreads(threads).floats(Parameters.vector(d));
    float[] x = new float[d];
    float[] gradient = Draws.floats(1, d);
    return () -> updater.step(x, gradient);
  }

  /**
   * The yardstick: reads as many bytes as the window has, twice. It adds longs up in eight sums,
   * which is faster than what the compiler makes of a plain sum of an array of ints.
   */
  Runnable readTwice() {
    long bytes = (long) m * d * storage.bytes();
    int rounds = (int) (2 * ((bytes - 1) / MOST_BYTES + 1));
    long[][] memory = new long[(int) (2 * bytes / rounds / (8 * PIECE))][PIECE];
    long[] sums = new long[16 * threads];
    Workers workers = new Workers(threads);
    Workers.Task task = (piece, worker) -> sums[16 * worker] += sum(memory[piece]);
    return () -> {
      for (int round = 0; round < rounds; round++) {
        workers.run(memory.length, task);
      }
    };
  }

  private static long sum(long[] a) {
    long s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    for (int i = 0; i < a.length; i += 8) {
      s0 += a[i];
      s1 += a[i + 1];
      s2 += a[i + 2];
      s3 += a[i + 3];
      s4 += a[i + 4];
      s5 += a[i + 5];
      s6 += a[i + 6];
      s7 += a[i + 7];
    }
    return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
  }

  /** The same two passes by EJML in single precision: y = G x, then x = x + G' y. */
  Runnable ejml() {
    FMatrixRMaj g = FMatrixRMaj.wrap(m, d, Draws.floats(1, m * d));
    FMatrixRMaj x = FMatrixRMaj.wrap(d, 1, Draws.floats(2, d));
    FMatrixRMaj y = new FMatrixRMaj(m, 1);
    return () -> {
      CommonOps_FDRM.mult(g, x, y);
      CommonOps_FDRM.scale(1e-9f, y); // so that x stays finite
      CommonOps_FDRM.multAddTransA(g, y, x);
    };
  }

  /** Much damping, because a window of one gradient over and over has its products refined. */
  private WindowSettings settings() {
    return WindowSettings.of(m, 1e3).withStorage(storage);
  }

  private FisherWindow filled(Kind kind) {
    FisherWindow window = FisherWindow.of(d, settings(), threads);
    for (int k = 0; k < m; k++) {
      window.add(gradient(kind, Draws.doubles(3 + k, d)));
    }
    return window;
  }

  /** Makes a gradient of Gaussian numbers. */
  private static double[] gradient(Kind kind, double[] x) {
    switch (kind) {
      case GAUSSIAN -> {}
      case ZERO -> Arrays.fill(x, 0);
      case DENORMAL -> Arrays.setAll(x, i -> 1e-40 * x[i]);
      case TINY -> Arrays.setAll(x, i -> 1e-28 * x[i]);
    }
    return x;
  }
}
