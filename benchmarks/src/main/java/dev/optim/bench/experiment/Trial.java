package dev.optim.bench.experiment;

import com.sun.management.ThreadMXBean;
import dev.optim.DifferentiableObjective;
import dev.optim.Minimizer;
import dev.optim.Optimizer;
import dev.optim.Result;
import dev.optim.RunWarning;
import dev.optim.Stop;
import dev.optim.StopReason;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.report.Counted;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * One run of one optimizer on one problem from one seed. Its numbers, the times apart, depend on
 * nothing else, unless the time limit ends it.
 *
 * @param <P> what the problem offers
 * @param problem the problem with its budget
 * @param optimizer the method with its hyper-parameters
 * @param seed selects the start and every random choice
 * @param timeLimit after which the run is ended between two iterations
 */
record Trial<P>(Problem<P> problem, Optimizer<? super P> optimizer, long seed, Duration timeLimit) {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * Runs it.
   *
   * @return what became of it; an exception is an outcome, too
   * @throws CancellationException if the thread was interrupted, which is no outcome
   */
  Outcome run() {
    Problem.Instance<P> instance;
    Recorder recorder;
    Result result;
    try {
      instance = problem.open();
      recorder =
          new Recorder(
              problem.budget(),
              problem.metrics().size(),
              instance.measurement(),
              System::nanoTime,
              THREADS::getCurrentThreadAllocatedBytes);
      result =
          Minimizer.until(problem.budget().stop().or(Stop.deadline(timeLimit)))
              .observedBy(recorder)
              .seed(seed)
              .<P>minimize(optimizer, instance.oracle(), problem.start());
    } catch (RuntimeException e) {
      return new Outcome.Failed(e.toString());
    }
    if (result.reason() == StopReason.INTERRUPTED) {
      throw new CancellationException("interrupted: " + this);
    }
    return judge(result, recorder, instance.oracle());
  }

  private Outcome judge(Result result, Recorder recorder, P oracle) {
    if (result.failure().isPresent()) {
      return new Outcome.Failed("the problem threw " + result.failure().get());
    }
    Optional<RuntimeException> thrown =
        result.warnings().stream().filter(warning -> !(warning instanceof RunWarning)).findFirst();
    if (thrown.isPresent()) {
      return new Outcome.Failed("the measurement threw " + thrown.get());
    }
    Outcome.Completed completed = new Outcome.Completed(inWords(result.reason()), recorder.curve());
    if (result.reason().failed() || !Double.isFinite(completed.score())) {
      return new Outcome.Diverged(
          "diverged after %s: %s"
              .formatted(
                  Counted.of(result.iterations(), "iteration"),
                  whatIsBad(result, completed.score(), oracle)),
          completed.spent());
    }
    return completed;
  }

  /** The bad number a run ended with, which is not always the value that was measured last. */
  private String whatIsBad(Result result, double score, P oracle) {
    String measured = problem.metrics().get(0).name() + " is " + score;
    if (!Double.isFinite(score)) {
      return measured;
    }
    if (result.reason() == StopReason.DIVERGED) {
      return measured + ", but the point ran away";
    }
    Optional<String> told =
        result.warnings().stream().map(Throwable::getMessage).reduce((a, b) -> a + "; " + b);
    return measured
        + ", but "
        + badGradient(oracle, result.point())
            .or(() -> told)
            .orElse("a value, gradient or point after it is not finite");
  }

  private static Optional<String> badGradient(Object oracle, double[] x) {
    if (!(oracle instanceof DifferentiableObjective objective)) {
      return Optional.empty();
    }
    double[] gradient = new double[x.length];
    try {
      objective.gradient(x, gradient);
    } catch (RuntimeException e) {
      return Optional.empty(); // it did not throw in the run: nothing to say about numbers
    }
    return IntStream.range(0, x.length)
        .filter(i -> !Double.isFinite(gradient[i]))
        .mapToObj(i -> "gradient[" + i + "] is " + gradient[i])
        .findFirst();
  }

  private static String inWords(StopReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
