package dev.optim.random;

import dev.optim.kernel.RandomKernels;

/**
 * The draws of one key, addressed by kind and position. A kind is a domain of the generator's
 * counter, so draws of different kinds never share bits. The group a single draw falls in is kept
 * for the draws that follow.
 */
final class Draws {

  private static final int INT = 0;
  private static final int LONG = 1;
  private static final int GAUSSIAN_FLOAT = 2;
  private static final int GAUSSIAN_DOUBLE = 3;

  /** 32-bit draws of a group, and 64-bit draws. */
  private static final int WORDS = RandomKernels.GROUP;

  private static final int CELLS = RandomKernels.GROUP / 2;

  /** Gaussian draws made of a stretched group of words. */
  private static final int GAUSSIAN_FLOATS = RandomKernels.STRETCHED;

  private static final int GAUSSIAN_DOUBLES = RandomKernels.STRETCHED / 2;

  /**
   * Groups generated at a time by a uniform fill: 4 KiB of words, well inside the first-level
   * cache.
   */
  private static final int BATCH = 16;

  private final long keyHigh;
  private final long keyLow;

  // The last group of each kind, allocated by the first draw of that kind.
  private int[] ints = {};
  private long intGroup = -1;
  private int[] longs = {};
  private long longGroup = -1;
  private float[] floats = {};
  private long floatGroup = -1;
  private double[] doubles = {};
  private long doubleGroup = -1;
  private int[] scratch = {};
  private int[] stretched = {};

  Draws(long keyHigh, long keyLow) {
    this.keyHigh = keyHigh;
    this.keyLow = keyLow;
  }

  int word(long position) {
    return intGroup(position / WORDS)[(int) (position % WORDS)];
  }

  long cell(long position) {
    return RandomKernels.cell(longGroup(position / CELLS), (int) (position % CELLS));
  }

  double gaussian(long position) {
    return doubleGroup(position / GAUSSIAN_DOUBLES)[(int) (position % GAUSSIAN_DOUBLES)];
  }

  void uniform(long position, float[] out, int from, int to) {
    int i = from;
    while (i < to) {
      long group = position / WORDS;
      int within = (int) (position % WORDS);
      int whole = wholeGroups(within, to - i, WORDS);
      int n;
      if (whole > 0) {
        n = whole * WORDS;
        RandomKernels.uniform(batch(INT, group, whole), whole, out, i);
      } else {
        n = Math.min(to - i, WORDS - within);
        int[] words = intGroup(group);
        for (int j = 0; j < n; j++) {
          out[i + j] = toFloat(words[within + j]);
        }
      }
      i += n;
      position += n;
    }
  }

  void uniform(long position, double[] out, int from, int to) {
    int i = from;
    while (i < to) {
      long group = position / CELLS;
      int within = (int) (position % CELLS);
      int whole = wholeGroups(within, to - i, CELLS);
      int n;
      if (whole > 0) {
        n = whole * CELLS;
        RandomKernels.uniform(batch(LONG, group, whole), whole, out, i);
      } else {
        n = Math.min(to - i, CELLS - within);
        int[] words = longGroup(group);
        for (int j = 0; j < n; j++) {
          out[i + j] = toDouble(RandomKernels.cell(words, within + j));
        }
      }
      i += n;
      position += n;
    }
  }

  void gaussian(long position, float[] out, int from, int to) {
    int i = from;
    while (i < to) {
      long group = position / GAUSSIAN_FLOATS;
      int within = (int) (position % GAUSSIAN_FLOATS);
      int n = Math.min(to - i, GAUSSIAN_FLOATS - within);
      if (n == GAUSSIAN_FLOATS) {
        RandomKernels.gaussian(stretched(GAUSSIAN_FLOAT, group), out, i);
      } else {
        System.arraycopy(floatGroup(group), within, out, i, n);
      }
      i += n;
      position += n;
    }
  }

  void gaussian(long position, double[] out, int from, int to) {
    int i = from;
    while (i < to) {
      long group = position / GAUSSIAN_DOUBLES;
      int within = (int) (position % GAUSSIAN_DOUBLES);
      int n = Math.min(to - i, GAUSSIAN_DOUBLES - within);
      if (n == GAUSSIAN_DOUBLES) {
        RandomKernels.gaussian(stretched(GAUSSIAN_DOUBLE, group), out, i);
      } else {
        System.arraycopy(doubleGroup(group), within, out, i, n);
      }
      i += n;
      position += n;
    }
  }

  /** The top 24 bits as a number in [0, 1). */
  static float toFloat(int word) {
    return (word >>> 8) * 0x1p-24f;
  }

  /** The top 53 bits as a number in [0, 1). */
  static double toDouble(long cell) {
    return (cell >>> 11) * 0x1p-53;
  }

  /**
   * How many whole groups can be written straight to the output: none from the middle of a group.
   */
  private static int wholeGroups(int within, int left, int size) {
    return within == 0 ? Math.min(left / size, BATCH) : 0;
  }

  private int[] batch(int kind, long group, int groups) {
    if (scratch.length == 0) {
      scratch = new int[BATCH * WORDS];
    }
    RandomKernels.words(keyHigh, keyLow, kind, group, groups, scratch);
    return scratch;
  }

  /** The words of a group of Gaussian draws. */
  private int[] stretched(int kind, long group) {
    if (stretched.length == 0) {
      stretched = new int[RandomKernels.STRETCHED];
    }
    RandomKernels.words(keyHigh, keyLow, kind, group, 1, stretched);
    RandomKernels.stretch(stretched);
    return stretched;
  }

  private int[] intGroup(long group) {
    if (group != intGroup) {
      ints = ints.length == 0 ? new int[WORDS] : ints;
      RandomKernels.words(keyHigh, keyLow, INT, group, 1, ints);
      intGroup = group;
    }
    return ints;
  }

  private int[] longGroup(long group) {
    if (group != longGroup) {
      longs = longs.length == 0 ? new int[WORDS] : longs;
      RandomKernels.words(keyHigh, keyLow, LONG, group, 1, longs);
      longGroup = group;
    }
    return longs;
  }

  private float[] floatGroup(long group) {
    if (group != floatGroup) {
      floats = floats.length == 0 ? new float[GAUSSIAN_FLOATS] : floats;
      RandomKernels.gaussian(stretched(GAUSSIAN_FLOAT, group), floats, 0);
      floatGroup = group;
    }
    return floats;
  }

  private double[] doubleGroup(long group) {
    if (group != doubleGroup) {
      doubles = doubles.length == 0 ? new double[GAUSSIAN_DOUBLES] : doubles;
      RandomKernels.gaussian(stretched(GAUSSIAN_DOUBLE, group), doubles, 0);
      doubleGroup = group;
    }
    return doubles;
  }
}
