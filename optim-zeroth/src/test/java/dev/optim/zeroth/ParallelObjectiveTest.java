package dev.optim.zeroth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.EvaluationException;
import dev.optim.Minimizer;
import dev.optim.Objective;
import dev.optim.Result;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.StopReason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

  /** The first point runs last, after three that hang; its own time alone counts. */
  @Test
  @Timeout(60)
  void waitingForAWorkerIsNoTimeOfAPoint() {
    CountDownLatch never = new CountDownLatch(1);
    ExecutorService one = Executors.newSingleThreadExecutor();
    Objective hangs =
        x -> {
          if (x[0] > 0) {
            await(never);
          }
          return x[0];
        };
    double[] out = new double[4];
    try {
      ParallelObjective.of(hangs, new Backwards(one, 4))
          .withTimeout(Duration.ofMillis(200))
          .values(new double[][] {{0}, {1}, {2}, {3}}, out);
    } finally {
      one.shutdownNow();
    }

    assertThat(out).containsExactly(0, Double.NaN, Double.NaN, Double.NaN);
  }

  @Test
  @Timeout(60)
  void aPoolWhoseWorkersIgnoreInterruptsIsGivenUp() {
    CountDownLatch end = new CountDownLatch(1);
    Objective hangs =
        x -> {
          while (x[0] < 3) {
            try {
              end.await();
              break;
            } catch (InterruptedException e) {
              continue;
            }
          }
          return x[0];
        };
    double[] out = new double[5];
    try {
      ParallelObjective.of(hangs, pool)
          .withTimeout(Duration.ofMillis(100))
          .values(new double[][] {{0}, {1}, {2}, {3}, {4}}, out);
    } finally {
      end.countDown();
    }

    assertThat(out).containsOnly(Double.NaN);
  }

  @Test
  void aTimeoutMayBeLongerThanTheClock() {
    double[] out = new double[1];

    ParallelObjective.of(x -> x[0], pool)
        .withTimeout(Duration.ofDays(365_000))
        .values(new double[][] {{5}}, out);

    assertThat(out).containsExactly(5);
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

  static Stream<Supplier<Future<?>>> losses() {
    return Stream.of(
        () -> CompletableFuture.failedFuture(new IllegalStateException("node left")),
        () -> CompletableFuture.failedFuture(new NoClassDefFoundError("on the node")),
        () -> {
          CompletableFuture<?> cancelled = new CompletableFuture<>();
          cancelled.cancel(true);
          return cancelled;
        },
        () -> {
          throw new RejectedExecutionException("queue is full");
        });
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aLostWorkersPointIsTriedOnceMore(Supplier<Future<?>> loss) {
    double[] out = new double[2];
    double[][] points = {{5}, {6}};

    ParallelObjective.of(x -> x[0], new LosesWorkers(1, loss)).values(points, out);
    assertThat(out).containsExactly(5, 6);

    ParallelObjective.of(x -> x[0], new LosesWorkers(4, loss)).values(points, out);
    assertThat(out).containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void anErrorOfTheObjectiveIsThrown() {
    Objective broken =
        x -> {
          throw new NoClassDefFoundError("of the objective");
        };

    assertThatThrownBy(
            () -> ParallelObjective.of(broken, pool).values(new double[][] {{5}}, new double[1]))
        .isInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void anExecutorThatHasBeenShutDownIsAnError() {
    pool.shutdown();

    assertThatThrownBy(
            () -> ParallelObjective.of(x -> 1, pool).values(new double[][] {{5}}, new double[1]))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void anInterruptWhileWaitingEndsTheRun() {
    CountDownLatch never = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    AtomicBoolean first = new AtomicBoolean(true);
    Objective interrupting =
        x -> {
          if (first.getAndSet(false)) {
            caller.interrupt();
          }
          await(never);
          return 0;
        };

    Result result = minimize(ParallelObjective.of(interrupting, pool));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.reason()).isEqualTo(StopReason.INTERRUPTED);
    assertThat(result.failure()).isEmpty();
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
  private static final class LosesWorkers extends Relay {

    private final Supplier<Future<?>> loss;
    private int toLose;

    LosesWorkers(int toLose, Supplier<Future<?>> loss) {
      this.toLose = toLose;
      this.loss = loss;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Future<T> submit(Callable<T> task) {
      return toLose-- > 0 ? (Future<T>) loss.get() : super.submit(task);
    }

    @Override
    public void execute(Runnable command) {
      command.run();
    }
  }

  /** Waits for so many tasks and hands them on, the last one first. */
  private static final class Backwards extends Relay {

    private final ExecutorService to;
    private final int count;
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    Backwards(ExecutorService to, int count) {
      this.to = to;
      this.count = count;
    }

    @Override
    public void execute(Runnable command) {
      waiting.push(command);
      if (waiting.size() == count) {
        waiting.forEach(to::execute);
      }
    }
  }

  /** An executor that is never shut down. */
  private abstract static class Relay extends AbstractExecutorService {

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
