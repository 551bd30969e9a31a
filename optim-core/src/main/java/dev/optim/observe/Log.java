package dev.optim.observe;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.Iterate;
import dev.optim.Observer;
import dev.optim.Result;
import java.lang.System.Logger;

/** Tells of a run to a {@link System.Logger}, at level INFO. */
public final class Log implements Observer {

  private final Logger logger;
  private final long every;

  /**
   * Logs to a logger.
   *
   * @param logger told of the start, every so many iterations, and the result
   * @param every iterations from one message to the next, at least 1
   */
  public Log(Logger logger, long every) {
    this.logger = requireNonNull(logger, "logger");
    this.every = Checks.atLeastOne("every", every);
  }

  @Override
  public void started(Iterate start) {
    logger.log(Logger.Level.INFO, () -> "start: " + describe(start));
  }

  @Override
  public void iterated(Iterate iterate) {
    if (iterate.iteration() % every == 0) {
      logger.log(Logger.Level.INFO, () -> describe(iterate));
    }
  }

  @Override
  public void finished(Result result) {
    logger.log(
        Logger.Level.INFO,
        () ->
            "finished: "
                + result.reason()
                + " after "
                + result.iterations()
                + " iterations, value "
                + result.value());
  }

  private static String describe(Iterate iterate) {
    StringBuilder text = new StringBuilder("iteration ").append(iterate.iteration());
    text.append(", value ").append(iterate.value());
    iterate.metrics().stream()
        .sorted()
        .forEach(name -> text.append(", ").append(name).append(' ').append(iterate.metric(name)));
    return text.toString();
  }
}
