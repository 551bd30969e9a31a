package dev.optim.bench.cli;

import dev.optim.bench.experiment.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows on the error stream how far the comparison is. */
interface Display extends Progress {

  /** The system property by which the start script tells that the error stream is a terminal. */
  String TERMINAL = "optim.terminal";

  /** Leaves the line it writes on. */
  void close();

  /** A bar on a terminal, now and then a line elsewhere. */
  static Display on(PrintWriter err) {
    return Boolean.getBoolean(TERMINAL) ? new Bar() : new Lines(err, System::nanoTime);
  }

  /** A bar with the time left. */
  final class Bar implements Display {

    private static final int COLUMNS = 78;
    private @Nullable ProgressBar bar;

    @Override
    public synchronized void trials(int done, int total) {
      ProgressBar shown = bar;
      if (shown == null) {
        shown =
            new ProgressBarBuilder()
                .setTaskName("runs")
                .setInitialMax(total)
                .startsFrom(done, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, COLUMNS))
                .build();
        bar = shown;
      }
      shown.stepTo(done);
    }

    @Override
    public synchronized void close() {
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }
  }

  /** A line for each tenth that is done. */
  final class Lines implements Display {

    private final PrintWriter err;
    private final LongSupplier nanoClock;
    private final long began;
    private int before = -1;
    private int shownTenths = -1;

    Lines(PrintWriter err, LongSupplier nanoClock) {
      this.err = err;
      this.nanoClock = nanoClock;
      began = nanoClock.getAsLong();
    }

    @Override
    public void trials(int done, int total) {
      if (before < 0) {
        before = done;
      }
      int tenths = 10 * done / total;
      if (tenths == shownTenths) {
        return;
      }
      shownTenths = tenths;
      String left = "";
      if (done > before && done < total) {
        double seconds = (nanoClock.getAsLong() - began) / 1e9;
        left = ", about %.0f s left".formatted(seconds / (done - before) * (total - done));
      }
      err.println(done + " of " + total + " runs done" + left);
      err.flush();
    }

    @Override
    public void close() {}
  }
}
