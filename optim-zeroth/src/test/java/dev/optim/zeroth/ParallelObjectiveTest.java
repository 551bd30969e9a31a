package dev.optim.zeroth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.EvaluationException;
import dev.optim.Minimizer;
import dev.optim.Objective;
import dev.optim.Result;
import dev.optim.Start;
import dev.optim.Stop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelObjectiveTest {

  private final ExecutorService pool = Executors.newFixedThreadPool(3);

  @AfterEach
  void shutDown() {
    pool.shutdownNow();
  }

  @Test
  void theSameBitsForAnyNumberOfWorkers() {
    Objective f = Functions::rastrigin;
    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      Result serial = minimize(f);
      assertThat(minimize(ParallelObjective.of(f, one)).point()).isEqualTo(serial.point());
      assertThat(minimize(ParallelObjective.of(f, pool)).point()).isEqualTo(serial.point());
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void aHungEvaluationFailsAlone() {
    CountDownLatch never = new CountDownLatch(1);
    Objective hangs =
        x -> {
          if (x[0] == 1) {
            await(never);
          }
          return x[0];
        };
    double[] out = new double[3];

    ParallelObjective.of(hangs, pool)
        .withTimeout(Duration.ofMillis(200))
        .values(new double[][] {{0}, {1}, {2}}, out);

    assertThat(out).containsExactly(0, Double.NaN, 2);
  }

  @Test
  void theFirstExceptionInOrderIsThrown() {
    Objective throwing =
        x -> {
          if (x[0] > 0) {
            throw new IllegalStateException("point " + x[0]);
          }
          return 0;
        };

    assertThatThrownBy(
            () ->
                ParallelObjective.of(throwing, pool)
                    .values(new double[][] {{0}, {1}, {2}}, new double[3]))
        .isInstanceOf(EvaluationException.class)
        .hasRootCauseMessage("point 1.0");
  }

  @Test
  void aLostWorkersPointIsTriedOnceMore() {
    double[] out = new double[2];

    ParallelObjective.of(x -> x[0], new LosesWorkers(1)).values(new double[][] {{5}, {6}}, out);
    assertThat(out).containsExactly(5, 6);

    ParallelObjective.of(x -> x[0], new LosesWorkers(4)).values(new double[][] {{5}, {6}}, out);
    assertThat(out).containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void anInterruptIsKept() {
    CountDownLatch never = new CountDownLatch(1);
    Objective hangs =
        x -> {
          await(never);
          return 0;
        };
    Thread.currentThread().interrupt();

    assertThatThrownBy(
            () -> ParallelObjective.of(hangs, pool).values(new double[][] {{5}}, new double[1]))
        .isInstanceOf(EvaluationException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static Result minimize(Objective f) {
    return Minimizer.until(Stop.iterations(50))
        .seed(8)
        .minimize(Cbo.standard(), f, Start.uniform(4, -3, 3));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Loses the first so many tasks and runs the others in the calling thread. */
  private static final class LosesWorkers extends AbstractExecutorService {

    private int toLose;

    LosesWorkers(int toLose) {
      this.toLose = toLose;
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
      return toLose-- > 0
          ? CompletableFuture.failedFuture(new IllegalStateException("node left"))
          : super.submit(task);
    }

    @Override
    public void execute(Runnable command) {
      command.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
