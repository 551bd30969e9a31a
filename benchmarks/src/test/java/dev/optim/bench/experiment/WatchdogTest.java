package dev.optim.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.DifferentiableObjective;
import dev.optim.Start;
import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.report.Metric;
import dev.optim.sgd.Sgd;
import dev.optim.update.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  @Test
  void aProblemThatHangsAndTakesNoNoticeOfInterruptsIsGivenUp() throws Exception {
    Outcome outcome = Watchdog.run(trial(this::hang, Duration.ofMillis(20)));

    assertThat(outcome)
        .isEqualTo(new Outcome.Failed("hung: no end 1.0 s after the start"))
        .matches(failed -> !failed.stands());
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    released.countDown();
  }

  @Test
  void aSlowProblemIsStoppedBetweenTwoIterations() throws Exception {
    Outcome outcome =
        Watchdog.run(
            trial(
                () -> {
                  long begin = System.nanoTime();
                  while (System.nanoTime() - begin < 5_000_000) {
                    Thread.onSpinWait();
                  }
                },
                Duration.ofMillis(30)));

    assertThat(outcome).isInstanceOf(Outcome.Completed.class);
    assertThat(outcome.reason()).isEqualTo("deadline");
  }

  @Test
  void anErrorIsAnOutcome() throws Exception {
    Outcome outcome =
        Watchdog.run(
            trial(
                () -> {
                  throw new StackOverflowError("too deep");
                },
                Duration.ofMinutes(1)));

    assertThat(outcome.reason()).contains("StackOverflowError: too deep");
    assertThat(outcome.stands()).isFalse();
  }

  private void hang() {
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException e) {
        interrupted.countDown(); // and takes no notice
      }
    }
  }

  private static Trial<DifferentiableObjective> trial(Runnable inGradient, Duration limit) {
    Problem<DifferentiableObjective> problem =
        new Problem<>(
            "trap",
            "",
            "",
            Parameters.vector(1),
            Start.at(1),
            new Budget(CostUnit.GRADIENTS, 1_000_000, 1),
            List.of(Metric.loss("value")),
            () ->
                new Problem.Instance<>(
                    DifferentiableObjective.of(
                        x -> x[0] * x[0],
                        (x, out) -> {
                          inGradient.run();
                          out[0] = x[0];
                        }),
                    x -> new double[] {x[0] * x[0]}));
    return new Trial<>(problem, Sgd.of(0.1), 1, limit);
  }
}
