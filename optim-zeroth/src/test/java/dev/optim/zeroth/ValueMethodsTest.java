package dev.optim.zeroth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.optim.Minimizer;
import dev.optim.Objective;
import dev.optim.Result;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.StopReason;
import dev.optim.geometry.ConvexSet;
import dev.optim.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every method that uses values promises, and what each of them is known for. */
class ValueMethodsTest {

  private static final Start START = Start.uniform(4, -2, 2);

  /** |x - (.3, .3)|^2. */
  private static final Objective CENTRED =
      x -> (x[0] - 0.3) * (x[0] - 0.3) + (x[1] - 0.3) * (x[1] - 0.3);

  static List<ValueMethod> methods() {
    return List.of(
        Cbo.standard(),
        NelderMead.ofSize(0.5),
        CmaEs.standard(0.5),
        CmaEs.standard(0.5).separately().withPopulation(20),
        new Spsa(0.5, 0.1, 20, null),
        new ZoSgd(5, 0.01, 0.02),
        new GldFast(2, 4),
        new Restarts(Cbo.standard(), NelderMead.ofSize(0.1), 20, 0.01),
        new Restarts(CmaEs.standard(0.5), null, 50, 1e-3),
        new Restarts(CmaEs.standard(0.5), null, 10, 1e-3).withGrowth(2),
        ConsensusHopping.of(30, 100, 0.3).withCooling(0.9, 5),
        new RankSgdOnValues(new RankSgd(8, 8, 0.01, RankingSteps.lineSearch(0.3, 5))),
        new IndependentRuns(NelderMead.ofSize(0.5), 3),
        new IndependentRuns(Cbo.standard().withParticles(15), 2));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void minimisesASphere(ValueMethod method) {
    Result result = run(method, Functions::sphere, 2000);

    assertThat(result.value()).isLessThan(0.05);
    assertThat(Functions.sphere(result.point())).isEqualTo(result.value());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theSeedFixesEverything(ValueMethod method) {
    Result once = run(method, Functions::rastrigin, 500);

    assertThat(run(method, Functions::rastrigin, 500).point()).isEqualTo(once.point());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void resumesBitForBitBetweenAskAndTell(ValueMethod method) {
    AskTell straight = method.open(START, RandomStream.of(5));
    for (int i = 0; i < 120; i++) {
      answer(straight);
    }
    AskTell resumed = method.open(START, RandomStream.of(99));
    resumed.restore(straight.checkpoint());
    for (int i = 0; i < 120; i++) {
      answer(straight);
      answer(resumed);
    }

    assertThat(resumed.checkpoint()).isEqualTo(straight.checkpoint());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void badNumbersNeverWin(ValueMethod method) {
    Objective holes =
        x -> x[0] < -0.5 ? Double.NaN : x[1] < -1 ? Double.NEGATIVE_INFINITY : Functions.sphere(x);

    Result result = run(method, holes, 1000);

    assertThat(result.value() >= 0 || Double.isNaN(result.value())).isTrue();
    assertThat(result.point()).doesNotContain(Double.NaN);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void nothingButBadNumbersIsSaid(ValueMethod method) {
    Result result = run(method, x -> Double.NaN, 5000);

    assertThat(result.reason()).isEqualTo(StopReason.NON_FINITE);
    assertThat(result.evaluations().values()).isLessThan(1500);
    assertThat(result.value()).isNaN();
    assertThat(Arrays.stream(result.point())).allMatch(Double::isFinite);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void oneVariableIsEnough(ValueMethod method) {
    Result result =
        Minimizer.until(Stop.values(3000))
            .minimize(method, Functions::sphere, Start.uniform(1, 1, 2));

    assertThat(result.value()).isLessThan(0.1);
  }

  @Test
  void nelderMeadSolvesRosenbrock() {
    for (int d : new int[] {2, 5, 10}) {
      Result result =
          Minimizer.until(Stop.values(20_000))
              .minimize(
                  NelderMead.ofSize(0.5),
                  Functions::rosenbrock,
                  Start.gaussian(new double[d], 0.1));

      assertThat(result.value()).as("d = %s", d).isLessThan(1e-12);
      assertThat(result.reason()).isEqualTo(StopReason.CONVERGED);
    }
  }

  @Test
  void nelderMeadStaysInItsBounds() {
    NelderMead method = new NelderMead(0.5, 1e-10, ConvexSet.box(-1, 0.5));
    Objective f =
        x -> {
          for (double v : x) {
            assertThat(v).isBetween(-1.0, 0.5);
          }
          return Functions.rosenbrock(x);
        };
    Result result = Minimizer.until(Stop.values(5000)).minimize(method, f, Start.at(-0.5, 0.3));

    assertThat(result.point()[0]).isCloseTo(0.5, within(1e-6));
    assertThat(result.point()[1]).isCloseTo(0.25, within(1e-6));
  }

  /** From a bound or a corner, where the set undoes edges in one of their directions. */
  @Test
  void nelderMeadLeavesTheBoundaryItStartsFrom() {
    NelderMead method = new NelderMead(0.3, 1e-10, ConvexSet.box(0.1, 0.7));
    for (Start start : List.of(Start.at(0.7, 0.4), Start.at(0.7, 0.7), Start.at(0.1, 0.7))) {
      Result result = Minimizer.until(Stop.values(5000)).minimize(method, CENTRED, start);

      assertThat(result.reason()).isEqualTo(StopReason.CONVERGED);
      assertThat(result.value()).isLessThan(1e-15);
    }
  }

  @Test
  void nelderMeadMovesWithinASetWithoutExtentAlongAnAxis() {
    ConvexSet line = ConvexSet.box(new double[] {0.5, -1}, new double[] {0.5, 1});
    Result result =
        Minimizer.until(Stop.values(5000))
            .minimize(new NelderMead(0.3, 1e-10, line), CENTRED, Start.at(0.5, 1));

    assertThat(result.point()[1]).isCloseTo(0.3, within(1e-6));
  }

  @Test
  void spsaEvaluatesPointsOfItsSetOnly() {
    for (ConvexSet set : List.of(ConvexSet.box(0.1, 0.7), ConvexSet.l2Ball(0.8))) {
      Objective f =
          x -> {
            assertThat(set.contains(x, 0)).isTrue();
            return CENTRED.value(x);
          };
      Result result =
          Minimizer.until(Stop.iterations(1000))
              .minimize(new Spsa(0.2, 0.1, 20, set), f, Start.at(2, -1));

      assertThat(result.value()).isLessThan(0.02);
    }
  }

  @Test
  void setsOfAnotherDimensionAreRefusedAtTheStart() {
    ConvexSet plane = ConvexSet.box(new double[2], new double[] {1, 1});
    for (ValueMethod method :
        List.of(
            new Spsa(1, 1, 1, plane), new NelderMead(1, 0, plane), Cbo.standard().within(plane))) {
      assertThatThrownBy(() -> method.open(Start.uniform(3, 0, 1), RandomStream.of(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** The published cost to 1e-10 from a step size of 0.5: about 1700 values, and 6000. */
  @Test
  void cmaEsHasItsPublishedCost() {
    double sphere = medianCost(CmaEs.standard(0.5), Functions::sphere);
    double rosenbrock = medianCost(CmaEs.standard(0.5), Functions::rosenbrock);

    assertThat(sphere).isBetween(1300.0, 2200.0);
    assertThat(rosenbrock).isBetween(4000.0, 9000.0);
  }

  /** Rotations do not matter to the full matrix, ill-conditioning to neither. */
  @Test
  void cmaEsAdaptsToScales() {
    Objective ellipsoid =
        x -> {
          double sum = 0;
          for (int i = 0; i < x.length; i++) {
            sum += Math.pow(1e6, i / (x.length - 1.0)) * x[i] * x[i];
          }
          return sum;
        };

    assertThat(medianCost(CmaEs.standard(0.5), ellipsoid)).isLessThan(9000);
    assertThat(medianCost(CmaEs.standard(0.5).separately(), ellipsoid)).isLessThan(6000);
  }

  @Test
  void cmaEsStaysInItsSet() {
    CmaEs method = CmaEs.standard(0.5).within(ConvexSet.l2Ball(1));
    Objective f = x -> Functions.sphere(new double[] {x[0] - 2, x[1]});
    Result result = Minimizer.until(Stop.values(5000)).minimize(method, f, Start.at(0, 0));

    assertThat(result.point()[0]).isCloseTo(1, within(1e-4));
  }

  @Test
  void zoSgdThatDivergesEndsWithAReason() {
    Result result =
        Minimizer.until(Stop.iterations(100_000))
            .minimize(new ZoSgd(5, 0.01, 10), x -> Math.exp(Functions.sphere(x)), START);

    assertThat(result.reason()).isEqualTo(StopReason.NON_FINITE);
    assertThat(Double.isFinite(result.value())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void flatAndUnboundedFunctionsEndInBoundedTime(ValueMethod method) {
    Result flat = run(method, x -> 3, 1000);
    Result unbounded = run(method, x -> x[0], 1000);

    assertThat(flat.value()).isEqualTo(3);
    assertThat(unbounded.value()).isLessThan(0);
    assertThat(Arrays.stream(unbounded.point())).allMatch(Double::isFinite);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void whoRunsAwayHasNotConverged(ValueMethod method) {
    for (Objective f :
        List.<Objective>of(
            x -> -x[0],
            x -> x[1] * x[1] - x[0],
            x -> -Math.exp(x[0]),
            x -> -Functions.sphere(x),
            x -> -Math.log1p(x[0] * x[0]))) {
      assertThat(run(method, f, 20_000).reason().converged()).isFalse();
    }
  }

  @Test
  void aFunctionWithoutMinimumIsNamed() {
    for (ValueMethod method :
        List.of(
            NelderMead.ofSize(0.5),
            CmaEs.standard(0.5),
            new IndependentRuns(NelderMead.ofSize(0.5), 2))) {
      assertThat(run(method, x -> -x[0], 50_000).reason()).isEqualTo(StopReason.DIVERGED);
      assertThat(run(method, x -> -Math.exp(x[0]), 50_000).reason()).isEqualTo(StopReason.DIVERGED);
    }
  }

  @Test
  void farMinimaOfFarStartsAreMinima() {
    Result result =
        Minimizer.until(Stop.values(5000))
            .minimize(NelderMead.ofSize(1e14), x -> Math.abs(x[0] - 3e15), Start.at(1e15));

    assertThat(result.reason()).isEqualTo(StopReason.CONVERGED);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theCenterIsNearTheMinimumToo(ValueMethod method) {
    AskTell run = method.open(START, RandomStream.of(3));
    run.center()[0] = Double.NaN; // a copy
    while (run.ended().isEmpty() && run.iterate().evaluations().values() < 2000) {
      double[][] points = run.ask();
      run.tell(Arrays.stream(points).mapToDouble(Functions::sphere).toArray());
    }

    if (!(method instanceof Restarts)) { // whose new round has just begun, perhaps
      assertThat(Functions.sphere(run.center())).isLessThan(0.2);
    }
    assertThat(run.center()).doesNotContain(Double.NaN);
  }

  @Test
  void warningsOfWhatRunsWithinAreTheRuns() {
    Cbo apart = Cbo.standard().withNoise(Noise.isotropic(10));
    Restarts restarts = new Restarts(apart, NelderMead.ofSize(0.1), 60, 0.01);
    AskTell searching = restarts.open(START, RandomStream.of(5));
    AskTell beside = new IndependentRuns(apart, 2).open(START, RandomStream.of(5));
    for (int i = 0; i < 60; i++) {
      answer(searching);
      answer(beside);
    }

    assertThat(beside.warnings()).hasSize(2);
    assertThat(searching.warnings()).singleElement().asString().contains("particles are at 1e8");

    while (searching.ask().length == apart.particles()) {
      answer(searching);
    }
    AskTell polishing = restarts.open(START, RandomStream.of(0));
    polishing.restore(searching.checkpoint());

    assertThat(polishing.warnings()).singleElement().asString().contains("round 0: ");
  }

  @Test
  void independentRunsAreThoseOfTheirStreams() {
    Cbo cbo = Cbo.standard().withParticles(10);
    AskTell both = new IndependentRuns(cbo, 2).open(START, RandomStream.of(6));
    List<AskTell> apart =
        List.of(
            cbo.open(START, RandomStream.of(6).split(0)),
            cbo.open(START, RandomStream.of(6).split(1)));
    for (int i = 0; i < 50; i++) {
      assertThat(both.ask()).hasDimensions(20, 4);
      answer(both);
      apart.forEach(ValueMethodsTest::answer);
    }

    double best = Math.min(apart.get(0).iterate().value(), apart.get(1).iterate().value());
    assertThat(both.iterate().value()).isEqualTo(best);
    assertThat(both.iterate().evaluations().values()).isEqualTo(1000);
    assertThat(both.iterate().iteration()).isEqualTo(50);
  }

  @Test
  void independentRunsEndWithTheLast() {
    Result result =
        Minimizer.until(Stop.values(100_000))
            .minimize(
                new IndependentRuns(NelderMead.ofSize(0.5), 4),
                Functions::rastrigin,
                Start.uniform(2, -3, 3));
    double alone =
        Minimizer.until(Stop.values(100_000))
            .minimize(NelderMead.ofSize(0.5), Functions::rastrigin, Start.uniform(2, -3, 3))
            .value();

    assertThat(result.reason()).isEqualTo(StopReason.CONVERGED);
    assertThat(result.value()).isLessThan(alone);
  }

  /** Where the usual population fails, restarts with ever larger ones find the minimum. */
  @Test
  void cmaEsWithGrowingPopulationsSolvesRastrigin() {
    int plain = 0;
    int growing = 0;
    for (int seed = 0; seed < 5; seed++) {
      Minimizer minimizer = Minimizer.until(Stop.target(1e-8).or(Stop.values(200_000))).seed(seed);
      Start start = Start.uniform(10, -5, 5);
      CmaEs once = CmaEs.standard(2);
      Restarts restarts = new Restarts(once, null, 50, 1e-6).withGrowth(2);
      plain += minimizer.minimize(once, Functions::rastrigin, start).value() < 1e-6 ? 1 : 0;
      growing += minimizer.minimize(restarts, Functions::rastrigin, start).value() < 1e-6 ? 1 : 0;
    }

    assertThat(plain).isZero();
    assertThat(growing).isEqualTo(5);
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> new Restarts(NelderMead.ofSize(1), null, 5, 0.1, 2))
        .hasMessageContaining("growth is 2.0");
    assertThatThrownBy(() -> new IndependentRuns(Cbo.standard(), 0))
        .hasMessageContaining("runs is 0");
    assertThatThrownBy(() -> ConsensusHopping.of(0, 1, 1)).hasMessageContaining("particles is 0");
    assertThatThrownBy(() -> ConsensusHopping.of(5, 1, 1).withCooling(1.1, 1))
        .hasMessageContaining("cooling is 1.1");
    assertThatThrownBy(() -> NelderMead.ofSize(0)).hasMessageContaining("size is 0");
    assertThatThrownBy(() -> CmaEs.standard(-1)).hasMessageContaining("sigma is -1");
    assertThatThrownBy(() -> CmaEs.standard(1).withPopulation(1))
        .hasMessage("population is 1, must be 0 or at least 2");
    assertThatThrownBy(() -> new GldFast(1, 1)).hasMessageContaining("condition is 1");
    assertThatThrownBy(() -> new ZoSgd(0, 1, 1)).hasMessageContaining("directions is 0");
    assertThatThrownBy(() -> new Spsa(1, 0, 1, null)).hasMessageContaining("perturbation is 0");
    assertThatThrownBy(() -> new Restarts(Cbo.standard(), null, 0, 0.1))
        .hasMessageContaining("patience is 0");
  }

  private static double medianCost(ValueMethod method, Objective f) {
    double[] costs = new double[7];
    for (int seed = 0; seed < costs.length; seed++) {
      Result result =
          Minimizer.until(Stop.target(1e-10).or(Stop.values(30_000)))
              .seed(seed)
              .minimize(method, f, Start.uniform(10, -2, 2));
      costs[seed] = result.evaluations().values();
    }
    Arrays.sort(costs);
    return costs[3];
  }

  private static Result run(ValueMethod method, Objective f, long values) {
    return Minimizer.until(Stop.values(values)).seed(3).minimize(method, f, START);
  }

  private static void answer(AskTell run) {
    double[][] points = run.ask();
    double[] values = Arrays.stream(points).mapToDouble(Functions::rastrigin).toArray();
    if (run.ended().isEmpty()) {
      run.tell(values);
    }
  }
}
