package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.optim.kernel.Kernels;
import dev.optim.schedule.Schedule;
import dev.optim.state.Checkpoint;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import dev.optim.update.GradientTransform;
import dev.optim.update.NonFinite;
import dev.optim.update.NonFiniteGradientException;
import dev.optim.update.Parameters;
import dev.optim.update.StepOutcome;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every rule of the list keeps, whatever it computes. */
class RuleContractTest {

  private static final int STEPS = 12;
  private static final Training SMALL = Training.SMALL;
  private static final Training LARGE = Training.LARGE;

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void isAValueWithAName(Rules.Named named) {
    UpdateRule rule = named.rule();
    assertThat(rule).isEqualTo(named.rule()).hasToString(named.rule().toString());
    assertThat(rule.toString()).startsWith(rule.name()).doesNotContain("@");
    assertThat(rule.state()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void keepsNoArrayAndChangesNoGradient(Rules.Named named) {
    double[] expected = SMALL.run(SMALL.doubles(named.rule()), STEPS);

    DoubleUpdater updater = SMALL.doubles(named.rule());
    double[] x = SMALL.start();
    double[] reused = new double[x.length];
    for (int step = 0; step < STEPS; step++) {
      double[] g = SMALL.gradient(step);
      System.arraycopy(g, 0, reused, 0, g.length);
      double[] moved = x.clone();
      updater.step(moved, reused);
      assertThat(reused).isEqualTo(g);
      Arrays.fill(reused, Double.NaN);
      Arrays.fill(x, Double.NaN);
      x = moved;
    }
    assertThat(x).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void movesFloatsLikeDoubles(Rules.Named named) {
    DoubleUpdater doubles = SMALL.doubles(named.rule());
    FloatUpdater floats = SMALL.floats(named.rule());
    double[] x = SMALL.run(doubles, STEPS);
    assertAgree(SMALL.run(floats, STEPS), x);
    assertThat(x).isNotEqualTo(SMALL.start());

    Checkpoint state = doubles.checkpoint();
    for (Parameters.Tensor tensor : SMALL.layout().tensors()) {
      for (String vector : named.rule().serving(tensor).state()) {
        String name = tensor.name() + "/" + vector;
        assertAgree(floats.checkpoint().floats(name), state.doubles(name));
      }
    }
  }

  private static void assertAgree(float[] floats, double[] doubles) {
    for (int i = 0; i < doubles.length; i++) {
      assertThat((double) floats[i]).isCloseTo(doubles[i], offset(1e-4));
    }
  }

  /** Every number a rule is made of counts, and for floats as for doubles. */
  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void everyHyperParameterCountsInBothPrecisions(Rules.Named named) throws Exception {
    double[] base = evaluated(SMALL.doubles(named.rule()));
    for (UpdateRule changed : Variants.of(named.rule())) {
      double[] x = evaluated(SMALL.doubles(changed));
      FloatUpdater floats = SMALL.floats(changed);
      float[] y = SMALL.run(floats, STEPS);
      floats.evaluationPoint(y, y);
      assertThat(x).as("%s", changed).isNotEqualTo(base);
      assertAgree(y, x);
    }
  }

  private static double[] evaluated(DoubleUpdater updater) {
    double[] x = SMALL.run(updater, STEPS);
    updater.evaluationPoint(x, x);
    return x;
  }

  /** The mean of a gradient with itself comes with the factor 1/2, which no digit shows. */
  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void multipliesTheFactorOfTheGradientIn(Rules.Named named) {
    UpdatePlan halved = UpdatePlan.of(named.rule()).withTransform(GradientTransform.accumulate(2));
    DoubleUpdater doubles = halved.doubles(SMALL.layout());
    FloatUpdater floats = halved.floats(SMALL.layout());
    double[] x = SMALL.start();
    float[] y = SMALL.floatStart();
    for (int step = 0; step < STEPS; step++) {
      for (int twice = 0; twice < 2; twice++) {
        doubles.step(x, SMALL.gradient(step));
        floats.step(y, SMALL.floatGradient(step));
      }
    }
    assertThat(x).isEqualTo(SMALL.run(SMALL.doubles(named.rule()), STEPS));
    assertThat(y).isEqualTo(SMALL.run(SMALL.floats(named.rule()), STEPS));
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void givesTheSameBitsOnAnyNumberOfThreads(Rules.Named named) {
    double[] x = LARGE.run(UpdatePlan.of(named.rule()).doubles(LARGE.layout()), 3);
    float[] y = LARGE.run(UpdatePlan.of(named.rule()).floats(LARGE.layout()), 3);
    for (int threads : new int[] {2, 3, 8}) {
      UpdatePlan plan = UpdatePlan.of(named.rule()).withThreads(threads);
      assertThat(Arrays.equals(LARGE.run(plan.doubles(LARGE.layout()), 3), x)).isTrue();
      assertThat(Arrays.equals(LARGE.run(plan.floats(LARGE.layout()), 3), y)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void goesOnFromACheckpointOfAnyStepBitForBit(Rules.Named named) {
    int steps = 67; // beyond the step at which tiny state is set to zero
    DoubleUpdater uninterrupted = SMALL.doubles(named.rule());
    double[] expected = SMALL.run(uninterrupted, steps);

    DoubleUpdater first = SMALL.doubles(named.rule());
    double[] x = SMALL.start();
    for (int stop = 0; stop < steps; stop++) {
      if (stop < 10 || stop > 61) {
        DoubleUpdater second = SMALL.doubles(named.rule());
        second.restore(first.checkpoint());
        double[] y = x.clone();
        for (int step = stop; step < steps; step++) {
          second.step(y, SMALL.gradient(step));
        }
        assertThat(y).isEqualTo(expected);
        assertThat(second.checkpoint()).isEqualTo(uninterrupted.checkpoint());
      }
      first.step(x, SMALL.gradient(stop));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void goesOnFromACheckpointInSinglePrecision(Rules.Named named) {
    float[] expected = SMALL.run(SMALL.floats(named.rule()), STEPS);
    for (int stop = 0; stop < STEPS; stop++) {
      FloatUpdater first = SMALL.floats(named.rule());
      float[] x = SMALL.run(first, stop);
      FloatUpdater second = SMALL.floats(named.rule());
      second.restore(first.checkpoint());
      for (int step = stop; step < STEPS; step++) {
        second.step(x, SMALL.floatGradient(step));
      }
      assertThat(x).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void refusesTheCheckpointOfAnotherRule(Rules.Named named) {
    DoubleUpdater updater = SMALL.doubles(named.rule());
    double[] x = SMALL.run(updater, 3);
    Checkpoint before = updater.checkpoint();
    for (Rules.Named other : List.of(Rules.all().get(0), Rules.all().get(3))) {
      if (!other.name().equals(named.name())) {
        DoubleUpdater wrong = SMALL.doubles(other.rule());
        SMALL.run(wrong, 2);
        assertThatThrownBy(() -> updater.restore(wrong.checkpoint()))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
    FloatUpdater floats = SMALL.floats(named.rule());
    DoubleUpdater small = UpdatePlan.of(named.rule()).doubles(Parameters.vector(3));
    assertThatThrownBy(() -> updater.restore(small.checkpoint()))
        .isInstanceOf(IllegalArgumentException.class);
    if (!named.rule().state().isEmpty()) {
      assertThatThrownBy(() -> updater.restore(floats.checkpoint()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(updater.checkpoint()).isEqualTo(before);
    assertThat(x).doesNotContain(Double.NaN);
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void movesBuffersOffTheHeapLikeArrays(Rules.Named named) {
    double[] x = SMALL.run(SMALL.doubles(named.rule()), STEPS);
    float[] y = SMALL.run(SMALL.floats(named.rule()), STEPS);
    int n = x.length;
    DoubleBuffer xs = direct(8 * n).asDoubleBuffer().put(0, SMALL.start());
    DoubleBuffer gs = direct(8 * n).asDoubleBuffer();
    FloatBuffer ys = direct(4 * n).asFloatBuffer().put(0, SMALL.floatStart());
    FloatBuffer hs = direct(4 * n).asFloatBuffer();
    DoubleUpdater doubles = SMALL.doubles(named.rule());
    FloatUpdater floats = SMALL.floats(named.rule());
    for (int step = 0; step < STEPS; step++) {
      doubles.step(xs, gs.put(0, SMALL.gradient(step)));
      floats.step(ys, hs.put(0, SMALL.floatGradient(step)));
    }
    double[] xCopy = new double[n];
    float[] yCopy = new float[n];
    xs.get(0, xCopy);
    ys.get(0, yCopy);
    assertThat(xCopy).isEqualTo(x);
    assertThat(yCopy).isEqualTo(y);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void movesEachTensorAsIfItWereAlone(Rules.Named named) {
    DoubleUpdater together = SMALL.doubles(named.rule());
    double[] x = SMALL.start();
    for (int step = 0; step < STEPS; step++) {
      double[] g = SMALL.gradient(step);
      boolean[] present = new boolean[SMALL.layout().tensors().size()];
      for (Parameters.Tensor tensor : SMALL.layout().tensors()) {
        present[tensor.index()] = has(step, tensor);
        if (!has(step, tensor)) {
          Arrays.fill(g, tensor.offset(), tensor.end(), Double.NaN);
        }
      }
      together.step(x, g, present);
    }
    for (Parameters.Tensor tensor : SMALL.layout().tensors()) {
      Parameters one = Parameters.builder().add(tensor.name(), tensor.shape()).build();
      DoubleUpdater alone = UpdatePlan.of(named.rule()).doubles(one);
      double[] y = Arrays.copyOfRange(SMALL.start(), tensor.offset(), tensor.end());
      for (int step = 0; step < STEPS; step++) {
        if (has(step, tensor)) {
          double[] g = SMALL.gradient(step);
          alone.step(y, Arrays.copyOfRange(g, tensor.offset(), tensor.end()));
        }
      }
      assertThat(Arrays.copyOfRange(x, tensor.offset(), tensor.end())).isEqualTo(y);
    }
  }

  private static boolean has(int step, Parameters.Tensor tensor) {
    return (step + tensor.index()) % 3 != 0;
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void refusesABadGradientWithNothingChanged(Rules.Named named) {
    for (double bad :
        new double[] {
          Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MAX_VALUE
        }) {
      DoubleUpdater updater = SMALL.doubles(named.rule());
      double[] x = SMALL.run(updater, 3);
      double[] g = SMALL.gradient(3);
      g[SMALL.layout().tensor("tall").offset()] = bad;
      double[] xBefore = x.clone();
      Checkpoint before = updater.checkpoint();

      assertThat(updater.step(x, g)).isEqualTo(StepOutcome.SKIPPED);
      assertThat(updater.skipped()).isEqualTo(1);
      assertThat(x).isEqualTo(xBefore);
      for (String tensor : before.tensorNames()) {
        if (!tensor.startsWith(":")) {
          assertThat(updater.checkpoint().doubles(tensor)).isEqualTo(before.doubles(tensor));
        }
      }

      DoubleUpdater failing =
          UpdatePlan.of(named.rule()).withNonFinite(NonFinite.FAIL).doubles(SMALL.layout());
      double[] y = SMALL.run(failing, 3);
      assertThatThrownBy(() -> failing.step(y, g))
          .isInstanceOf(NonFiniteGradientException.class)
          .hasMessageContaining("tall");
      assertThat(y).isEqualTo(xBefore);

      updater.step(x, SMALL.gradient(3));
      failing.step(y, SMALL.gradient(3));
      double[] good = SMALL.run(SMALL.doubles(named.rule()), 4);
      assertThat(x).isEqualTo(good);
      assertThat(y).isEqualTo(good);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void refusesAStepSizeThatGoesWrong(Rules.Named named) {
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      DoubleUpdater updater = SMALL.doubles(named.make().apply(step -> step == 2 ? bad : 0.01));
      double[] x = SMALL.run(updater, 2);
      double[] before = x.clone();
      Checkpoint state = updater.checkpoint();
      assertThatThrownBy(() -> updater.step(x, SMALL.gradient(2)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("step 2");
      assertThat(x).isEqualTo(before);
      assertThat(updater.checkpoint()).isEqualTo(state);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void refusesWrongArrays(Rules.Named named) {
    DoubleUpdater updater = SMALL.doubles(named.rule());
    double[] x = SMALL.start();
    double[] g = SMALL.gradient(0);
    assertThatThrownBy(() -> updater.step(x, new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gradient");
    assertThatThrownBy(() -> updater.step(new double[3], g))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameters");
    assertThatThrownBy(() -> updater.step(x, x)).isInstanceOf(IllegalArgumentException.class);
    assertThat(x).isEqualTo(SMALL.start());
    assertThat(updater.applied()).isZero();
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void standsStillWithoutStepSize(Rules.Named named) {
    UpdateRule rule = named.make().apply(Schedule.constant(0));
    assertThat(SMALL.run(SMALL.doubles(rule), STEPS)).isEqualTo(SMALL.start());
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void saysWhereToEvaluate(Rules.Named named) {
    DoubleUpdater doubles = SMALL.doubles(named.rule());
    FloatUpdater floats = SMALL.floats(named.rule());
    double[] out = new double[SMALL.layout().length()];
    float[] floatOut = new float[out.length];
    doubles.evaluationPoint(SMALL.start(), out);
    assertThat(out).isEqualTo(SMALL.start());
    floats.evaluationPoint(SMALL.floatStart(), floatOut);
    assertThat(floatOut).isEqualTo(SMALL.floatStart());

    double[] x = SMALL.run(doubles, STEPS);
    Checkpoint before = doubles.checkpoint();
    doubles.evaluationPoint(x, out);
    floats.evaluationPoint(SMALL.run(floats, STEPS), floatOut);
    assertAgree(floatOut, out);
    assertThat(doubles.checkpoint()).isEqualTo(before);

    DoubleUpdater restored = SMALL.doubles(named.rule());
    restored.restore(before);
    double[] again = new double[out.length];
    restored.evaluationPoint(x, again);
    assertThat(again).isEqualTo(out);
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void staysFiniteOnExtremes(Rules.Named named) {
    for (double size : new double[] {0, 1e-310, 1e-160, 1e-30, 1e30, 1e150}) {
      DoubleUpdater updater = SMALL.doubles(named.rule());
      double[] x = SMALL.start();
      for (int step = 0; step < STEPS; step++) {
        double[] g = SMALL.gradient(step);
        for (int i = 0; i < g.length; i++) {
          g[i] = Math.max(-1, Math.min(1, g[i])) * size;
        }
        assertThat(updater.step(x, g)).isEqualTo(StepOutcome.APPLIED);
      }
      assertThat(Arrays.stream(x).allMatch(Double::isFinite)).as("%s", size).isTrue();
    }
    for (float size : new float[] {0, 1e-44f, 1e-30f, 1e-20f, 1e10f, 1e18f}) {
      FloatUpdater updater = SMALL.floats(named.rule());
      float[] x = SMALL.floatStart();
      for (int step = 0; step < STEPS; step++) {
        float[] g = SMALL.floatGradient(step);
        for (int i = 0; i < g.length; i++) {
          g[i] = Math.max(-1, Math.min(1, g[i])) * size;
        }
        assertThat(updater.step(x, g)).isEqualTo(StepOutcome.APPLIED);
      }
      for (float value : x) {
        assertThat(Float.isFinite(value)).as("%s", size).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void keepsNoDenormalStateOfDeadParameters(Rules.Named named) {
    FloatUpdater updater = SMALL.floats(named.rule());
    float[] x = SMALL.run(updater, 2);
    float[] zero = new float[x.length];
    for (int step = 2; step < 64 * 20; step++) {
      updater.step(x, zero);
    }
    for (String name : updater.checkpoint().tensorNames()) {
      if (!name.contains(":")) {
        for (float value : updater.checkpoint().floats(name)) {
          assertThat(value == 0 || Math.abs(value) >= Float.MIN_NORMAL).as("%s", name).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void allocatesNothing(Rules.Named named) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    DoubleUpdater doubles = SMALL.doubles(named.rule());
    FloatUpdater floats = SMALL.floats(named.rule());
    double[] x = SMALL.run(doubles, 3);
    float[] y = SMALL.run(floats, 3);
    double[] g = SMALL.gradient(3);
    float[] h = SMALL.floatGradient(3);
    // Until it is compiled, the Vector API boxes its vectors. Plain Java allocates nothing, but the
    // first compilation of a method of a class makes the class's string constants on this thread.
    long most = Kernels.name().equals("scalar") ? 5 : 20_000;
    long allocated = 1;
    for (long round = 0; round < most && allocated > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int step = 0; step < STEPS; step++) {
        doubles.step(x, g);
        floats.step(y, h);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(allocated).isZero();
  }
}
