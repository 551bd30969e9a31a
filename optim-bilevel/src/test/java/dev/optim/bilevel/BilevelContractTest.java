package dev.optim.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.optim.EvaluationException;
import dev.optim.Iterate;
import dev.optim.Minimizer;
import dev.optim.Result;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.StopReason;
import dev.optim.observe.Trace;
import dev.optim.random.RandomStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every bilevel method keeps to, whatever it does. */
class BilevelContractTest {

  private static final Start START = Start.at(1, 1.5);
  private static final BilevelProblem PROBLEM = BilevelMethods.problem();

  static List<BilevelMethods.Case> methods() {
    return BilevelMethods.all();
  }

  private static Run run(BilevelMethods.Case method, BilevelProblem problem) {
    return method.method().start(problem, START, RandomStream.of(5));
  }

  private static Result result(BilevelMethods.Case method, BilevelProblem problem, int iterations) {
    return Minimizer.minimize(method.method(), problem, START, Stop.iterations(iterations));
  }

  /** The problem with another upper level, on the same lower level. */
  private static BilevelProblem with(UnaryOperator<LevelObjective> change) {
    return BilevelProblem.of(BilevelMethods.N, BilevelMethods.N)
        .upper(change.apply(PROBLEM.upper()))
        .lower(PROBLEM.lower())
        .build();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void reachesTheSolutionFromTheUpperVariablesAlone(BilevelMethods.Case method) {
    Result result = result(method, PROBLEM, method.iterations()).orThrow();
    assertThat(result.warnings()).isEmpty();
    for (double coordinate : result.point()) {
      assertThat(coordinate).isCloseTo(0.5, within(0.03));
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void tellsObserversOfEveryIterateWithItsMetrics(BilevelMethods.Case method) {
    Trace trace = new Trace();
    Minimizer.until(Stop.iterations(10))
        .observedBy(trace)
        .minimize(method.method(), PROBLEM, START);
    assertThat(trace.iterates()).hasSize(11);
    long spent = -1;
    for (Iterate iterate : trace.iterates()) {
      assertThat(iterate.evaluations().gradients()).isGreaterThan(spent);
      spent = iterate.evaluations().gradients();
      assertThat(iterate.metrics()).contains(BilevelMetrics.UPPER_VALUE);
      for (String metric : iterate.metrics()) {
        assertThat(iterate.metric(metric)).as(metric).isNotNaN();
      }
      double[] w = iterate.point();
      double[] x = Arrays.copyOf(w, BilevelMethods.N);
      double[] y = Arrays.copyOfRange(w, BilevelMethods.N, w.length);
      assertThat(iterate.metric(BilevelMetrics.UPPER_VALUE)).isEqualTo(PROBLEM.upper().value(x, y));
      assertThat(iterate.metric(BilevelMetrics.LOWER_VALUE)).isEqualTo(PROBLEM.lower().value(x, y));
    }
    assertThat(trace.iterates().get(3).metric("no such metric")).isNaN();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void goesOnFromItsFileBitForBit(BilevelMethods.Case method, @TempDir Path folder) {
    Path file = folder.resolve("run.safetensors");
    Minimizer.until(Stop.iterations(7))
        .seed(5)
        .checkpoint(file, 3)
        .minimize(method.method(), PROBLEM, START);
    Result resumed =
        Minimizer.until(Stop.iterations(20))
            .seed(5)
            .checkpoint(file, 3)
            .minimize(method.method(), PROBLEM, START);
    Result straight =
        Minimizer.until(Stop.iterations(20)).seed(5).minimize(method.method(), PROBLEM, START);
    assertThat(resumed.point()).isEqualTo(straight.point());
    assertThat(resumed.iterations()).isEqualTo(20);
    assertThat(resumed.evaluations()).isEqualTo(straight.evaluations());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void refusesTheCheckpointOfAnotherMethodUnchanged(BilevelMethods.Case method) {
    Run run = run(method, PROBLEM);
    run.advance();
    double[] before = run.iterate().point();
    for (BilevelMethods.Case other : methods()) {
      if (!other.name().equals(method.name())) {
        Run foreign = run(other, PROBLEM);
        foreign.advance();
        assertThatThrownBy(() -> run.restore(foreign.checkpoint()))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThat(run.iterate().point()).isEqualTo(before);
    assertThat(run.iterate().iteration()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void endsTypedWhereTheProblemIsNotANumber(BilevelMethods.Case method) {
    BilevelProblem cliff =
        with(
            upper ->
                LevelObjective.of(
                    upper::value,
                    (x, y, out) -> {
                      upper.gradientX(x, y, out);
                      out[0] = x[0] < 0.7 ? Double.NaN : out[0];
                    },
                    upper::gradientY));
    Result result = result(method, cliff, 100_000);
    assertThat(result.reason()).isEqualTo(StopReason.NON_FINITE);
    for (double coordinate : result.point()) {
      assertThat(coordinate).isFinite();
    }
    Run run = run(method, cliff);
    double[] before = run.iterate().point();
    while (run.advance().isEmpty()) {
      before = run.iterate().point();
    }
    assertThat(run.advance()).contains(StopReason.NON_FINITE);
    assertThat(run.iterate().point()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void goesOnAfterAnExceptionAsIfNothingHadHappened(BilevelMethods.Case method) {
    boolean[] failing = {false};
    BilevelProblem unreliable =
        with(
            upper ->
                LevelObjective.of(
                    upper::value,
                    upper::gradientX,
                    (x, y, out) -> {
                      if (failing[0]) {
                        throw new IllegalStateException("the line is down");
                      }
                      upper.gradientY(x, y, out);
                    }));
    Run run = run(method, unreliable);
    Run reliable = run(method, with(upper -> upper));
    for (int k = 0; k < 5; k++) {
      double[] before = run.iterate().point();
      failing[0] = true;
      assertThatThrownBy(run::advance)
          .isInstanceOf(EvaluationException.class)
          .hasRootCauseMessage("the line is down");
      assertThat(run.iterate().point()).isEqualTo(before);
      assertThat(run.iterate().iteration()).isEqualTo(k);
      failing[0] = false;
      run.advance();
      reliable.advance();
      assertThat(run.iterate().point()).isEqualTo(reliable.iterate().point());
    }
    failing[0] = true;
    Result result = result(method, unreliable, 100);
    assertThat(result.reason()).isEqualTo(StopReason.EVALUATION_FAILED);
    assertThat(result.failure().orElseThrow()).hasMessage("the line is down");
  }

  @ParameterizedTest
  @MethodSource("methods")
  void isNotHarmedByAnObjectiveThatChangesItsArguments(BilevelMethods.Case method) {
    BilevelProblem scribbling =
        with(
            upper ->
                LevelObjective.of(
                    (x, y) -> scribbled(upper.value(x, y), x, y),
                    (x, y, out) -> {
                      upper.gradientX(x, y, out);
                      scribbled(0, x, y);
                    },
                    (x, y, out) -> {
                      upper.gradientY(x, y, out);
                      scribbled(0, x, y);
                    }));
    assertThat(result(method, scribbling, 10).point())
        .isEqualTo(result(method, with(upper -> upper), 10).point());
  }

  private static double scribbled(double value, double[] x, double[] y) {
    Arrays.fill(x, 1e9);
    Arrays.fill(y, Double.NaN);
    return value;
  }

  @ParameterizedTest
  @MethodSource("methods")
  void noticesGradientsOfTheWrongLength(BilevelMethods.Case method) {
    BilevelProblem tooShort =
        with(upper -> LevelObjective.of(upper::value, (x, y, out) -> out[0] = 1, upper::gradientY));
    Result result = result(method, tooShort, 10);
    assertThat(result.reason()).isEqualTo(StopReason.NON_FINITE);
    assertThat(result.iterations()).isZero();

    BilevelProblem tooLong =
        with(
            upper ->
                LevelObjective.of(
                    upper::value, upper::gradientX, (x, y, out) -> out[BilevelMethods.N] = 1));
    assertThat(result(method, tooLong, 10).reason()).isEqualTo(StopReason.EVALUATION_FAILED);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void refusesAStartThatFitsNeitherLevel(BilevelMethods.Case method) {
    assertThatThrownBy(() -> method.method().start(PROBLEM, Start.at(1, 1, 1), RandomStream.of(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("start has dimension 3, must be n = 2 (x)");
  }
}
