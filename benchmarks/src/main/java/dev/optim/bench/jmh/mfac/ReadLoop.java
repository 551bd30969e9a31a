package dev.optim.bench.jmh.mfac;

import dev.optim.update.Workers;

/**
 * The yardstick: reads memory from its beginning to its end and does nothing else. It adds up longs
 * in eight sums, which no processor does slower than it gets them from memory.
 */
public final class ReadLoop {

  private static final int PIECE = 1 << 13;

  private final long[][] memory;
  private final long[] sums;
  private final Workers workers;
  private final Workers.Task readPiece = this::readPiece;

  /**
   * Takes the memory.
   *
   * @param bytes how much, rounded to 64 KiB
   * @param threads how many read it
   */
  public ReadLoop(long bytes, int threads) {
    memory = new long[(int) Math.max(1, bytes / (8 * PIECE))][PIECE];
    workers = new Workers(threads);
    sums = new long[threads * 16];
  }

  /**
   * Reads it as often as a product with a window does.
   *
   * @return a sum
   */
  public long readTwice() {
    workers.run(memory.length, readPiece);
    workers.run(memory.length, readPiece);
    return sums[0];
  }

  private void readPiece(int piece, int worker) {
    long[] a = memory[piece];
    long s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    for (int i = 0; i < PIECE; i += 8) {
      s0 += a[i];
      s1 += a[i + 1];
      s2 += a[i + 2];
      s3 += a[i + 3];
      s4 += a[i + 4];
      s5 += a[i + 5];
      s6 += a[i + 6];
      s7 += a[i + 7];
    }
    sums[16 * worker] += s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
  }
}
