package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.optim.BatchSampler;
import dev.optim.FiniteSum;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.StopReason;
import dev.optim.random.RandomStream;
import dev.optim.schedule.Schedule;
import dev.optim.testing.Quadratic;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import dev.optim.update.MiniBatch;
import dev.optim.update.Parameters;
import dev.optim.update.StepOutcome;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import org.junit.jupiter.api.Test;

class WrapperTest {

  private static final Training LINE = new Training(Parameters.vector(6), 31);
  private static final AdamW ADAM_W = AdamW.of(0.05);

  @Test
  void averagingDoesNotChangeThePath() {
    Averaged averaged = Averaged.exponentially(ADAM_W, 0.9);
    assertThat(LINE.run(LINE.doubles(averaged), 30)).isEqualTo(LINE.run(LINE.doubles(ADAM_W), 30));
  }

  @Test
  void theUniformAverageIsTheMean() {
    DoubleUpdater updater = LINE.doubles(Averaged.uniformly(ADAM_W, 10));
    FloatUpdater floats = LINE.floats(Averaged.uniformly(ADAM_W, 10));
    double[] x = LINE.start();
    double[] sum = new double[x.length];
    double[] average = new double[x.length];
    float[] y = LINE.floatStart();
    float[] floatAverage = new float[y.length];
    for (int t = 1; t <= 30; t++) {
      updater.step(x, LINE.gradient(t - 1));
      updater.evaluationPoint(x, average);
      floats.step(y, LINE.floatGradient(t - 1));
      floats.evaluationPoint(y, floatAverage);
      if (t <= 10) {
        assertThat(average).isEqualTo(x);
      } else {
        for (int i = 0; i < x.length; i++) {
          sum[i] += x[i];
          assertThat(average[i]).isCloseTo(sum[i] / (t - 10), offset(1e-14));
          assertThat((double) floatAverage[i]).isCloseTo(average[i], offset(2e-6));
        }
      }
    }
  }

  @Test
  void theExponentialAverageForgetsAtItsRate() {
    DoubleUpdater updater = LINE.doubles(Averaged.exponentially(ADAM_W, 0.75));
    double[] x = LINE.start();
    double[] expected = new double[x.length];
    double[] average = new double[x.length];
    for (int t = 1; t <= 30; t++) {
      updater.step(x, LINE.gradient(t - 1));
      updater.evaluationPoint(x, average);
      double share = t <= 4 ? 1.0 / t : 0.25;
      for (int i = 0; i < x.length; i++) {
        expected[i] = (1 - share) * expected[i] + share * x[i];
        assertThat(average[i]).isCloseTo(expected[i], offset(1e-14));
      }
    }
  }

  @Test
  void lookaheadGoesBackHalfWayEveryKSteps() {
    DoubleUpdater updater = LINE.doubles(new Lookahead(Sgd.of(0.1), 0.5, 3));
    double[] x = LINE.start();
    double[] slow = LINE.start();
    double[] fast = LINE.start();
    double[] evaluated = new double[x.length];
    for (int t = 1; t <= 12; t++) {
      double[] g = LINE.gradient(t - 1);
      updater.step(x, g);
      for (int i = 0; i < x.length; i++) {
        fast[i] -= 0.1 * g[i];
        if (t % 3 == 0) {
          slow[i] = 0.5 * slow[i] + 0.5 * fast[i];
          fast[i] = slow[i];
        }
        assertThat(x[i]).isCloseTo(fast[i], offset(1e-14));
      }
      updater.evaluationPoint(x, evaluated);
      for (int i = 0; i < x.length; i++) {
        assertThat(evaluated[i]).isCloseTo(slow[i], offset(1e-14));
      }
    }
  }

  @Test
  void sharpnessAwareStepsWithTheGradientUphill() {
    DoubleUpdater updater = LINE.doubles(Sgd.of(0.1));
    SharpnessAware<double[]> sam = new SharpnessAware<>(updater, 0.05);
    double[] x = LINE.start();
    double[] before = x.clone();
    double[] g = LINE.gradient(0);
    sam.climb(x, g);
    double moved = 0;
    double norm = 0;
    for (int i = 0; i < x.length; i++) {
      moved += (x[i] - before[i]) * (x[i] - before[i]);
      norm += g[i] * g[i];
    }
    assertThat(Math.sqrt(moved)).isCloseTo(0.05, offset(1e-15));
    assertThat(x[0]).isCloseTo(before[0] + 0.05 * g[0] / Math.sqrt(norm), offset(1e-15));
    assertThatThrownBy(() -> sam.climb(x, g)).isInstanceOf(IllegalStateException.class);

    double[] there = LINE.gradient(1);
    assertThat(sam.descend(x, there)).isEqualTo(StepOutcome.APPLIED);
    double[] expected = before.clone();
    LINE.doubles(Sgd.of(0.1)).step(expected, there);
    assertThat(x).isEqualTo(expected);
    assertThatThrownBy(() -> sam.descend(x, g)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sharpnessAwareClimbsTheRadiusHoweverSmallTheGradient() {
    SharpnessAware<double[]> sam = new SharpnessAware<>(LINE.doubles(Sgd.of(0.1)), 0.05);
    double[] x = new double[LINE.layout().length()];
    double[] g = new double[x.length];
    g[2] = -1e-30;
    sam.climb(x, g);
    assertThat(x[2]).isCloseTo(-0.05, offset(1e-15));
  }

  @Test
  void aClimbCanBeTakenBack() {
    SharpnessAware<double[]> sam = new SharpnessAware<>(LINE.doubles(Sgd.of(0.1)), 0.05);
    double[] x = LINE.start();
    assertThatThrownBy(() -> sam.cancel(x)).isInstanceOf(IllegalStateException.class);
    sam.climb(x, LINE.gradient(0));
    sam.cancel(x);
    assertThat(x).isEqualTo(LINE.start());
    sam.climb(x, LINE.gradient(0));
  }

  @Test
  void sharpnessAwareStaysWhereTheGradientIsNoGood() {
    for (double bad : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}) {
      SharpnessAware<double[]> sam = new SharpnessAware<>(LINE.doubles(Sgd.of(0.1)), 0.05);
      double[] x = LINE.start();
      double[] g = new double[x.length];
      g[2] = bad;
      sam.climb(x, g);
      assertThat(x).isEqualTo(LINE.start());
    }
  }

  /** The optimizer of mini-batches takes the steps of the loop that a user would write. */
  @Test
  void sharpnessAwareOnMiniBatches() {
    Quadratic sum = new Quadratic(7);
    Start start = Start.at(4, -3, 8);
    UpdatePlan plan = UpdatePlan.of(Sgd.of(0.02).withMomentum(0.9));
    RandomStream random = RandomStream.of(5);
    Run run = plan.miniBatch(2).withSharpnessAware(0.3).start(sum, start, random);

    BatchSampler batches = new BatchSampler(7, 2, random.split("batches"));
    double[] x = {4, -3, 8};
    double[] g = new double[3];
    SharpnessAware<double[]> sam = new SharpnessAware<>(plan.doubles(Parameters.vector(3)), 0.3);
    for (int step = 0; step < 20; step++) {
      assertThat(run.advance()).isEmpty();
      sum.valueAndGradient(x, batches.batch(step), g);
      sam.climb(x, g);
      sum.valueAndGradient(x, batches.batch(step), g);
      sam.descend(x, g);
    }

    double[] point = new double[3];
    run.iterate().copyPoint(point);
    assertThat(point).isEqualTo(x);
    assertThat(run.iterate().evaluations().terms()).isEqualTo(2 * 5 * 7); // five epochs
    Run plain = plan.miniBatch(2).start(sum, start, random);
    assertThatThrownBy(() -> plain.restore(run.checkpoint())).hasMessageContaining("radius");
    assertThatThrownBy(() -> plan.miniBatch(2).withSharpnessAware(0))
        .hasMessageContaining("radius");
  }

  /** Half the squared distance to 0, which cannot be evaluated farther than 4 from there. */
  private static FiniteSum bowl() {
    return new FiniteSum() {
      @Override
      public int terms() {
        return 3;
      }

      @Override
      public double valueAndGradient(double[] x, int[] batch, double[] out) {
        System.arraycopy(x, 0, out, 0, 2);
        double squared = x[0] * x[0] + x[1] * x[1];
        return squared > 16 ? Double.NaN : squared / 2;
      }

      @Override
      public void gradient(double[] x, double[] out) {
        valueAndGradient(x, new int[] {0}, out);
      }

      @Override
      public double value(double[] x) {
        return valueAndGradient(x, new int[] {0}, new double[2]);
      }
    };
  }

  @Test
  void sharpnessAwareSkipsABatchWhoseLossUphillIsNoNumber() {
    Run run =
        UpdatePlan.of(Sgd.of(0.1))
            .miniBatch(1)
            .withSharpnessAware(2)
            .start(bowl(), Start.at(3, 0), RandomStream.of(1));
    for (int batch = 0; batch < 3; batch++) {
      assertThat(run.advance()).isEmpty();
      assertThat(run.iterate().metric(MiniBatch.BATCH_VALUE)).isEqualTo(4.5);
    }
    assertThat(run.advance()).contains(StopReason.NON_FINITE);
    double[] point = new double[2];
    run.iterate().copyPoint(point);
    assertThat(point).containsExactly(3, 0);
  }

  @Test
  void sharpnessAwareRunsStayAtAMinimumAndNearIt() {
    for (double start : new double[] {0, 1e-310, 1e-300}) {
      Run run =
          UpdatePlan.of(Sgd.of(0.1))
              .miniBatch(1)
              .withSharpnessAware(1)
              .start(bowl(), Start.at(start, 0), RandomStream.of(1));
      for (int batch = 0; batch < 10; batch++) {
        assertThat(run.advance()).isEmpty();
      }
      double[] point = new double[2];
      run.iterate().copyPoint(point);
      assertThat(point[0]).isBetween(0.0, start);
      assertThat(run.iterate().evaluations().terms()).isEqualTo(10);
    }
  }

  @Test
  void sharpnessAwareDoesNotClimbAGradientTooTinyForFloats() {
    FloatUpdater updater = UpdatePlan.of(Sgd.of(0.1)).floats(Parameters.vector(2));
    SharpnessAware<float[]> sam = new SharpnessAware<>(updater, 0.05);
    float[] x = {1, 1};
    sam.climb(x, new float[] {1e-40f, 0});
    assertThat(x).containsExactly(1, 1);
  }

  /** Groups of different memory side by side: each wrapper finds its own vector. */
  @Test
  void wrappersOfSomeTensorsOnly() {
    Parameters layout = Parameters.builder().add("a", 4).add("b", 4).build();
    Training training = new Training(layout, 2);
    UpdateRule averaged = Averaged.exponentially(Sgd.of(0.1), 0.5);
    DoubleUpdater updater = UpdatePlan.of(Adan.of(0.1)).withRule("b", averaged).doubles(layout);
    double[] x = training.run(updater, 5);
    double[] sgd = training.run(training.doubles(Sgd.of(0.1)), 5);
    double[] adan = training.run(training.doubles(Adan.of(0.1)), 5);
    double[] mean = new double[8];
    updater.evaluationPoint(x, mean);
    for (int i = 0; i < 4; i++) {
      assertThat(x[i]).isEqualTo(adan[i]);
      assertThat(x[4 + i]).isEqualTo(sgd[4 + i]);
      assertThat(mean[i]).isEqualTo(x[i]);
      assertThat(mean[4 + i]).isNotEqualTo(x[4 + i]);
    }
  }

  @Test
  void anAverageThatNeverBeginsIsThePoint() {
    DoubleUpdater updater = LINE.doubles(Averaged.uniformly(ADAM_W, Long.MAX_VALUE));
    double[] x = LINE.run(updater, 3);
    double[] average = new double[x.length];
    updater.evaluationPoint(x, average);
    assertThat(average).isEqualTo(x);
  }

  /** Several of a kind, one inside the other, keep their vectors apart, in a checkpoint too. */
  @Test
  void wrappersOfWrappers() {
    UpdateRule nested =
        Averaged.uniformly(
            Averaged.exponentially(Lookahead.of(Lookahead.of(Lookahead.of(ADAM_W))), 0.5), 0);
    assertThat(nested.state())
        .containsExactly("m", "v", "slow", "slow2", "slow3", "average", "average2");
    DoubleUpdater updater = LINE.doubles(nested);
    double[] x = LINE.run(updater, 7);
    DoubleUpdater resumed = LINE.doubles(nested);
    resumed.restore(updater.checkpoint());
    double[] y = x.clone();
    updater.step(x, LINE.gradient(7));
    resumed.step(y, LINE.gradient(7));
    assertThat(y).isEqualTo(x);
    assertThat(resumed.checkpoint()).isEqualTo(updater.checkpoint());
  }

  /** A refusal leaves the climb as it is: the right call may still follow. */
  @Test
  void sharpnessAwareRefusesWrongArrays() {
    SharpnessAware<double[]> sam = new SharpnessAware<>(LINE.doubles(Sgd.of(0.1)), 0.05);
    double[] x = LINE.start();
    double[] g = LINE.gradient(0);
    assertThatThrownBy(() -> sam.climb(x, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("gradient");
    assertThatThrownBy(() -> sam.climb(x, x)).hasMessageContaining("one array");
    assertThat(x).isEqualTo(LINE.start());
    sam.climb(x, g);
    double[] climbed = x.clone();
    assertThatThrownBy(() -> sam.descend(x, new double[3])).hasMessageContaining("gradient");
    assertThatThrownBy(() -> sam.descend(x, x)).hasMessageContaining("one array");
    assertThat(x).isEqualTo(climbed);
    assertThat(sam.descend(x, g)).isEqualTo(StepOutcome.APPLIED);
    double[] expected = LINE.start();
    LINE.doubles(Sgd.of(0.1)).step(expected, g);
    assertThat(x).isEqualTo(expected);
  }

  /** Its parameters are where gradients are taken; their mean, or a jump of them, is nothing. */
  @Test
  void refusesToGoAroundScheduleFree() {
    for (UpdateRule rule : new UpdateRule[] {ScheduleFreeSgd.of(1), ScheduleFreeAdamW.of(1)}) {
      assertThatThrownBy(() -> Lookahead.of(rule))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rule is " + rule);
      assertThatThrownBy(() -> Averaged.uniformly(rule, 0)).hasMessageContaining("rule is " + rule);
      Averaged inside = Averaged.uniformly(Muon.of(1).withOthers(rule), 0);
      assertThatThrownBy(() -> LINE.doubles(inside)).hasMessageContaining("rule is " + rule);
    }
  }

  @Test
  void refusesWhatMakesNoSense() {
    Muon muon = Muon.of(0.1);
    assertThatThrownBy(() -> muon.withOthers(muon))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("others is Muon");
    assertThatThrownBy(() -> Averaged.exponentially(ADAM_W, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("decay");
    assertThatThrownBy(() -> Averaged.uniformly(ADAM_W, -1)).hasMessageContaining("after");
    assertThatThrownBy(() -> new Lookahead(ADAM_W, 0, 5)).hasMessageContaining("alpha");
    assertThatThrownBy(() -> new Lookahead(ADAM_W, 0.5, 0)).hasMessageContaining("k is 0");
    assertThatThrownBy(() -> new SharpnessAware<>(LINE.doubles(ADAM_W), 0))
        .hasMessageContaining("radius");
    assertThat(Lookahead.of(ADAM_W.withStepSize(Schedule.constant(1))).stepSize().at(0))
        .isEqualTo(1);
  }
}
