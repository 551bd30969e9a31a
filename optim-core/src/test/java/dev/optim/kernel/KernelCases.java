package dev.optim.kernel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Fixed inputs for every kernel, and the bits that a provider makes of them: lengths 0 to 70 and
 * some thousands, odd offsets, ordinary numbers, arbitrary bit patterns, special values.
 */
final class KernelCases {

  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    -Double.MIN_NORMAL,
    4e-310,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Float.MIN_VALUE,
    Float.MIN_NORMAL,
    1e-40,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    709.78,
    709.79,
    -708.4,
    -744.4,
    -745.2,
    -746,
    88.72,
    88.73,
    -87.3,
    -103.2,
    -104,
    -105,
    -110,
    1e-30,
    9.9e-31,
    -1e-30,
    1e-300,
    1e300,
    1e10,
    Math.sqrt(0.5),
    Math.sqrt(2),
    Math.nextDown(1.0),
    Math.nextUp(1.0),
    22,
    23,
    10,
    9,
    -22,
    -10,
    1e-9,
    -1e-20
  };

  private KernelCases() {}

  /** One kernel on one family of inputs. */
  interface Case {
    void run(VectorKernels kernels, Sink sink);
  }

  /** Collects results as bits, all NaNs alike. */
  static final class Sink {
    private final LongStream.Builder bits = LongStream.builder();

    void add(double value) {
      bits.add(Double.doubleToLongBits(value));
    }

    void add(double[] values) {
      for (double value : values) {
        add(value);
      }
    }

    void add(float[] values) {
      for (float value : values) {
        bits.add(Float.floatToIntBits(value));
      }
    }

    void add(int[] values) {
      for (int value : values) {
        bits.add(value);
      }
    }
  }

  static long[] bits(Case kernel, VectorKernels provider) {
    Sink sink = new Sink();
    kernel.run(provider, sink);
    return sink.bits.build().toArray();
  }

  static Map<String, Case> all() {
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put(
        "dot double",
        (k, sink) -> ranges(1, r -> sink.add(k.dot(r.x, r.from, r.y, r.other, r.length))));
    cases.put(
        "dot float",
        (k, sink) -> ranges(2, r -> sink.add(k.dot(r.p, r.from, r.q, r.other, r.length))));
    cases.put("sum double", (k, sink) -> ranges(3, r -> sink.add(k.sum(r.x, r.from, r.to))));
    cases.put("sum float", (k, sink) -> ranges(4, r -> sink.add(k.sum(r.p, r.from, r.to))));
    cases.put("maxAbs double", (k, sink) -> ranges(5, r -> sink.add(k.maxAbs(r.x, r.from, r.to))));
    cases.put("maxAbs float", (k, sink) -> ranges(6, r -> sink.add(k.maxAbs(r.p, r.from, r.to))));
    cases.put(
        "allFinite double",
        (k, sink) -> ranges(7, r -> sink.add(k.allFinite(r.x, r.from, r.to) ? 1 : 0)));
    cases.put(
        "allFinite float",
        (k, sink) -> ranges(8, r -> sink.add(k.allFinite(r.p, r.from, r.to) ? 1 : 0)));
    cases.put(
        "axpy double",
        (k, sink) ->
            ranges(
                9,
                r -> {
                  k.axpy(0.3, r.x, r.from, r.y, r.other, r.length);
                  sink.add(r.y);
                }));
    cases.put(
        "axpy float",
        (k, sink) ->
            ranges(
                10,
                r -> {
                  k.axpy(0.3, r.p, r.from, r.q, r.other, r.length);
                  sink.add(r.q);
                }));
    cases.put(
        "addDots double",
        (k, sink) ->
            ranges(
                11,
                r -> {
                  double[] out = new double[11];
                  k.addDots(r.rows(11), 1 + r.length % 11, r.y, r.from, r.to, out);
                  sink.add(out);
                }));
    cases.put(
        "addDots float",
        (k, sink) ->
            ranges(
                12,
                r -> {
                  double[] out = new double[11];
                  k.addDots(r.floatRows(11), 1 + r.length % 11, r.q, r.from, r.to, out);
                  sink.add(out);
                }));
    cases.put(
        "addProducts double",
        (k, sink) ->
            ranges(
                44,
                r -> {
                  double[] out = {1, 2, 3};
                  k.addProducts(r.x, r.from, r.y, r.other, r.length, out);
                  sink.add(out);
                }));
    cases.put(
        "addProducts float",
        (k, sink) ->
            ranges(
                45,
                r -> {
                  double[] out = {1, 2, 3};
                  k.addProducts(r.p, r.from, r.q, r.other, r.length, out);
                  sink.add(out);
                }));
    cases.put(
        "axpys double",
        (k, sink) ->
            ranges(
                13,
                r -> {
                  k.axpys(r.coefficients, r.rows(19), r.length % 20, r.y, r.from, r.to);
                  sink.add(r.y);
                }));
    cases.put(
        "axpys float",
        (k, sink) ->
            ranges(
                14,
                r -> {
                  k.axpys(r.coefficients, r.floatRows(19), r.length % 20, r.q, r.from, r.to);
                  sink.add(r.q);
                }));
    cases.put(
        "addDots mixed",
        (k, sink) ->
            ranges(
                40,
                r -> {
                  double[] out = new double[11];
                  k.addDots(r.floatRows(11), 1 + r.length % 11, r.y, r.from, r.to, out);
                  sink.add(out);
                }));
    cases.put(
        "axpys mixed",
        (k, sink) ->
            ranges(
                41,
                r -> {
                  k.axpys(r.coefficients, r.floatRows(19), r.length % 20, r.y, r.from, r.to);
                  sink.add(r.y);
                }));
    cases.put(
        "addDots bfloat16",
        (k, sink) ->
            ranges(
                42,
                r -> {
                  double[] out = new double[11];
                  k.addDots(r.pairRows(11), 1 + r.length % 11, r.y, r.group(), r.length, out);
                  sink.add(out);
                }));
    cases.put(
        "axpys bfloat16",
        (k, sink) ->
            ranges(
                43,
                r -> {
                  k.axpys(r.coefficients, r.pairRows(19), r.length % 20, r.y, r.group(), r.length);
                  sink.add(r.y);
                }));
    cases.put(
        "lion double",
        (k, sink) ->
            ranges(
                15,
                r -> {
                  double[] m = r.rows(1)[0];
                  k.lion(r.y, m, r.x, r.from, r.to, 0.9, 0.99, 1e-3, 0.999, 0.5);
                  sink.add(r.y);
                  sink.add(m);
                }));
    cases.put(
        "lion float",
        (k, sink) ->
            ranges(
                16,
                r -> {
                  float[] m = r.floatRows(1)[0];
                  k.lion(r.q, m, r.p, r.from, r.to, 0.9, 0.99, 1e-3, 0.999, 0.5);
                  sink.add(r.q);
                  sink.add(m);
                }));
    cases.put(
        "diffGrad double",
        (k, sink) ->
            ranges(
                46,
                r -> {
                  double[][] s = r.rows(3);
                  for (double decay : new double[] {0.1, 0}) {
                    for (double scale : new double[] {0.5, 1}) {
                      k.diffGrad(
                          r.y, r.x, s[0], s[1], s[2], r.from, r.to, 0.9, 0.99, 1e-3, 1e-8, decay,
                          scale);
                    }
                  }
                  sink.add(r.y);
                  sink.add(s[0]);
                  sink.add(s[1]);
                  sink.add(s[2]);
                }));
    cases.put(
        "diffGrad float",
        (k, sink) ->
            ranges(
                47,
                r -> {
                  float[][] s = r.floatRows(3);
                  for (double decay : new double[] {0.1, 0}) {
                    for (double scale : new double[] {0.5, 1}) {
                      k.diffGrad(
                          r.q, r.p, s[0], s[1], s[2], r.from, r.to, 0.9, 0.99, 1e-3, 1e-8, decay,
                          scale);
                    }
                  }
                  sink.add(r.q);
                  sink.add(s[0]);
                  sink.add(s[1]);
                  sink.add(s[2]);
                }));
    cases.put(
        "adamDirection double",
        (k, sink) ->
            ranges(
                50,
                r -> {
                  double[][] s = r.rows(2);
                  int at = Updates.COPIES;
                  double[] u = new double[at + r.length + 3];
                  boolean ahead = r.length % 2 == 0;
                  k.adamDirection(
                      r.x, s[0], s[1], r.from, r.to, u, at, 0.9, 0.99, 3, 1e-8, 0.5, ahead);
                  sink.add(s[0]);
                  sink.add(s[1]);
                  sink.add(Arrays.copyOfRange(u, at, u.length));
                }));
    cases.put(
        "adamDirection float",
        (k, sink) ->
            ranges(
                51,
                r -> {
                  float[][] s = r.floatRows(2);
                  int at = Updates.COPIES;
                  float[] u = new float[at + r.length + 3];
                  boolean ahead = r.length % 2 == 0;
                  k.adamDirection(
                      r.p, s[0], s[1], r.from, r.to, u, at, 0.9, 0.99, 3, 1e-8, 0.5, ahead);
                  sink.add(s[0]);
                  sink.add(s[1]);
                  sink.add(Arrays.copyOfRange(u, at, u.length));
                }));
    cases.put(
        "descend double",
        (k, sink) ->
            ranges(
                52,
                r -> {
                  k.descend(r.x, r.from, r.y, r.other, r.length, 0.99, 0.1, 0.3);
                  sink.add(r.x);
                }));
    cases.put(
        "descend float",
        (k, sink) ->
            ranges(
                53,
                r -> {
                  k.descend(r.p, r.from, r.q, r.other, r.length, 0.99, 0.1, 0.3);
                  sink.add(r.p);
                }));
    cases.put(
        "widen",
        (k, sink) ->
            ranges(
                48,
                r -> {
                  short[] bits = new short[r.to];
                  for (int i = 0; i < bits.length; i++) {
                    // as in pairRows, not the raw bits of a NaN
                    bits[i] = (short) (Float.floatToIntBits(r.p[i]) >>> 16);
                  }
                  float[] values = new float[r.length + 3];
                  k.widen(bits, r.from, values, r.length);
                  sink.add(values);
                }));
    cases.put(
        "round",
        (k, sink) ->
            ranges(
                49,
                r -> {
                  short[] bits = new short[r.to + 3];
                  int[] words = extremeWords(r.length + 5);
                  boolean upper = r.length % 2 == 0;
                  boolean fine = k.round(r.p, r.from, words, 5, upper, bits, r.from, r.length);
                  sink.add(fine ? 1 : 0);
                  float[] values = new float[bits.length];
                  k.widen(bits, 0, values, bits.length);
                  sink.add(values);
                }));
    function(cases, "exp", 20, VectorKernels::exp, VectorKernels::exp);
    function(cases, "log", 22, VectorKernels::log, VectorKernels::log);
    function(cases, "sigmoid", 24, VectorKernels::sigmoid, VectorKernels::sigmoid);
    function(cases, "tanh", 26, VectorKernels::tanh, VectorKernels::tanh);
    random(cases);
    return cases;
  }

  private static void random(Map<String, Case> cases) {
    cases.put("words", (k, sink) -> words(k, sink::add));
    cases.put(
        "uniform double",
        (k, sink) ->
            words(
                k,
                w -> {
                  double[] out = new double[w.length / 2 + 3];
                  k.uniform(w, w.length / RandomKernels.GROUP, out, 3);
                  sink.add(out);
                }));
    cases.put(
        "uniform float",
        (k, sink) ->
            words(
                k,
                w -> {
                  float[] out = new float[w.length + 3];
                  k.uniform(w, w.length / RandomKernels.GROUP, out, 3);
                  sink.add(out);
                }));
    cases.put("stretch", (k, sink) -> stretched(k, sink::add));
    cases.put(
        "gaussian double",
        (k, sink) ->
            stretched(
                k,
                w -> {
                  double[] out = new double[w.length / 2 + 3];
                  k.gaussian(w, out, 3);
                  sink.add(out);
                }));
    cases.put(
        "gaussian float",
        (k, sink) ->
            stretched(
                k,
                w -> {
                  float[] out = new float[w.length + 3];
                  k.gaussian(w, out, 3);
                  sink.add(out);
                }));
  }

  /** Generated words, also across the counter's carry, and the extreme ones. */
  private static void words(VectorKernels kernels, Consumer<int[]> use) {
    for (long group : new long[] {0, 1, (1L << 28) - 2, 1L << 40}) {
      for (int groups : new int[] {1, 3, 16}) {
        int[] words = new int[groups * RandomKernels.GROUP];
        kernels.words(0x0123456789abcdefL, 0xfedcba9876543210L, 2, group, groups, words);
        use.accept(words);
      }
    }
    use.accept(extremeWords(9 * RandomKernels.GROUP));
  }

  /** Words for Gaussian draws, generated and extreme ones. */
  private static void stretched(VectorKernels kernels, Consumer<int[]> use) {
    for (long group = 0; group < 20; group++) {
      int[] words = new int[RandomKernels.STRETCHED];
      kernels.words(0x0123456789abcdefL, 0xfedcba9876543210L, 2, group, 1, words);
      kernels.stretch(words);
      use.accept(words);
    }
    use.accept(extremeWords(RandomKernels.STRETCHED));
  }

  private static int[] extremeWords(int n) {
    int[] extreme = {
      0, -1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x3fffffff, 0x40000000, 0x7f800000, 0xff
    };
    int[] words = new int[n];
    for (int i = 0; i < n; i++) {
      words[i] = extreme[(i + i / RandomKernels.GROUP) % extreme.length];
    }
    return words;
  }

  private interface DoubleFunction {
    void apply(VectorKernels kernels, double[] x, double[] out, int from, int to);
  }

  private interface FloatFunction {
    void apply(VectorKernels kernels, float[] x, float[] out, int from, int to);
  }

  private static void function(
      Map<String, Case> cases, String name, int seed, DoubleFunction f, FloatFunction g) {
    cases.put(
        name + " double",
        (k, sink) ->
            ranges(
                seed,
                r -> {
                  double[] out = new double[r.x.length];
                  f.apply(k, r.x, out, r.from, r.to);
                  sink.add(out);
                  f.apply(k, r.x, r.x, r.from, r.to);
                  sink.add(r.x);
                }));
    cases.put(
        name + " float",
        (k, sink) ->
            ranges(
                seed + 1,
                r -> {
                  float[] out = new float[r.p.length];
                  g.apply(k, r.p, out, r.from, r.to);
                  sink.add(out);
                  g.apply(k, r.p, r.p, r.from, r.to);
                  sink.add(r.p);
                }));
  }

  /**
   * Calls the case with every length from 0 to 70 and some longer ones, for three kinds of numbers.
   */
  private static void ranges(int seed, Consumer<Range> use) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int kind = 0; kind < 3; kind++) {
      for (int length = 0; length <= 70; length++) {
        use.accept(new Range(random, kind, length % 5, (length + kind) % 4, length));
      }
      for (int length : new int[] {127, 1000, 2048, 3001, 5000}) {
        use.accept(new Range(random, kind, length % 3, length % 7, length));
      }
    }
  }

  /** The arrays of one call: x and y of doubles, p and q of floats. */
  private static final class Range {
    final SplittableRandom random;
    final int kind;
    final int from;
    final int other;
    final int length;
    final int to;
    final double[] x;
    final double[] y;
    final float[] p;
    final float[] q;
    final double[] coefficients = new double[20];

    Range(SplittableRandom random, int kind, int from, int other, int length) {
      this.random = random;
      this.kind = kind;
      this.from = from;
      this.other = other;
      this.length = length;
      this.to = from + length;
      int size = Math.max(from, other) + length + 2;
      x = doubles(size);
      y = doubles(size);
      p = floats(size);
      q = floats(size);
      for (int i = 0; i < coefficients.length; i++) {
        coefficients[i] = random.nextDouble() - 0.5;
      }
    }

    double[][] rows(int count) {
      double[][] rows = new double[count][];
      for (int k = 0; k < count; k++) {
        rows[k] = doubles(x.length);
      }
      return rows;
    }

    float[][] floatRows(int count) {
      float[][] rows = new float[count][];
      for (int k = 0; k < count; k++) {
        rows[k] = floats(x.length);
      }
      return rows;
    }

    int[][] pairRows(int count) {
      int[][] rows = new int[count][Bfloat16Pairs.length(x.length)];
      for (int[] row : rows) {
        float[] floats = floats(x.length);
        for (int i = 0; i < floats.length; i++) {
          // Raw bits of a signalling NaN depend on the compiler, and its upper half may read
          // infinity.
          Bfloat16Pairs.set(row, i, (short) (Float.floatToIntBits(floats[i]) >>> 16));
        }
      }
      return rows;
    }

    /** The beginning of a group of pairs, at most the length. */
    int group() {
      return length < Bfloat16Pairs.GROUP ? 0 : Bfloat16Pairs.GROUP * (from % 2);
    }

    private double[] doubles(int size) {
      double[] a = new double[size];
      for (int i = 0; i < size; i++) {
        a[i] = number(Double.longBitsToDouble(random.nextLong()));
      }
      return a;
    }

    private float[] floats(int size) {
      float[] a = new float[size];
      for (int i = 0; i < size; i++) {
        a[i] = (float) number(Float.intBitsToFloat(random.nextInt()));
      }
      return a;
    }

    private double number(double anyBits) {
      double ordinary = (random.nextDouble() - 0.5) * (1 << random.nextInt(12));
      switch (kind) {
        case 0:
          return ordinary;
        case 1:
          return anyBits;
        default:
          return random.nextInt(3) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : ordinary;
      }
    }
  }
}
