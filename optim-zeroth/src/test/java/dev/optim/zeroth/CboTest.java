package dev.optim.zeroth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.optim.EvaluationException;
import dev.optim.Minimizer;
import dev.optim.Objective;
import dev.optim.Optimizer;
import dev.optim.Result;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.StopReason;
import dev.optim.geometry.ConvexSet;
import dev.optim.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CboTest {

  private static final Start START = Start.uniform(3, -3, 3);

  /** One of each option. */
  static List<Cbo> variants() {
    Cbo cbo = Cbo.standard().withParticles(12);
    return List.of(
        cbo,
        cbo.withNoise(Noise.isotropic(0.5)),
        cbo.withNoise(Noise.anisotropic(10).truncated(2)),
        cbo.withNoise(Noise.covariance(false)).withTimeStep(0.1),
        cbo.withNoise(Noise.covariance(true)).withAlpha(Alpha.constant(1)).withTimeStep(0.1),
        cbo.withAlpha(Alpha.effectiveSampleSize(0.3)),
        cbo.withCorrection(Correction.heaviside()),
        cbo.withCorrection(Correction.regularised(0.1).onNoiseToo()),
        cbo.withMemory(new Memory(0.4, 2)),
        cbo.withMemory(new Memory(0.4, 2)).withDriftFirst(true),
        cbo.withBatch(new MiniBatch(5, false)),
        cbo.withBatch(new MiniBatch(5, true)).withMemory(new Memory(0.4, 2)),
        cbo.withDrift(Drift.adam(0.1, 0.9, 0.99, 1e-8)).withNoise(Noise.anisotropic(5)),
        cbo.withPolarisation(new Polarisation(Polarisation.Kernel.GAUSSIAN, 1, true)),
        cbo.withPolarisation(new Polarisation(Polarisation.Kernel.BALL, 4, false))
            .withCorrection(Correction.heaviside()),
        cbo.within(ConvexSet.box(-2, 2)),
        cbo.reflectedIn(ConvexSet.box(-2, 2)),
        cbo.withPrecision(Precision.SINGLE),
        cbo.withPrecision(Precision.SINGLE).withNoise(Noise.anisotropic(10).truncated(2)),
        cbo.withPrecision(Precision.SINGLE).withMemory(new Memory(0.4, 2)));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theSeedFixesEverything(Cbo cbo) {
    Result once = run(cbo, 5, 60);
    Result again = run(cbo, 5, 60);

    assertThat(again.point()).isEqualTo(once.point());
    assertThat(again.value()).isEqualTo(once.value());
    assertThat(run(cbo, 6, 60).value()).isNotEqualTo(once.value());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void improvesWithMostSeeds(Cbo cbo) {
    assertThat(IntStream.range(0, 10).filter(s -> run(cbo, s, 60).value() < run(cbo, s, 1).value()))
        .hasSizeGreaterThan(5);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theBestPointHasTheBestValue(Cbo cbo) {
    Result result = run(cbo, 5, 60);

    assertThat(Functions.rastrigin(result.point())).isEqualTo(result.value());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void resumesBitForBitBetweenAskAndTell(Cbo cbo) {
    AskTell straight = cbo.open(START, RandomStream.of(5));
    for (int i = 0; i < 17; i++) {
      answer(straight);
    }
    double[][] asked = straight.ask();
    if (asked.length > 1) {
      straight.tell(1, Functions.rastrigin(asked[1])); // one answer is in
    }

    AskTell resumed = cbo.open(START, RandomStream.of(99)); // another seed
    resumed.restore(straight.checkpoint());
    for (AskTell run : List.of(straight, resumed)) {
      double[][] points = run.ask();
      for (int i = points.length - 1; i >= 0; i--) {
        if (i != 1) { // late, and in any order
          run.tell(i, Functions.rastrigin(points[i]));
        }
      }
      for (int i = 0; i < 30; i++) {
        answer(run);
      }
    }

    assertThat(resumed.checkpoint()).isEqualTo(straight.checkpoint());
  }

  @Test
  void aStartWithoutSpreadIsRefused() {
    assertThatThrownBy(() -> Cbo.standard().open(Start.at(1, 2), RandomStream.of(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no spread");
  }

  @Test
  void aStartThatASetBringsToOnePointIsRefused() {
    Cbo cornered = Cbo.standard().within(ConvexSet.box(new double[2], new double[] {0.1, 0.3}));

    assertThatThrownBy(() -> cornered.open(Start.uniform(2, 2, 5), RandomStream.of(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no spread within the set");
  }

  @Test
  void hugeStartsAreRefused() {
    assertThatThrownBy(() -> Cbo.standard().open(Start.uniform(2, 1e9, 2e9), RandomStream.of(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("start is");
  }

  @Test
  void badNumbersNeverWin() {
    Objective holes =
        x -> x[0] < 0 ? Double.NaN : x[1] < 0 ? Double.NEGATIVE_INFINITY : Functions.sphere(x);

    Result result =
        Minimizer.until(Stop.iterations(400)).seed(1).minimize(Cbo.standard(), holes, START);

    assertThat(result.value()).isLessThan(1e-3).isNotNegative();
    assertThat(result.point()[0]).isNotNegative();
  }

  @Test
  void allValuesBadEndsTheRunAndMovesNothing() {
    AskTell run = Cbo.standard().open(START, RandomStream.of(0));
    Run evaluated = new EvaluatedRun(run, x -> Double.NaN);
    double[][] before = run.ask();

    assertThat(evaluated.advance()).contains(StopReason.NON_FINITE);
    assertThat(evaluated.advance()).contains(StopReason.NON_FINITE);
    assertThat(evaluated.iterate().iteration()).isZero();
    assertThat(((CboEngine) run.engine()).particles()).isDeepEqualTo(before);
    assertThat(run.ask()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void allValuesBadIsSaidByEveryVariant(Cbo variant) {
    Result result = Minimizer.until(Stop.iterations(100)).minimize(variant, x -> Double.NaN, START);

    assertThat(result.reason()).isEqualTo(StopReason.NON_FINITE);
    assertThat(result.evaluations().values()).isBetween(12L, 20L); // of each particle, about
  }

  @Test
  void whoCollapsesWhereParticlesAreHeldHasDiverged() {
    Result result =
        Minimizer.until(Stop.iterations(10_000))
            .seed(1)
            .minimize(Cbo.standard(), x -> -x[0], Start.uniform(1, -2, 2));

    assertThat(result.reason()).isEqualTo(StopReason.DIVERGED);
    assertThat(result.point()).containsExactly(Cbo.REACH);
  }

  @Test
  void anExceptionLeavesTheRunAsItWas() {
    AtomicInteger calls = new AtomicInteger();
    Objective sometimes =
        x -> {
          if (calls.incrementAndGet() == 130) {
            throw new IllegalStateException("broken");
          }
          return Functions.rastrigin(x);
        };
    Run run = Cbo.standard().start(sometimes, START, RandomStream.of(4));
    Run undisturbed = Cbo.standard().start(Functions::rastrigin, START, RandomStream.of(4));
    int thrown = 0;
    while (run.iterate().iteration() < 20) {
      try {
        run.advance();
      } catch (EvaluationException e) {
        thrown++;
      }
    }
    while (undisturbed.iterate().iteration() < 20) {
      undisturbed.advance();
    }

    assertThat(thrown).isEqualTo(1);
    assertThat(run.checkpoint()).isEqualTo(undisturbed.checkpoint());
  }

  @Test
  void anObjectiveThatChangesItsPointsDoesNoHarm() {
    Objective vandal =
        x -> {
          double value = Functions.rastrigin(x);
          Arrays.fill(x, Double.NaN);
          return value;
        };
    Result result =
        Minimizer.until(Stop.iterations(60)).seed(5).minimize(variants().get(0), vandal, START);

    assertThat(result.value()).isEqualTo(run(variants().get(0), 5, 60).value());
  }

  @Test
  void aCollapsedPopulationEndsTheRun() {
    Result result = run(Cbo.standard().withNoise(Noise.anisotropic(1)), 3, 100_000);

    assertThat(result.reason()).isEqualTo(StopReason.COLLAPSED);
    assertThat(result.iterations()).isLessThan(5000);
    // the last one counts, too
    assertThat(result.evaluations().values()).isEqualTo(40 * result.iterations());
  }

  @Test
  void aFailedParticleHasNoWeight() {
    double[] weights = new double[3];
    for (double alpha : new double[] {0, 1, 1e15}) {
      assertThat(Weights.of(new double[] {2, Double.POSITIVE_INFINITY, 2}, 3, alpha, weights))
          .isTrue();
      assertThat(weights).containsExactly(0.5, 0, 0.5);
    }
  }

  @Test
  void equalValuesDrawToTheMean() {
    Result result =
        Minimizer.until(Stop.iterations(10_000))
            .minimize(Cbo.standard().withNoise(Noise.anisotropic(1)), x -> 1.0, START);

    assertThat(result.value()).isEqualTo(1);
    assertThat(result.reason()).isEqualTo(StopReason.COLLAPSED);
  }

  @Test
  void staysWithinItsSet() {
    Cbo cbo = Cbo.standard().within(ConvexSet.l2Ball(0.5));
    Objective f =
        x -> {
          assertThat(Functions.sphere(x)).isLessThan(0.25 + 1e-12);
          return Functions.sphere(new double[] {x[0] - 1, x[1], x[2]});
        };

    Result result = Minimizer.until(Stop.iterations(300)).minimize(cbo, f, START);

    assertThat(result.point()[0]).isCloseTo(0.5, within(1e-3));
  }

  @Test
  void reflectionIsTheMirrorImageInABox() {
    Boundary boundary = new Boundary(ConvexSet.box(-1, 2), true);
    double[] x = {-1.25, 2.5, 0.5, 9};

    boundary.hold(x, x.clone());

    assertThat(x).containsExactly(-0.75, 1.5, 0.5, -1);
    double[] projected = {-1.25, 2.5, 0.5, 9};
    new Boundary(ConvexSet.box(-1, 2), false).hold(projected, projected.clone());
    assertThat(projected).containsExactly(-1, 2, 0.5, 2);
  }

  @Test
  void reflectedParticlesStayInTheirSetAndLeaveItsBoundary() {
    Cbo cbo = Cbo.standard().reflectedIn(ConvexSet.l2Ball(2));
    AskTell run = cbo.open(START, RandomStream.of(3));
    int onTheBoundary = 0;
    for (int i = 0; i < 20; i++) {
      for (double[] x : run.ask()) {
        double squared = Functions.sphere(x);
        assertThat(squared).isLessThan(4 + 1e-9);
        onTheBoundary += squared > 4 - 1e-9 ? 1 : 0;
      }
      answer(run);
    }

    assertThat(onTheBoundary).isLessThan(200); // of 800; 500 and more by projection
  }

  @Test
  void polarisedParticlesFindBothMinima() {
    Objective twoWells = x -> Math.min(Math.abs(x[0] - 2), Math.abs(x[0] + 2));
    Cbo cbo =
        Cbo.standard()
            .withParticles(60)
            .withPolarisation(new Polarisation(Polarisation.Kernel.GAUSSIAN, 0.5, false));
    AskTell run = cbo.open(Start.uniform(1, -4, 4), RandomStream.of(1));
    Run evaluated = new EvaluatedRun(run, twoWells);
    while (evaluated.iterate().iteration() < 400 && run.ended().isEmpty()) {
      evaluated.advance();
    }

    double[][] particles = ((CboEngine) run.engine()).particles();
    assertThat(Stream.of(particles)).anyMatch(x -> Math.abs(x[0] - 2) < 0.05);
    assertThat(Stream.of(particles)).anyMatch(x -> Math.abs(x[0] + 2) < 0.05);
  }

  @Test
  void oneDimensionAndTwoParticlesAreEnough() {
    Cbo cbo = Cbo.standard().withParticles(2);

    Result result =
        Minimizer.until(Stop.iterations(50))
            .minimize(cbo, Functions::sphere, Start.uniform(1, -1, 1));

    assertThat(result.value()).isBetween(0.0, 1.0);
  }

  @Test
  void answersAreCheckedAtTheDoor() {
    AskTell run = Cbo.standard().open(START, RandomStream.of(0));

    assertThatThrownBy(() -> run.tell(new double[39]))
        .hasMessage("values has length 39, expected 40");
    assertThatThrownBy(() -> run.tell(40, 1)).hasMessageContaining("index is 40");
    run.tell(7, 1);
    assertThatThrownBy(() -> run.tell(7, 1)).hasMessageContaining("index is 7");
    assertThatThrownBy(() -> run.tell(new double[40])).hasMessageContaining("39 are not yet");
  }

  @Test
  void checkpointsOfAnotherMethodAreRefused() {
    AskTell run = Cbo.standard().open(START, RandomStream.of(0));
    AskTell other = Cbo.standard().withTimeStep(0.02).open(START, RandomStream.of(0));
    var before = run.checkpoint();

    assertThatThrownBy(() -> run.restore(other.checkpoint()))
        .isInstanceOf(IllegalArgumentException.class);
    AskTell wider = Cbo.standard().open(Start.uniform(4, -3, 3), RandomStream.of(0));
    assertThatThrownBy(() -> run.restore(wider.checkpoint()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(run.checkpoint()).isEqualTo(before);
  }

  @Test
  void settingsAreChecked() {
    Cbo cbo = Cbo.standard();
    assertThatThrownBy(() -> cbo.withParticles(1)).hasMessage("particles is 1, must be at least 2");
    assertThatThrownBy(() -> cbo.withTimeStep(0)).hasMessageContaining("timeStep is 0.0");
    assertThatThrownBy(() -> cbo.withBatch(new MiniBatch(41, true)))
        .hasMessageContaining("batch.size is 41");
    assertThatThrownBy(() -> Noise.anisotropic(Double.NaN)).hasMessageContaining("sigma is NaN");
    assertThatThrownBy(() -> Alpha.growing(1, 0.5, 2)).hasMessageContaining("factor is 0.5");
    assertThatThrownBy(() -> Alpha.effectiveSampleSize(1)).hasMessageContaining("fraction is 1");
    assertThatThrownBy(() -> cbo.withNoise(Noise.covariance(true)).withMemory(new Memory(0.4, 1)))
        .hasMessageContaining("covariance");
  }

  @Test
  void particlesThatTheNoiseDrivesApartAreAWarning() {
    Cbo apart = Cbo.standard().withNoise(Noise.isotropic(10));

    assertThat(run(apart, 5, 60).warnings())
        .singleElement()
        .satisfies(
            warning -> assertThat(warning).hasMessageContaining("of 40 particles are at 1e8"));
    assertThat(run(apart.withPrecision(Precision.SINGLE), 5, 60).warnings()).hasSize(1);
    assertThat(run(Cbo.standard(), 5, 60).warnings()).isEmpty();
  }

  /** The float next to .7 lies below it, outside of the set. */
  @Test
  void particlesInSinglePrecisionAreEvaluatedWithinTheSet() {
    ConvexSet set = ConvexSet.box(0.7, 0.9);
    Cbo single = Cbo.standard().withPrecision(Precision.SINGLE);
    Objective f =
        x -> {
          assertThat(set.contains(x, 0)).isTrue();
          return Functions.sphere(x);
        };
    for (Cbo method : List.of(single.within(set), single.reflectedIn(set))) {
      Result result =
          Minimizer.until(Stop.iterations(50)).minimize(method, f, Start.uniform(3, 0.6, 0.9));

      assertThat(set.contains(result.point(), 0)).isTrue();
      assertThat(result.value()).isCloseTo(3 * 0.7 * 0.7, within(0.05));
    }
  }

  @Test
  void atAlphaZeroABallOfAnyWidthIsThePlainMean() {
    Cbo balls =
        Cbo.standard()
            .withAlpha(Alpha.constant(0))
            .withPolarisation(new Polarisation(Polarisation.Kernel.BALL, 1e-6, true));
    AskTell polarised = balls.open(START, RandomStream.of(5));
    AskTell plain = balls.withPolarisation(null).open(START, RandomStream.of(5));
    answer(polarised);
    answer(plain);

    assertThat(polarised.center()).containsExactly(plain.center(), within(1e-14));
  }

  @Test
  void anIterateSaysWhereItIs() {
    AskTell run = Cbo.standard().open(START, RandomStream.of(5));

    assertThat(run.iterate()).hasToString("iteration 0, best value NaN of 0");
  }

  private static Result run(Optimizer<? super Objective> method, long seed, long iterations) {
    Objective f = Functions::rastrigin;
    return Minimizer.until(Stop.iterations(iterations)).seed(seed).minimize(method, f, START);
  }

  private static void answer(AskTell run) {
    double[][] points = run.ask();
    double[] values = new double[points.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Functions.rastrigin(points[i]);
    }
    if (run.ended().isEmpty()) {
      run.tell(values);
    }
  }
}
