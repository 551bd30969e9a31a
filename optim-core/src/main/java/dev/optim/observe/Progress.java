package dev.optim.observe;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.Iterate;
import dev.optim.Observer;
import dev.optim.Result;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Keeps one line of a terminal up to date: iterations made, the share of the budget, time left,
 * value. It writes at most five times a second and ends the line when the run ends.
 */
public final class Progress implements Observer {

  private static final long BETWEEN_LINES = Duration.ofMillis(200).toNanos();

  private final PrintStream terminal;
  private final long budget;
  private final LongSupplier nanoClock;
  private long began;
  private long beganAt;
  private long written;

  /**
   * Writes to a terminal.
   *
   * @param terminal most often {@code System.err}
   * @param budget the iterations the run may make, at least 1
   */
  public Progress(PrintStream terminal, long budget) {
    this(terminal, budget, System::nanoTime);
  }

  Progress(PrintStream terminal, long budget, LongSupplier nanoClock) {
    this.terminal = requireNonNull(terminal, "terminal");
    this.budget = Checks.atLeastOne("budget", budget);
    this.nanoClock = nanoClock;
  }

  @Override
  public void started(Iterate start) {
    began = nanoClock.getAsLong();
    beganAt = start.iteration();
    write(start.iteration(), start.value(), began);
  }

  @Override
  public void iterated(Iterate iterate) {
    long now = nanoClock.getAsLong();
    if (now - written >= BETWEEN_LINES) {
      write(iterate.iteration(), iterate.value(), now);
    }
  }

  @Override
  public void finished(Result result) {
    write(result.iterations(), result.value(), nanoClock.getAsLong());
    terminal.println("  " + result.reason());
  }

  private void write(long iteration, double value, long now) {
    written = now;
    long made = iteration - beganAt;
    String left = "--:--";
    if (made > 0) {
      double seconds = (now - began) / 1e9 / made * Math.max(0, budget - iteration);
      left = String.format(Locale.ROOT, "%02d:%02d", (long) seconds / 60, (long) seconds % 60);
    }
    double share = Math.min(100, 100.0 * iteration / budget);
    terminal.printf(
        Locale.ROOT,
        "\r%,d of %,d iterations (%.0f %%), %s left, value %.6g",
        iteration,
        budget,
        share,
        left,
        value);
    terminal.flush();
  }
}
