package dev.optim;

import static java.util.Objects.requireNonNull;

import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The loop: runs an optimizer on a problem until a condition holds. Immutable, so that one
 * configured minimizer serves many runs, also at the same time.
 *
 * <pre>{@code
 * Result result = Minimizer.until(Stop.gradientNorm(1e-8).or(Stop.iterations(10_000)))
 *     .observedBy(observer)
 *     .seed(7)
 *     .checkpoint(Path.of("run.safetensors"), 1000)
 *     .minimize(optimizer, problem, Start.at(-1.2, 1));
 * }</pre>
 *
 * <p>An exception of the problem ends the run with {@link StopReason#EVALUATION_FAILED}, one of the
 * method or of a condition with {@link StopReason#METHOD_FAILED}, an interrupt with {@link
 * StopReason#INTERRUPTED}. The result holds the best finite point seen in each case. Errors, such
 * as {@link OutOfMemoryError}, are not caught.
 */
public final class Minimizer {

  private final Stop stop;
  private final List<Observer> observers;
  private final long seed;
  private final @Nullable Path checkpoint;
  private final long checkpointEvery;

  private Minimizer(
      Stop stop,
      List<Observer> observers,
      long seed,
      @Nullable Path checkpoint,
      long checkpointEvery) {
    this.stop = stop;
    this.observers = observers;
    this.seed = seed;
    this.checkpoint = checkpoint;
    this.checkpointEvery = checkpointEvery;
  }

  /**
   * Minimises with seed 0, unobserved.
   *
   * @param <P> the kind of problem
   * @param optimizer the method
   * @param problem the problem
   * @param start where to begin
   * @param stop when to end
   * @return what the run led to
   * @throws IllegalArgumentException if problem and start do not fit the method
   */
  public static <P> Result minimize(
      Optimizer<? super P> optimizer, P problem, Start start, Stop stop) {
    return until(stop).minimize(optimizer, problem, start);
  }

  /**
   * A minimizer with seed 0 and no observers.
   *
   * @param stop when runs end
   * @return the minimizer
   */
  public static Minimizer until(Stop stop) {
    return new Minimizer(requireNonNull(stop, "stop"), List.of(), 0, null, 0);
  }

  /**
   * Adds an observer.
   *
   * @param observer told of every iteration, in the thread of the run, in the order they were added
   * @return a new minimizer
   */
  public Minimizer observedBy(Observer observer) {
    List<Observer> more = new ArrayList<>(observers);
    more.add(requireNonNull(observer, "observer"));
    return new Minimizer(stop, List.copyOf(more), seed, checkpoint, checkpointEvery);
  }

  /**
   * Sets the seed: with the same seed, problem and version a run gives the same bits.
   *
   * @param seed any number
   * @return a new minimizer
   */
  public Minimizer seed(long seed) {
    return new Minimizer(stop, observers, seed, checkpoint, checkpointEvery);
  }

  /**
   * Saves the run, and goes on from where it was saved. If the file exists when {@link
   * #minimize(Optimizer, Object, Start)} is called, the run is restored from it; a file that is
   * damaged or of another run is refused. The file is replaced in one step every so many iterations
   * and when the run ends, whatever the reason. A file that cannot be written is an error at the
   * start and a warning of the result ({@link Result#warnings}) later on.
   *
   * <p>Stop conditions that look back, such as {@link Stop#stagnation} and {@link Stop#deadline},
   * begin anew.
   *
   * @param file where to; its directory must exist
   * @param everyIterations iterations from one save to the next, at least 1
   * @return a new minimizer
   */
  public Minimizer checkpoint(Path file, long everyIterations) {
    Checks.atLeastOne("everyIterations", everyIterations);
    return new Minimizer(stop, observers, seed, requireNonNull(file, "file"), everyIterations);
  }

  /**
   * Runs an optimizer on a problem.
   *
   * @param <P> the kind of problem
   * @param optimizer the method
   * @param problem the problem
   * @param start where to begin
   * @return what the run led to
   * @throws IllegalArgumentException if problem and start do not fit the method, or the checkpoint
   *     is of another run
   * @throws UncheckedIOException if the checkpoint cannot be read, or not be written at the start
   */
  public <P> Result minimize(Optimizer<? super P> optimizer, P problem, Start start) {
    requireNonNull(problem, "problem");
    requireNonNull(start, "start");
    long began = System.nanoTime();
    Watchers watchers = new Watchers(observers);
    Run run;
    try {
      run = optimizer.start(problem, start, RandomStream.of(seed));
    } catch (EvaluationException e) {
      return watchers.finished(resultWithoutRun(start, e, began));
    }
    Best best = new Best(run.iterate());
    resume(run, best);
    best.see(run.iterate());
    if (checkpoint != null) {
      save(run, best, checkpoint);
    }
    watchers.started(run.iterate());
    End end = loop(run, best, watchers);
    if (checkpoint != null) {
      Path file = checkpoint;
      watchers.guard(() -> save(run, best, file));
    }
    watchers.guard(() -> watchers.warned(run.warnings()));
    return watchers.finished(
        new Result(
            best.point(),
            best.value(),
            end.reason,
            run.iterate().iteration(),
            run.iterate().evaluations(),
            Duration.ofNanos(System.nanoTime() - began),
            end.failure,
            watchers.warnings()));
  }

  private record End(StopReason reason, Optional<Throwable> failure) {}

  private End loop(Run run, Best best, Watchers watchers) {
    try {
      Stop.Check check = stop.begin();
      Optional<StopReason> reason = check.check(run.iterate());
      while (reason.isEmpty()) {
        if (Thread.currentThread().isInterrupted()) {
          return new End(StopReason.INTERRUPTED, Optional.empty());
        }
        long before = run.iterate().iteration();
        reason = run.advance();
        if (run.iterate().iteration() == before) {
          if (reason.isEmpty()) {
            throw new IllegalStateException("a run neither advanced nor gave a reason: " + run);
          }
          break;
        }
        best.see(run.iterate());
        watchers.iterated(run.iterate());
        Optional<StopReason> asked = check.check(run.iterate());
        reason = reason.isPresent() ? reason : asked;
        if (checkpoint != null && run.iterate().iteration() % checkpointEvery == 0) {
          Path file = checkpoint;
          watchers.guard(() -> save(run, best, file));
        }
      }
      return new End(reason.orElseThrow(), Optional.empty());
    } catch (EvaluationException e) {
      if (e.getCause() instanceof InterruptedException && Thread.currentThread().isInterrupted()) {
        return new End(StopReason.INTERRUPTED, Optional.empty()); // while it waited for a value
      }
      return new End(StopReason.EVALUATION_FAILED, Optional.ofNullable(e.getCause()));
    } catch (RuntimeException e) {
      // a mistake in the method or in a condition, but what the run has found is not lost
      return new End(StopReason.METHOD_FAILED, Optional.of(e));
    }
  }

  /** The problem threw at its very first evaluation: there is no run, but there is an outcome. */
  private Result resultWithoutRun(Start start, EvaluationException thrown, long began) {
    double[] point = start.sample(Optimizer.startStream(RandomStream.of(seed)));
    double value = Double.NaN;
    long iterations = 0;
    Evaluations.Counts counts = Evaluations.Counts.NONE;
    Checkpoint saved = saved();
    if (saved != null) {
      point = saved.doubles("best.point", point.length);
      value = saved.metaDouble("best.value");
      iterations = saved.metaLong("iterations");
      counts = Evaluations.Counts.from(saved);
    }
    return new Result(
        point,
        value,
        StopReason.EVALUATION_FAILED,
        iterations,
        counts,
        Duration.ofNanos(System.nanoTime() - began),
        Optional.ofNullable(thrown.getCause()),
        List.of());
  }

  private void resume(Run run, Best best) {
    Checkpoint saved = saved();
    if (saved != null) {
      Best restored = best.from(saved);
      run.restore(saved.part("run."));
      best.become(restored);
    }
  }

  private @Nullable Checkpoint saved() {
    if (checkpoint == null || !Files.exists(checkpoint)) {
      return null;
    }
    try {
      return Checkpoint.read(checkpoint).require("seed", Long.toString(seed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void save(Run run, Best best, Path file) {
    try {
      Iterate iterate = run.iterate();
      CheckpointBuilder builder =
          Checkpoint.builder().meta("seed", seed).meta("iterations", iterate.iteration());
      best.saveTo(iterate.evaluations().save(builder))
          .include("run.", run.checkpoint())
          .write(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
