package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import dev.optim.update.Bfloat16;
import dev.optim.update.FloatUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.StepOutcome;
import dev.optim.update.UpdatePlan;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every rule of the list keeps with state and parameters in bfloat16. */
class RuleBfloat16Test {

  private static final int STEPS = 12;
  private static final Training SMALL = Training.SMALL;
  private static final Training LARGE = Training.LARGE;

  private static UpdatePlan plan(Rules.Named named) {
    return UpdatePlan.of(named.rule()).withBfloat16State();
  }

  private static short[] run(Training training, FloatUpdater updater, int steps) {
    short[] x = Bfloat16.nearest(training.floatStart());
    for (int step = 0; step < steps; step++) {
      assertThat(updater.step(x, training.floatGradient(step))).isEqualTo(StepOutcome.APPLIED);
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void givesTheSameBitsOnAnyNumberOfThreads(Rules.Named named) {
    short[] x = run(LARGE, plan(named).floats(LARGE.layout()), 2);
    for (int threads : new int[] {2, 3, 8}) {
      FloatUpdater updater = plan(named).withThreads(threads).floats(LARGE.layout());
      assertThat(Arrays.equals(run(LARGE, updater, 2), x)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void goesOnFromACheckpointBitForBit(Rules.Named named) {
    FloatUpdater uninterrupted = plan(named).floats(SMALL.layout());
    short[] expected = run(SMALL, uninterrupted, STEPS);
    for (int stop = 0; stop < STEPS; stop += 3) {
      FloatUpdater first = plan(named).floats(SMALL.layout());
      short[] x = run(SMALL, first, stop);
      FloatUpdater second = plan(named).floats(SMALL.layout());
      second.restore(first.checkpoint());
      for (int step = stop; step < STEPS; step++) {
        second.step(x, SMALL.floatGradient(step));
      }
      assertThat(x).isEqualTo(expected);
      assertThat(second.checkpoint()).isEqualTo(uninterrupted.checkpoint());
    }
  }

  /** Over many elements the rounding is a small noise around the path in single precision. */
  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void staysNearSinglePrecision(Rules.Named named) {
    float[] start = Bfloat16.toFloats(Bfloat16.nearest(SMALL.floatStart()));
    float[] exact = start.clone();
    float[] narrowState = start.clone();
    short[] narrow = Bfloat16.nearest(start);
    FloatUpdater wide = SMALL.floats(named.rule());
    FloatUpdater stateOnly = plan(named).floats(SMALL.layout());
    FloatUpdater both = plan(named).floats(SMALL.layout());
    for (int step = 0; step < STEPS; step++) {
      float[] g = SMALL.floatGradient(step);
      wide.step(exact, g);
      stateOnly.step(narrowState, g);
      both.step(narrow, g);
    }
    assertThat(narrow).isNotEqualTo(Bfloat16.nearest(start));
    assertThat(distance(narrowState, exact)).isLessThan(0.02);
    assertThat(distance(Bfloat16.toFloats(narrow), exact)).isLessThan(0.03);
  }

  /** The root of the mean square of the differences. */
  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum / a.length);
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void refusesABadGradientWithNothingChanged(Rules.Named named) {
    FloatUpdater updater = plan(named).floats(SMALL.layout());
    short[] x = run(SMALL, updater, 3);
    short[] before = x.clone();
    Checkpoint state = updater.checkpoint();
    for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, Float.MAX_VALUE}) {
      float[] g = SMALL.floatGradient(3);
      g[SMALL.layout().tensor("tall").offset()] = bad;
      assertThat(updater.step(x, g)).isEqualTo(StepOutcome.SKIPPED);
      assertThat(x).isEqualTo(before);
    }
    for (String tensor : state.tensorNames()) {
      if (!tensor.contains(":")) {
        assertThat(updater.checkpoint().bfloat16s(tensor)).isEqualTo(state.bfloat16s(tensor));
      }
    }
    updater.step(x, SMALL.floatGradient(3));
    assertThat(x).isEqualTo(run(SMALL, plan(named).floats(SMALL.layout()), 4));
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void saysWhereToEvaluate(Rules.Named named) {
    FloatUpdater narrow = plan(named).floats(SMALL.layout());
    FloatUpdater wide = SMALL.floats(named.rule());
    float[] out = new float[SMALL.layout().length()];
    float[] expected = new float[out.length];
    narrow.evaluationPoint(run(SMALL, narrow, STEPS), out);
    wide.evaluationPoint(SMALL.run(wide, STEPS), expected);
    assertThat(distance(out, expected)).isLessThan(0.03);
  }

  /**
   * Steps of 1e-4 from a weight of 1, whose neighbours are 1/256 and 1/128 away: plain rounding
   * never moves it.
   */
  @Test
  void lionMovesAWeightOfOneByTheRightAmountOnAverage() {
    assertThat(Bfloat16.toFloat(Bfloat16.nearest(1 - 1e-4f))).isEqualTo(1);

    Parameters layout = Parameters.vector(10_000);
    FloatUpdater updater = UpdatePlan.of(Lion.of(1e-4)).floats(layout);
    float[] ones = new float[layout.length()];
    Arrays.fill(ones, 1);
    short[] x = Bfloat16.nearest(ones);
    for (int step = 0; step < 1000; step++) {
      updater.step(x, ones);
    }
    double mean = 0;
    double largest = 0;
    for (short bits : x) {
      double value = Bfloat16.toFloat(bits);
      mean += value / x.length;
      largest = Math.max(largest, Math.abs(value - 0.9));
    }
    // one weight is off by 0.02 as a rule, their mean by 0.0002
    assertThat(mean).isBetween(0.899, 0.901);
    assertThat(largest).isBetween(0.04, 0.12);
  }

  @Test
  void differentSeedsAndElementsRoundIndependently() {
    Parameters layout = Parameters.vector(4096);
    float[] g = new float[layout.length()];
    RandomStream.of(1).fillGaussian(g);
    short[] first = new short[g.length];
    short[] second = new short[g.length];
    UpdatePlan.of(Sgd.of(0.01)).floats(layout).step(first, g);
    UpdatePlan.of(Sgd.of(0.01)).withRoundingSeed(1).floats(layout).step(second, g);
    int differ = 0;
    for (int i = 0; i < g.length; i++) {
      differ += first[i] == second[i] ? 0 : 1;
    }
    // two roundings of one value differ with probability 2 p (1 - p), a third on average over p
    assertThat(differ).isBetween(1200, 1530);
  }
}
