package dev.optim.bench.speed;

import dev.optim.bench.jmh.Streams;
import dev.optim.kernel.Kernels;
import dev.optim.sgd.AdamP;
import dev.optim.sgd.AdamW;
import dev.optim.sgd.DiffGrad;
import dev.optim.sgd.Lion;
import dev.optim.update.Bfloat16;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import dev.optim.update.NonFinite;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import dev.optim.update.Workers;
import java.util.Locale;

/**
 * The steps of a rule that are timed, and the streaming loop that reads and writes as much.
 * Gradients are trusted to be finite, as the loop does not look either.
 */
enum RuleStep {
  LION(Lion.of(1e-4).withWeightDecay(0.1), Streams.LIN5, "3 reads and 2 writes"),
  ADAMW(AdamW.of(1e-3), Streams.LIN7, "4 reads and 3 writes"),
  ADAMP(AdamP.of(1e-3).withWeightDecay(0.01), Streams.LIN7, "4 reads and 3 writes"),
  DIFFGRAD(DiffGrad.of(1e-3), Streams.LIN9, "5 reads and 4 writes");

  /** A dead parameter's state sinks below the normal floats in half this many steps. */
  private static final int PULSE = 1000;

  /** Its square is less than the least normal float. */
  private static final float PULSE_HEIGHT = 1e-18f;

  private final UpdateRule rule;
  private final Streams loop;
  private final String traffic;

  RuleStep(UpdateRule rule, Streams loop, String traffic) {
    this.rule = rule;
    this.loop = loop;
    this.traffic = traffic;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String traffic() {
    return "loop of " + traffic;
  }

  /** A matrix of 1,000 columns: AdamP works on rows. */
  static Parameters matrix(int elements) {
    return Parameters.builder().add("w", elements / 1000, 1000).build();
  }

  /** As many matrices of 100 x 100. */
  static Parameters matrices(int count) {
    Parameters.Builder builder = Parameters.builder();
    for (int i = 0; i < count; i++) {
      builder.add("w" + i, 100, 100);
    }
    return builder.build();
  }

  private UpdatePlan plan(int threads) {
    return UpdatePlan.of(rule).withNonFinite(NonFinite.TRUST).withThreads(threads);
  }

  Runnable floats(Parameters layout, int threads) {
    FloatUpdater updater = plan(threads).floats(layout);
    float[] x = Draws.floats(1, layout.length());
    float[] g = Draws.floats(2, layout.length());
    return () -> updater.step(x, g);
  }

  /** State and parameters in bfloat16. */
  Runnable bfloat16(Parameters layout) {
    FloatUpdater updater = plan(1).withBfloat16State().floats(layout);
    short[] x = Bfloat16.nearest(Draws.floats(1, layout.length()));
    float[] g = Draws.floats(2, layout.length());
    return () -> updater.step(x, g);
  }

  Runnable doubles(Parameters layout, int threads) {
    DoubleUpdater updater = plan(threads).doubles(layout);
    double[] x = Draws.doubles(1, layout.length());
    double[] g = Draws.doubles(2, layout.length());
    return () -> updater.step(x, g);
  }

  /**
   * One parameter in ten gets no gradient but a tiny one every {@value #PULSE} steps: what would be
   * a denormal number half of the time is what an update must not be slowed by.
   */
  Runnable withDeadParameters(Parameters layout) {
    FloatUpdater updater = plan(1).floats(layout);
    float[] x = Draws.floats(1, layout.length());
    float[] zero = Draws.floats(2, layout.length());
    float[] pulse = zero.clone();
    for (int i = 0; i < zero.length; i += 10) {
      zero[i] = 0;
      pulse[i] = PULSE_HEIGHT;
    }
    int[] step = {0};
    return () -> updater.step(x, step[0]++ % PULSE == 0 ? pulse : zero);
  }

  /** A step whose gradient is orthogonal to every row of the weights, so that AdamP projects it. */
  static Runnable projected(int elements) {
    Parameters layout = matrix(elements);
    int columns = layout.tensors().get(0).columns();
    float[] x = Draws.floats(1, elements);
    float[] g = Draws.floats(2, elements);
    for (int row = 0; row < elements; row += columns) {
      double gx = Kernels.dot(g, row, x, row, columns);
      double xx = Kernels.squaredNorm(x, row, row + columns);
      Kernels.axpy(-gx / xx, x, row, g, row, columns);
    }
    return steps(AdamP.of(0), layout, x, g); // 0, or the weights would turn towards the gradient
  }

  /** The steps of any rule, on one thread. */
  static Runnable steps(UpdateRule rule, Parameters layout) {
    return steps(rule, layout, Draws.floats(1, layout.length()), Draws.floats(2, layout.length()));
  }

  private static Runnable steps(UpdateRule rule, Parameters layout, float[] x, float[] g) {
    FloatUpdater updater = UpdatePlan.of(rule).withNonFinite(NonFinite.TRUST).floats(layout);
    return () -> updater.step(x, g);
  }

  /** The streaming loop. */
  Runnable loop(int elements) {
    float[][] vectors = new float[loop.vectors()][elements];
    vectors[0] = Draws.floats(1, elements);
    vectors[vectors.length - 1] = Draws.floats(2, elements);
    return () -> loop.runAll(vectors);
  }

  /** The streaming loop in double precision. */
  Runnable doubleLoop(int elements) {
    double[][] vectors = new double[loop.vectors()][elements];
    vectors[0] = Draws.doubles(1, elements);
    vectors[vectors.length - 1] = Draws.doubles(2, elements);
    return () -> loop.runAll(vectors);
  }

  /** The streaming loop on several threads. */
  Runnable loop(int elements, int threads) {
    float[][] vectors = new float[loop.vectors()][elements];
    Workers workers = new Workers(threads);
    Workers.Task piece =
        (unit, worker) ->
            loop.run(
                vectors,
                unit * Streams.CHUNK,
                Math.min(elements, unit * Streams.CHUNK + Streams.CHUNK));
    int pieces = (elements + Streams.CHUNK - 1) / Streams.CHUNK;
    return () -> workers.run(pieces, piece);
  }

  /** AdamP's two passes as loops: one that reads weights and gradient, and the streaming loop. */
  static Runnable twoPasses(int elements) {
    float[][] vectors = new float[ADAMP.loop.vectors()][elements];
    float[] x = vectors[0] = Draws.floats(1, elements);
    float[] g = vectors[vectors.length - 1] = Draws.floats(2, elements);
    float[] sum = {0};
    return () -> {
      for (int to = elements; to > 0; to -= Streams.CHUNK) {
        sum[0] += read(x, g, Math.max(0, to - Streams.CHUNK), to);
      }
      ADAMP.loop.runAll(vectors);
    };
  }

  /** Compilers do not vectorise a sum: eight at a time are faster than memory. */
  private static float read(float[] x, float[] g, int from, int to) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int i = from; i <= to - 4; i += 4) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += g[i];
      s5 += g[i + 1];
      s6 += g[i + 2];
      s7 += g[i + 3];
    }
    return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
  }
}
