package dev.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.observe.CsvFile;
import dev.optim.observe.Trace;
import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import dev.optim.testing.HeavyBall;
import dev.optim.testing.Quadratic;
import dev.optim.update.MiniBatch;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MinimizerTest {

  private static final HeavyBall RULE = HeavyBall.of(0.05);
  private static final Start START = Start.at(4, -3, 8);
  private static final Quadratic PROBLEM = new Quadratic(5);

  @Test
  void findsTheMinimumOfAQuadratic() {
    Result result =
        Minimizer.minimize(RULE, PROBLEM, START, Stop.gradientNorm(1e-9).or(Stop.iterations(5000)));

    assertThat(result.reason()).isEqualTo(StopReason.GRADIENT_TOLERANCE);
    assertThat(result.reason().converged()).isTrue();
    assertThat(result.point()).containsExactly(new double[] {2, 2, 2}, within(1e-8));
    assertThat(result.value()).isCloseTo(3.0, within(1e-12));
    assertThat(result.evaluations().gradients()).isEqualTo(result.iterations() + 1);
    assertThat(result.evaluations().terms()).isEqualTo(5 * (result.iterations() + 1));
    assertThat(result.orThrow()).isSameAs(result);
  }

  @Test
  void miniBatchesComeNearTheMinimum() {
    Result result =
        Minimizer.minimize(
            UpdatePlan.of(HeavyBall.of(1e-3)).miniBatch(2), PROBLEM, START, Stop.terms(50_000));

    assertThat(result.reason()).isEqualTo(StopReason.EVALUATION_BUDGET);
    assertThat(result.value()).isNaN();
    assertThat(result.point()).containsExactly(new double[] {2, 2, 2}, within(0.1));
  }

  @Test
  void sameSeedSameBits() {
    Start start = Start.gaussian(new double[3], 2);
    MiniBatch optimizer = UpdatePlan.of(RULE).miniBatch(2);
    Minimizer minimizer = Minimizer.until(Stop.iterations(40));

    double[] first = minimizer.seed(3).minimize(optimizer, PROBLEM, start).point();
    assertThat(minimizer.seed(3).minimize(optimizer, PROBLEM, start).point()).isEqualTo(first);
    assertThat(minimizer.seed(4).minimize(optimizer, PROBLEM, start).point()).isNotEqualTo(first);
  }

  @Test
  void returnsTheBestPointNotTheLast() {
    // a step size beyond the stability limit: the iterates grow without bound
    Trace trace = new Trace();
    Result result =
        Minimizer.until(Stop.iterations(60))
            .observedBy(trace)
            .minimize(HeavyBall.of(3.9), PROBLEM, START);

    double best = trace.iterates().stream().mapToDouble(Iterate::value).min().orElseThrow();
    assertThat(trace.iterates().get(60).value()).isGreaterThan(1e3);
    assertThat(result.value()).isEqualTo(best);
    assertThat(PROBLEM.value(result.point())).isEqualTo(best);
  }

  @Test
  void aDivergingRunEndsWithATypedReasonAndTheBestFinitePoint() {
    Result result = Minimizer.minimize(HeavyBall.of(100), PROBLEM, START, Stop.iterations(100_000));

    assertThat(result.reason()).isEqualTo(StopReason.NON_FINITE);
    assertThat(result.value()).isFinite();
    for (double coordinate : result.point()) {
      assertThat(coordinate).isFinite();
    }
    assertThatThrownBy(result::orThrow)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NON_FINITE");
  }

  @Test
  void aValueThatIsNaNNeverWins() {
    DifferentiableObjective cliff =
        DifferentiableObjective.of(
            x -> x[0] < 1 ? Double.NaN : x[0] * x[0], (x, out) -> out[0] = 2 * x[0]);
    Result result = Minimizer.minimize(RULE, cliff, Start.at(3), Stop.iterations(1000));

    assertThat(result.reason()).isEqualTo(StopReason.NON_FINITE);
    assertThat(result.point()[0]).isBetween(1.0, 3.0);
    assertThat(result.value()).isEqualTo(result.point()[0] * result.point()[0]);
  }

  @Test
  void minusInfinityNeverWins() {
    DifferentiableObjective pit =
        DifferentiableObjective.of(
            x -> x[0] < 1 ? Double.NEGATIVE_INFINITY : x[0] * x[0], (x, out) -> out[0] = 2 * x[0]);
    Result result = Minimizer.minimize(RULE, pit, Start.at(3), Stop.iterations(1000));

    assertThat(result.value()).isFinite();
    assertThat(result.reason()).isEqualTo(StopReason.NON_FINITE);
  }

  @Test
  void aGradientThatIsNotWrittenIsNotTaken() {
    DifferentiableObjective lazy = DifferentiableObjective.of(x -> x[0], (x, out) -> {});
    Result result = Minimizer.minimize(RULE, lazy, Start.at(3), Stop.iterations(10));

    assertThat(result.reason()).isEqualTo(StopReason.NON_FINITE);
    assertThat(result.point()).containsExactly(3);
  }

  @Test
  void whatARunSaysOfItselfIsAmongTheWarnings() {
    Optimizer<DifferentiableObjective> talkative =
        (problem, start, random) -> new Talkative(RULE.start(problem, start, random));
    Result result = Minimizer.minimize(talkative, PROBLEM, START, Stop.iterations(2));

    assertThat(result.warnings())
        .singleElement()
        .isInstanceOf(RunWarning.class)
        .extracting(Throwable::getMessage)
        .isEqualTo("2 iterations");
    assertThat(result.orThrow()).isSameAs(result);
  }

  /** A run that comments on its length. */
  private record Talkative(Run run) implements Run {
    @Override
    public Optional<StopReason> advance() {
      return run.advance();
    }

    @Override
    public Iterate iterate() {
      return run.iterate();
    }

    @Override
    public Checkpoint checkpoint() {
      return run.checkpoint();
    }

    @Override
    public void restore(Checkpoint checkpoint) {
      run.restore(checkpoint);
    }

    @Override
    public List<RunWarning> warnings() {
      return List.of(new RunWarning(iterate().iteration() + " iterations"));
    }
  }

  @Test
  void anObjectiveThatThrowsEndsTheRunWithItsCause() {
    int[] calls = {0};
    RuntimeException boom = new IllegalStateException("boom");
    DifferentiableObjective failing =
        DifferentiableObjective.of(
            x -> {
              if (++calls[0] == 8) {
                throw boom;
              }
              return PROBLEM.value(x);
            },
            PROBLEM);
    Result result = Minimizer.minimize(RULE, failing, START, Stop.iterations(100));

    assertThat(result.reason()).isEqualTo(StopReason.EVALUATION_FAILED);
    assertThat(result.failure()).containsSame(boom);
    assertThat(result.iterations()).isEqualTo(6);
    assertThat(result.value()).isFinite();
    assertThatThrownBy(result::orThrow).hasCause(boom);
  }

  @Test
  void anObjectiveThatThrowsAtOnceStillGivesAResult() {
    DifferentiableObjective failing =
        DifferentiableObjective.of(
            x -> {
              throw new IllegalStateException("boom");
            },
            PROBLEM);
    Result result = Minimizer.minimize(RULE, failing, START, Stop.iterations(100));

    assertThat(result.reason()).isEqualTo(StopReason.EVALUATION_FAILED);
    assertThat(result.point()).containsExactly(4, -3, 8);
  }

  @Test
  void afterAFailureARunGoesOnAsIfNothingHadHappened() {
    boolean[] fail = {false};
    DifferentiableObjective moody =
        DifferentiableObjective.of(
            x -> {
              if (fail[0]) {
                throw new IllegalStateException("not now");
              }
              return PROBLEM.value(x);
            },
            PROBLEM);
    Run disturbed = RULE.start(moody, START, RandomStream.of(0));
    Run calm = RULE.start(PROBLEM, START, RandomStream.of(0));
    for (int i = 0; i < 20; i++) {
      fail[0] = i % 3 == 1;
      if (fail[0]) {
        double[] before = disturbed.iterate().point();
        assertThatThrownBy(disturbed::advance).isInstanceOf(EvaluationException.class);
        assertThat(disturbed.iterate().point()).isEqualTo(before);
        fail[0] = false;
      }
      disturbed.advance();
      calm.advance();
      assertThat(disturbed.iterate().point()).isEqualTo(calm.iterate().point());
    }
  }

  @Test
  void anObjectiveThatChangesItsPointOrKeepsItDoesNoHarm() {
    List<double[]> kept = new ArrayList<>();
    DifferentiableObjective rude =
        DifferentiableObjective.of(
            x -> {
              double value = PROBLEM.value(x);
              Arrays.fill(x, 1e9);
              return value;
            },
            (x, out) -> {
              PROBLEM.gradient(x, out);
              kept.add(x);
              kept.add(out);
              Arrays.fill(x, -1e9);
            });
    Result polite = Minimizer.minimize(RULE, asWhole(), START, Stop.iterations(50));
    Result result = Minimizer.minimize(RULE, rude, START, Stop.iterations(50));

    assertThat(result.point()).isEqualTo(polite.point());
    assertThat(result.value()).isEqualTo(polite.value());
  }

  @Test
  void aScheduleThatGoesWrongLosesNothing(@TempDir Path dir) throws IOException {
    Path csv = dir.resolve("run.csv");
    Path file = dir.resolve("run.safetensors");
    HeavyBall rule = new HeavyBall(step -> step < 5 ? 0.05 : -1, UpdateRule.Scope.ELEMENT);
    Result result =
        Minimizer.until(Stop.iterations(100))
            .observedBy(new CsvFile(csv, 1))
            .checkpoint(file, 1000)
            .minimize(rule, PROBLEM, START);

    assertThat(result.reason()).isEqualTo(StopReason.METHOD_FAILED);
    assertThat(result.failure().orElseThrow()).hasMessageContaining("step size at step 5 is -1.0");
    assertThat(result.iterations()).isEqualTo(5);
    assertThat(result.value()).isFinite();
    assertThat(Files.readAllLines(csv)).hasSize(7);
    assertThat(Checkpoint.read(file).metaLong("iterations")).isEqualTo(5);
  }

  @Test
  void aConditionThatThrowsLosesNothing() {
    Stop broken =
        Stop.when(
            StopReason.REQUESTED,
            iterate -> {
              if (iterate.iteration() == 3) {
                throw new IllegalStateException("condition");
              }
              return false;
            });
    Result result = Minimizer.minimize(RULE, PROBLEM, START, broken);
    assertThat(result.reason()).isEqualTo(StopReason.METHOD_FAILED);
    assertThat(result.iterations()).isEqualTo(3);
    assertThatThrownBy(result::orThrow).hasRootCauseMessage("condition");
  }

  @Test
  void aResumeWhoseFirstEvaluationThrowsReturnsWhatWasSaved(@TempDir Path dir) {
    Path file = dir.resolve("run.safetensors");
    Minimizer minimizer = Minimizer.until(Stop.iterations(10)).checkpoint(file, 5);
    Result saved = minimizer.minimize(RULE, PROBLEM, START);
    DifferentiableObjective failing =
        DifferentiableObjective.of(
            x -> {
              throw new IllegalStateException("gone");
            },
            PROBLEM);
    Result result = minimizer.minimize(RULE, failing, START);
    assertThat(result.reason()).isEqualTo(StopReason.EVALUATION_FAILED);
    assertThat(result.point()).isEqualTo(saved.point());
    assertThat(result.value()).isEqualTo(saved.value());
    assertThat(result.iterations()).isEqualTo(10);
  }

  @Test
  void aMiniBatchCheckpointOfOtherBatchesIsRefused(@TempDir Path dir) {
    Path file = dir.resolve("run.safetensors");
    Minimizer minimizer = Minimizer.until(Stop.iterations(10)).checkpoint(file, 5);
    minimizer.minimize(UpdatePlan.of(RULE).miniBatch(2), PROBLEM, START);
    assertThatThrownBy(() -> minimizer.minimize(UpdatePlan.of(RULE).miniBatch(3), PROBLEM, START))
        .hasMessageContaining("batch size");
    assertThatThrownBy(
            () -> minimizer.minimize(UpdatePlan.of(RULE).miniBatch(2), new Quadratic(7), START))
        .hasMessageContaining("terms");
    Run one = UpdatePlan.of(RULE).miniBatch(2).start(PROBLEM, START, RandomStream.of(1));
    Run two = UpdatePlan.of(RULE).miniBatch(2).start(PROBLEM, START, RandomStream.of(2));
    assertThatThrownBy(() -> two.restore(one.checkpoint())).hasMessageContaining("stream");
  }

  private static DifferentiableObjective asWhole() {
    return DifferentiableObjective.of(PROBLEM, PROBLEM);
  }

  @Test
  void anInterruptEndsTheRunAndStaysSet() {
    Observer interrupting =
        new Observer() {
          @Override
          public void iterated(Iterate iterate) {
            if (iterate.iteration() == 5) {
              Thread.currentThread().interrupt();
            }
          }
        };
    Result result =
        Minimizer.until(Stop.iterations(100))
            .observedBy(interrupting)
            .minimize(RULE, PROBLEM, START);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.reason()).isEqualTo(StopReason.INTERRUPTED);
    assertThat(result.iterations()).isEqualTo(5);
  }

  @Test
  void anObserverThatThrowsIsDroppedAndTold() {
    int[] asked = {0};
    Observer failing =
        new Observer() {
          @Override
          public void iterated(Iterate iterate) {
            asked[0]++;
            throw new IllegalStateException("observer");
          }
        };
    Trace trace = new Trace();
    Result result =
        Minimizer.until(Stop.iterations(10))
            .observedBy(failing)
            .observedBy(trace)
            .minimize(RULE, PROBLEM, START);

    assertThat(asked[0]).isEqualTo(1);
    assertThat(trace.iterates()).hasSize(11);
    assertThat(result.reason()).isEqualTo(StopReason.ITERATION_BUDGET);
    assertThat(result.warnings())
        .singleElement()
        .satisfies(e -> assertThat(e).hasMessage("observer"));
  }

  @Test
  void zeroIterationsEvaluateTheStartOnly() {
    Result result = Minimizer.minimize(RULE, PROBLEM, START, Stop.iterations(0));

    assertThat(result.iterations()).isZero();
    assertThat(result.point()).containsExactly(4, -3, 8);
    assertThat(result.value()).isEqualTo(PROBLEM.value(new double[] {4, -3, 8}));
  }

  @Test
  void aResumedRunEndsWithTheSameBits(@TempDir Path dir) {
    Path file = dir.resolve("run.safetensors");
    for (Optimizer<? super Quadratic> optimizer :
        List.<Optimizer<? super Quadratic>>of(
            RULE,
            UpdatePlan.of(RULE).miniBatch(2),
            UpdatePlan.of(RULE).miniBatch(2).withSharpnessAware(0.05))) {
      Result whole =
          Minimizer.until(Stop.iterations(57)).seed(9).minimize(optimizer, PROBLEM, START);

      Minimizer.until(Stop.iterations(23))
          .seed(9)
          .checkpoint(file, 10)
          .minimize(optimizer, PROBLEM, START);
      Result resumed =
          Minimizer.until(Stop.iterations(57))
              .seed(9)
              .checkpoint(file, 10)
              .minimize(optimizer, new Quadratic(5), START);

      assertThat(resumed.point()).isEqualTo(whole.point());
      assertThat(Double.valueOf(resumed.value())).isEqualTo(Double.valueOf(whole.value()));
      assertThat(resumed.iterations()).isEqualTo(57);
      assertThat(resumed.evaluations()).isEqualTo(whole.evaluations());
      assertThat(file.toFile().delete()).isTrue();
    }
  }

  @Test
  void aFailureIsSavedTooAndTheRunGoesOn(@TempDir Path dir) {
    Path file = dir.resolve("run.safetensors");
    Result whole = Minimizer.until(Stop.iterations(30)).minimize(RULE, asWhole(), START);
    int[] calls = {0};
    DifferentiableObjective failsOnce =
        DifferentiableObjective.of(
            x -> {
              if (++calls[0] == 12) {
                throw new IllegalStateException("once");
              }
              return PROBLEM.value(x);
            },
            PROBLEM);
    Minimizer minimizer = Minimizer.until(Stop.iterations(30)).checkpoint(file, 1000);

    assertThat(minimizer.minimize(RULE, failsOnce, START).reason())
        .isEqualTo(StopReason.EVALUATION_FAILED);
    assertThat(minimizer.minimize(RULE, failsOnce, START).point()).isEqualTo(whole.point());
  }

  @Test
  void aCheckpointOfAnotherRunIsRefused(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("run.safetensors");
    Minimizer minimizer = Minimizer.until(Stop.iterations(5)).checkpoint(file, 5);
    minimizer.minimize(RULE, PROBLEM, START);
    byte[] saved = Files.readAllBytes(file);

    assertThatThrownBy(() -> minimizer.minimize(HeavyBall.of(0.1), PROBLEM, START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("plan");
    assertThatThrownBy(() -> minimizer.minimize(RULE, PROBLEM, Start.at(1, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> minimizer.seed(1).minimize(RULE, PROBLEM, START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seed");
    assertThat(Files.readAllBytes(file)).isEqualTo(saved);

    saved[saved.length / 2] ^= 4;
    Files.write(file, saved);
    assertThatThrownBy(() -> minimizer.minimize(RULE, PROBLEM, START))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void anUnwritableCheckpointIsRefusedAtTheStartAndAWarningLater(@TempDir Path dir)
      throws IOException {
    Path missing = dir.resolve("missing").resolve("run.safetensors");
    Minimizer minimizer = Minimizer.until(Stop.iterations(5));
    assertThatThrownBy(() -> minimizer.checkpoint(missing, 1).minimize(RULE, PROBLEM, START))
        .isInstanceOf(UncheckedIOException.class);

    Path folder = Files.createDirectory(dir.resolve("there"));
    Path file = folder.resolve("run.safetensors");
    Observer removing =
        new Observer() {
          @Override
          public void iterated(Iterate iterate) {
            if (iterate.iteration() == 3) {
              try {
                Files.delete(file);
                Files.delete(folder);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          }
        };
    Result result =
        minimizer.checkpoint(file, 1).observedBy(removing).minimize(RULE, PROBLEM, START);
    assertThat(result.reason()).isEqualTo(StopReason.ITERATION_BUDGET);
    assertThat(result.warnings()).isNotEmpty();
  }

  @Test
  void aRunThatNeitherAdvancesNorGivesAReasonIsAnError() {
    Run stuck =
        new Run() {
          @Override
          public Optional<StopReason> advance() {
            return Optional.empty();
          }

          @Override
          public Iterate iterate() {
            return RULE.start(PROBLEM, START, RandomStream.of(0)).iterate();
          }

          @Override
          public Checkpoint checkpoint() {
            return Checkpoint.builder().build();
          }

          @Override
          public void restore(Checkpoint checkpoint) {}
        };
    Optimizer<Object> optimizer = (problem, start, random) -> stuck;
    Result result = Minimizer.minimize(optimizer, PROBLEM, START, Stop.iterations(1));
    assertThat(result.reason()).isEqualTo(StopReason.METHOD_FAILED);
    assertThat(result.failure().orElseThrow()).hasMessageContaining("neither advanced");
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.data.Offset.offset(value);
  }
}
