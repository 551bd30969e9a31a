package dev.optim.bench.experiment;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a trial in a thread of its own, and comes back in bounded time whatever the trial does: an
 * error, a problem that hangs or one that takes no notice of an interrupt become outcomes.
 *
 * <p>Java has no way to end a thread against its will: one that hangs is left behind, and keeps a
 * core busy if it computes. It does not keep the program from ending.
 */
final class Watchdog {

  /** What a run may take beyond its limit before it counts as hung: a tenth, at least this. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private Watchdog() {}

  /**
   * Runs a trial.
   *
   * @throws InterruptedException if the calling thread is interrupted; so is the trial then
   * @throws CancellationException if the trial was interrupted by somebody else
   */
  static Outcome run(Trial<?> trial) throws InterruptedException {
    FutureTask<Outcome> run = new FutureTask<>(trial::run);
    Thread thread =
        new Thread(run, trial.problem().name() + ", " + trial.optimizer() + ", " + trial.seed());
    thread.setDaemon(true);
    thread.start();
    Duration limit = trial.timeLimit();
    Duration tenth = limit.dividedBy(10);
    Duration patience = limit.plus(tenth.compareTo(GRACE) > 0 ? tenth : GRACE);
    try {
      return run.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      return new Outcome.Failed("hung: no end %.1f s after the start".formatted(seconds(patience)));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CancellationException interrupted) {
        throw interrupted;
      }
      return new Outcome.Failed("the run ended with " + e.getCause());
    } catch (InterruptedException e) {
      thread.interrupt();
      throw e;
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
