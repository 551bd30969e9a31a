package dev.optim.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.random.RandomStream;
import dev.optim.schedule.Plateau;
import dev.optim.schedule.Schedule;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import dev.optim.testing.HeavyBall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdaterTest {

  private static final HeavyBall RULE = HeavyBall.of(0.1);
  private static final Parameters LAYOUT =
      Parameters.builder().add("a.weight", 3, 2).add("a.bias", 3).add("b.weight", 2).build();
  private static final int N = LAYOUT.length();

  private static double[] gaussian(long seed, int n) {
    double[] values = new double[n];
    RandomStream.of(seed).fillGaussian(values);
    return values;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @Test
  void stepsEveryTensorByItsRule() {
    DoubleUpdater updater =
        UpdatePlan.of(RULE)
            .withRule("*.bias", HeavyBall.of(0.5))
            .withRule("b.*", HeavyBall.of(0))
            .doubles(LAYOUT);
    double[] x = new double[N];
    double[] g = gaussian(1, N);
    double[] before = g.clone();

    assertThat(updater.step(x, g)).isEqualTo(StepOutcome.APPLIED);

    assertThat(g).isEqualTo(before);
    for (int i = 0; i < N; i++) {
      double lr = i < 6 ? 0.1 : i < 9 ? 0.5 : 0;
      assertThat(x[i]).isEqualTo(0 - lr * g[i]);
    }
    assertThat(updater.applied()).isEqualTo(1);
  }

  @Test
  void theLastMatchingPatternCounts() {
    DoubleUpdater updater =
        UpdatePlan.of(RULE)
            .withRule("a.*", HeavyBall.of(0.5))
            .withRule("*.bias", HeavyBall.of(0.25))
            .doubles(LAYOUT);
    double[] x = new double[N];
    double[] g = new double[N];
    Arrays.fill(g, 1);
    updater.step(x, g);
    assertThat(x[0]).isEqualTo(-0.5);
    assertThat(x[6]).isEqualTo(-0.25);
    assertThat(x[9]).isEqualTo(-0.1);
  }

  @Test
  void aTensorWithoutGradientStaysAndSoDoesItsCounter() {
    DoubleUpdater updater = UpdatePlan.of(RULE).doubles(LAYOUT);
    double[] x = new double[N];
    double[] g = gaussian(1, N);
    g[7] = Double.NaN; // never looked at
    updater.step(x, g, new boolean[] {true, false, true});
    assertThat(x[6]).isZero();
    assertThat(x[0]).isNotZero();
    assertThat(updater.checkpoint().longs(":steps")).containsExactly(1, 0, 1);
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    Parameters large =
        Parameters.builder().add("big", 700, 331).add("small", 5).add("mid", 70_001).build();
    GradientTransform clip = GradientTransform.clipByGlobalNorm(1);
    double[] expected = null;
    for (int threads : new int[] {1, 2, 3, 8}) {
      DoubleUpdater updater =
          UpdatePlan.of(RULE).withTransform(clip).withThreads(threads).doubles(large);
      double[] x = gaussian(7, large.length());
      for (int k = 0; k < 5; k++) {
        updater.step(x, gaussian(k, large.length()));
      }
      expected = expected == null ? x : expected;
      assertThat(x).isEqualTo(expected);
    }
  }

  @Test
  void buffersGiveTheSameBitsAsArrays() {
    Parameters large = Parameters.builder().add("big", 70_001).add("small", 5).build();
    int n = large.length();
    for (UpdatePlan plan :
        new UpdatePlan[] {
          UpdatePlan.of(RULE).withThreads(2),
          UpdatePlan.of(new HeavyBall(Schedule.constant(0.1), UpdateRule.Scope.TENSOR)),
          UpdatePlan.of(RULE).withTransform(GradientTransform.clipByValue(0.5))
        }) {
      double[] x = gaussian(7, n);
      float[] xf = floats(x);
      // a position behind the start: the buffer's own indices must not matter
      DoubleBuffer direct =
          ByteBuffer.allocateDirect(8 * (n + 3))
              .order(ByteOrder.nativeOrder())
              .asDoubleBuffer()
              .position(3)
              .slice();
      direct.put(0, x);
      FloatBuffer directF =
          ByteBuffer.allocateDirect(4 * (n + 3)).order(ByteOrder.nativeOrder()).asFloatBuffer();
      directF.position(3);
      directF.put(3, xf, 0, n);
      DoubleUpdater arrays = plan.doubles(large);
      DoubleUpdater buffers = plan.doubles(large);
      FloatUpdater arraysF = plan.floats(large);
      FloatUpdater buffersF = plan.floats(large);
      for (int k = 0; k < 70; k++) {
        double[] g = gaussian(k, n);
        arrays.step(x, g);
        assertThat(buffers.step(direct, DoubleBuffer.wrap(g).asReadOnlyBuffer()))
            .isEqualTo(StepOutcome.APPLIED);
        arraysF.step(xf, floats(g));
        buffersF.step(directF, FloatBuffer.wrap(floats(g)));
      }
      double[] out = new double[n];
      direct.get(0, out);
      assertThat(out).isEqualTo(x);
      float[] outF = new float[n];
      directF.get(3, outF);
      assertThat(outF).isEqualTo(xf);
      assertThat(directF.position()).isEqualTo(3);
      assertThat(buffers.checkpoint()).isEqualTo(arrays.checkpoint());
    }
  }

  @Test
  void aCheckpointGoesOnBitForBit(@TempDir Path dir) throws Exception {
    UpdatePlan plan =
        UpdatePlan.of(new HeavyBall(Schedule.cosine(0.1, 0, 50), UpdateRule.Scope.ELEMENT))
            .withTransform(GradientTransform.accumulate(3))
            .withPlateau(Plateau.of(0.5, 1));
    for (int stop = 0; stop < 12; stop++) {
      FloatUpdater whole = plan.floats(LAYOUT);
      float[] x = floats(gaussian(5, N));
      FloatUpdater running = whole;
      float[] y = x.clone();
      FloatUpdater other = plan.floats(LAYOUT);
      for (int k = 0; k < 12; k++) {
        if (k == stop) {
          Path file = dir.resolve("updater.safetensors");
          other.checkpoint().write(file);
          other = plan.floats(LAYOUT);
          other.restore(Checkpoint.read(file));
        }
        float[] g = floats(gaussian(100 + k, N));
        boolean[] present = {true, k % 2 == 0, k % 5 != 0};
        assertThat(running.step(x, g, present)).isEqualTo(other.step(y, g, present));
        running.report(1);
        other.report(1);
      }
      assertThat(y).isEqualTo(x);
      assertThat(other.checkpoint()).isEqualTo(whole.checkpoint());
    }
  }

  @Test
  void aCheckpointOfSomethingElseIsRefusedBeforeAnythingChanges() {
    FloatUpdater updater = UpdatePlan.of(RULE).floats(LAYOUT);
    float[] x = new float[N];
    updater.step(x, floats(gaussian(1, N)));
    Checkpoint before = updater.checkpoint();

    Parameters otherLayout =
        Parameters.builder().add("a.weight", 2, 3).add("a.bias", 3).add("b.weight", 2).build();
    Checkpoint[] wrong = {
      UpdatePlan.of(HeavyBall.of(0.2)).floats(LAYOUT).checkpoint(),
      UpdatePlan.of(RULE).doubles(LAYOUT).checkpoint(),
      UpdatePlan.of(RULE).floats(otherLayout).checkpoint(),
      UpdatePlan.of(RULE).floats(Parameters.vector(N)).checkpoint(),
      UpdatePlan.of(RULE)
          .withTransform(GradientTransform.accumulate(2))
          .floats(LAYOUT)
          .checkpoint(),
      Checkpoint.builder().build(),
    };
    for (Checkpoint checkpoint : wrong) {
      assertThatThrownBy(() -> updater.restore(checkpoint))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(updater.checkpoint()).isEqualTo(before);
    }
    // other hyper-parameters may be asked for
    FloatUpdater faster = UpdatePlan.of(HeavyBall.of(0.2)).floats(LAYOUT);
    faster.restoreState(before);
    assertThat(faster.applied()).isEqualTo(1);
  }

  @Test
  void aBadGradientIsSkippedWhole() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1e200}) {
      DoubleUpdater updater = UpdatePlan.of(RULE).doubles(LAYOUT);
      double[] x = gaussian(2, N);
      updater.step(x, gaussian(3, N));
      Checkpoint before = updater.checkpoint();
      double[] kept = x.clone();
      double[] g = gaussian(4, N);
      g[10] = bad;

      assertThat(updater.step(x, g)).isEqualTo(StepOutcome.SKIPPED);

      assertThat(x).isEqualTo(kept);
      assertThat(updater.skipped()).isEqualTo(1);
      assertThat(updater.applied()).isEqualTo(1);
      assertThat(updater.checkpoint().doubles("b.weight/momentum"))
          .isEqualTo(before.doubles("b.weight/momentum"));
    }
  }

  @Test
  void orOnlyItsTensorOrNotAtAll() {
    double[] g = gaussian(4, N);
    g[7] = Double.NaN;
    double[] x = new double[N];
    DoubleUpdater tensor = UpdatePlan.of(RULE).withNonFinite(NonFinite.SKIP_TENSOR).doubles(LAYOUT);
    assertThat(tensor.step(x, g)).isEqualTo(StepOutcome.APPLIED);
    assertThat(tensor.skipped()).isEqualTo(1);
    assertThat(x[0]).isNotZero();
    assertThat(x[6]).isZero();
    assertThat(x[8]).isZero();

    double[] y = new double[N];
    DoubleUpdater failing = UpdatePlan.of(RULE).withNonFinite(NonFinite.FAIL).doubles(LAYOUT);
    assertThatThrownBy(() -> failing.step(y, g))
        .isInstanceOf(NonFiniteGradientException.class)
        .hasMessageContaining("a.bias");
    assertThat(y).containsOnly(0);
    assertThat(failing.applied()).isZero();

    DoubleUpdater trusting = UpdatePlan.of(RULE).withNonFinite(NonFinite.TRUST).doubles(LAYOUT);
    trusting.step(y, g);
    assertThat(y[7]).isNaN();
  }

  @Test
  void aScheduleThatGoesWrongAtSomeStepIsRefusedAtThatStep() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1e-3}) {
      Schedule schedule = step -> step < 2 ? 0.1 : bad;
      DoubleUpdater updater =
          UpdatePlan.of(new HeavyBall(schedule, UpdateRule.Scope.ELEMENT))
              .withTransform(GradientTransform.accumulate(1))
              .doubles(LAYOUT);
      double[] x = new double[N];
      updater.step(x, gaussian(1, N));
      updater.step(x, gaussian(2, N));
      double[] kept = x.clone();
      Checkpoint before = updater.checkpoint();
      assertThatThrownBy(() -> updater.step(x, gaussian(3, N)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("step size at step 2 is " + bad);
      assertThat(x).isEqualTo(kept);
      assertThat(updater.checkpoint()).isEqualTo(before);
    }
  }

  @Test
  void refusesWrongArraysWithoutTouchingThem() {
    DoubleUpdater updater = UpdatePlan.of(RULE).doubles(LAYOUT);
    double[] x = new double[N];
    double[] g = gaussian(1, N);
    assertThatThrownBy(() -> updater.step(x, new double[N - 1]))
        .hasMessage("gradient has length 10, expected 11");
    assertThatThrownBy(() -> updater.step(new double[N + 1], g))
        .hasMessage("parameters has length 12, expected 11");
    assertThatThrownBy(() -> updater.step(x, x)).hasMessageContaining("one array");
    assertThatThrownBy(() -> updater.step((double[]) null, g))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("parameters");
    assertThatThrownBy(() -> updater.step(x, (double[]) null)).hasMessageContaining("gradient");
    assertThatThrownBy(() -> updater.step(x, g, new boolean[2]))
        .hasMessageContaining("present has length 2");
    assertThat(x).containsOnly(0);
    assertThat(updater.step(x, g)).isEqualTo(StepOutcome.APPLIED);
  }

  @Test
  void refusesWrongBuffers() {
    DoubleUpdater updater = UpdatePlan.of(RULE).doubles(LAYOUT);
    DoubleBuffer x = DoubleBuffer.allocate(N);
    assertThatThrownBy(() -> updater.step(x, x)).hasMessageContaining("share");
    double[] both = new double[2 * N - 1];
    assertThatThrownBy(
            () -> updater.step(DoubleBuffer.wrap(both, 0, N), DoubleBuffer.wrap(both, N - 1, N)))
        .hasMessageContaining("share");
    DoubleBuffer direct =
        ByteBuffer.allocateDirect(8 * N).order(ByteOrder.nativeOrder()).asDoubleBuffer();
    for (DoubleBuffer shared : new DoubleBuffer[] {x, direct}) {
      assertThatThrownBy(() -> updater.step(shared, shared.asReadOnlyBuffer()))
          .hasMessageContaining("share");
      assertThatThrownBy(() -> updater.step(shared, shared.duplicate()))
          .hasMessageContaining("share");
      assertThat(shared.get(0)).isZero();
    }
    assertThatThrownBy(() -> updater.step(x.asReadOnlyBuffer(), DoubleBuffer.allocate(N)))
        .hasMessageContaining("read-only");
    assertThatThrownBy(() -> updater.step(x, DoubleBuffer.allocate(N - 1)))
        .hasMessageContaining("gradient has length 10");
  }

  @Test
  void aSecondThreadIsRefused() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Schedule slow =
        step -> {
          if (Thread.currentThread().getName().equals("slow")) {
            inside.countDown();
            try {
              leave.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
          return 0.1;
        };
    DoubleUpdater updater =
        UpdatePlan.of(new HeavyBall(slow, UpdateRule.Scope.ELEMENT)).doubles(LAYOUT);
    AtomicReference<StepOutcome> outcome = new AtomicReference<>();
    Thread first =
        new Thread(() -> outcome.set(updater.step(new double[N], gaussian(1, N))), "slow");
    first.start();
    inside.await();
    assertThatThrownBy(() -> updater.step(new double[N], gaussian(1, N)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another thread");
    assertThatThrownBy(updater::checkpoint)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another thread");
    leave.countDown();
    first.join();
    assertThat(outcome.get()).isEqualTo(StepOutcome.APPLIED);
  }

  @Test
  void aSecondStepOfBuffersLeavesTheFirstAlone() {
    for (UpdateRule.Scope scope : UpdateRule.Scope.values()) {
      DoubleUpdater[] updater = new DoubleUpdater[1];
      DoubleBuffer other = DoubleBuffer.wrap(gaussian(9, N));
      Schedule intruding =
          step -> {
            if (updater[0] != null) {
              assertThatThrownBy(() -> updater[0].step(other, DoubleBuffer.wrap(gaussian(8, N))))
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("another thread");
            }
            return 0.1;
          };
      updater[0] = UpdatePlan.of(new HeavyBall(intruding, scope)).doubles(LAYOUT);
      double[] x = new double[N];
      double[] g = gaussian(1, N);
      DoubleBuffer buffer = DoubleBuffer.wrap(x);
      assertThat(updater[0].step(buffer, DoubleBuffer.wrap(g))).isEqualTo(StepOutcome.APPLIED);
      for (int i = 0; i < N; i++) {
        assertThat(x[i]).isEqualTo(0 - 0.1 * g[i]);
      }
      assertThat(other.array()).isEqualTo(gaussian(9, N));
    }
  }

  @Test
  void aStepSizeThatSinglePrecisionCannotHoldIsRefused() {
    FloatUpdater updater = UpdatePlan.of(HeavyBall.of(1e39)).floats(LAYOUT);
    float[] x = new float[N];
    assertThatThrownBy(() -> updater.step(x, floats(gaussian(1, N))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1.0E39");
    assertThat(x).containsOnly(0);
  }

  @Test
  void aStepWithNoTensorLeftIsSkipped() {
    DoubleUpdater updater =
        UpdatePlan.of(RULE).withNonFinite(NonFinite.SKIP_TENSOR).doubles(Parameters.vector(2));
    assertThat(updater.step(new double[2], new double[] {Double.NaN, 1}))
        .isEqualTo(StepOutcome.SKIPPED);
    assertThat(updater.applied()).isZero();
  }

  @Test
  void aCheckpointWithImpossibleCountersIsRefused() {
    DoubleUpdater updater = UpdatePlan.of(RULE).doubles(LAYOUT);
    Checkpoint good = updater.checkpoint();
    for (String key : new String[] {"applied", "skipped", "plateau.scale", ":steps"}) {
      CheckpointBuilder builder = Checkpoint.builder();
      good.metadata().forEach((name, value) -> builder.meta(name, name.equals(key) ? "-7" : value));
      good.tensorNames()
          .forEach(
              name -> {
                if (name.equals(":steps")) {
                  long[] steps = good.longs(name);
                  steps[0] = name.equals(key) ? -7 : steps[0];
                  builder.tensor(name, steps, good.shape(name));
                } else {
                  builder.tensor(name, good.doubles(name), good.shape(name));
                }
              });
      assertThatThrownBy(() -> updater.restore(builder.build()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(key)
          .hasMessageContaining("-7");
    }
    assertThat(updater.checkpoint()).isEqualTo(good);
  }

  @Test
  void aFailureInAWorkerReachesTheCaller() {
    Workers workers = new Workers(3);
    assertThatThrownBy(
            () ->
                workers.run(
                    100,
                    (unit, worker) -> {
                      if (unit == 50) {
                        throw new IllegalStateException("unit 50");
                      }
                    }))
        .hasMessage("unit 50");
    int[] done = new int[100];
    workers.run(100, (unit, worker) -> done[unit]++);
    assertThat(done).containsOnly(1);
    workers.run(0, (unit, worker) -> done[0]++);
    assertThat(done[0]).isEqualTo(1);
  }

  @Test
  void tinyStateBecomesZero() {
    FloatUpdater updater = UpdatePlan.of(RULE).floats(Parameters.vector(2));
    float[] x = new float[2];
    updater.step(x, new float[] {1e-34f, 1});
    for (int i = 0; i < 63; i++) {
      updater.step(x, new float[] {0, 1});
    }
    assertThat(updater.checkpoint().floats("x/momentum")[0]).isZero();
    assertThat(updater.checkpoint().floats("x/momentum")[1]).isNotZero();
  }

  @Test
  void aPatternThatMatchesNothingIsRefused() {
    assertThatThrownBy(() -> UpdatePlan.of(RULE).withRule("*.gamma", RULE).floats(LAYOUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("*.gamma matches no tensor");
    assertThatThrownBy(() -> UpdatePlan.of(RULE).doubles(LAYOUT).report(1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> UpdatePlan.of(RULE).withThreads(0)).hasMessageContaining("count is 0");
  }

  /** Which a checkpoint, hours later, would find out. */
  @Test
  void twoStateVectorsOfOneNameAreRefused() {
    record Twins(Schedule stepSize) implements UpdateRule {

      @Override
      public List<String> state() {
        return List.of("m", "m");
      }

      @Override
      public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {}

      @Override
      public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {}
    }
    UpdatePlan plan = UpdatePlan.of(new Twins(Schedule.constant(1)));
    assertThatThrownBy(() -> plan.doubles(LAYOUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[m, m], must have distinct names");
  }

  /** Descends, and throws where a gradient is 13. */
  private record Superstitious(Schedule stepSize) implements UpdateRule {

    @Override
    public List<String> state() {
      return List.of();
    }

    @Override
    public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
      for (int i = from; i < to; i++) {
        if (g[i] == 13) {
          throw new UnsupportedOperationException("13");
        }
        x[i] -= step.stepSize() * g[i];
      }
    }

    @Override
    public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {}
  }

  @Test
  void afterARuleThrewEverythingIsRefusedUntilARestore() {
    DoubleUpdater updater =
        UpdatePlan.of(new Superstitious(Schedule.constant(1))).doubles(Parameters.vector(2));
    Checkpoint before = updater.checkpoint();
    double[] x = new double[2];
    assertThatThrownBy(() -> updater.step(x, new double[] {1, 13}))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(x).containsExactly(-1, 0);

    assertThatThrownBy(() -> updater.step(x, new double[2]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in the middle of a step");
    assertThatThrownBy(updater::checkpoint).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> updater.evaluationPoint(x, new double[2]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in the middle of a step");

    updater.restore(before);
    assertThat(updater.step(x, new double[2])).isEqualTo(StepOutcome.APPLIED);
    assertThat(updater.applied()).isOne();
  }
}
