package dev.optim.bench.experiment;

import dev.optim.Checks;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.report.Counted;
import dev.optim.bench.report.OptimizerReport;
import dev.optim.bench.report.ProblemReport;
import dev.optim.bench.report.Report;
import dev.optim.bench.report.RunReport;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;

/**
 * Compares methods on problems. Every method spends the same budget: first each study of the
 * protocol tries as many settings, from a seed kept for that; then the setting that ended lowest
 * runs from seeds that count.
 *
 * <p>Trials run side by side, one a thread. Their number changes no outcome, only the times. What
 * the log already holds is not run again.
 */
public final class Comparison {

  private final Experiment experiment;
  private final Protocol protocol;
  private final int threads;
  private final Environment environment;
  private final RunLog log;
  private final Progress progress;
  private final List<Pairing<?>> pairings;
  private final int total;
  private int done;
  private int failed;

  /**
   * Prepares a comparison.
   *
   * @param experiment what is compared, and how
   * @param threads how many trials run at a time, at least 1
   * @param environment where
   * @param log what has been run before, and takes what is run now
   * @param progress told of every outcome
   */
  public Comparison(
      Experiment experiment, int threads, Environment environment, RunLog log, Progress progress) {
    this.experiment = experiment;
    this.threads = (int) Checks.atLeastOne("threads", threads);
    this.environment = environment;
    this.log = log;
    this.progress = progress;
    protocol = experiment.protocol();
    pairings = experiment.pairings();
    total = tuning().size() + pairings.size() * protocol.seeds();
  }

  /**
   * The trials of the whole comparison.
   *
   * @return tuning included
   */
  public int total() {
    return total;
  }

  /**
   * The trials that ended with an exception or hung in this call of {@link #run}.
   *
   * @return their number; the same comparison tries them again
   */
  public int failed() {
    return failed;
  }

  /**
   * Runs what has not been run, and puts everything together.
   *
   * @return the report
   * @throws IOException if the log cannot be written; what was written stays
   * @throws InterruptedException if the calling thread is interrupted
   */
  public Report run() throws IOException, InterruptedException {
    Outcomes tuned = outcomes(tuning());
    Map<Pairing<?>, Choice> choices = new LinkedHashMap<>();
    pairings.forEach(pairing -> choices.put(pairing, Choice.of(pairing, protocol, tuned::of)));
    // seed by seed: every method meets the JVM as warm, and the machine as busy, as the next
    List<Trial<?>> counting = new ArrayList<>();
    for (long seed = 1; seed <= protocol.seeds(); seed++) {
      for (Pairing<?> pairing : pairings) {
        counting.add(counting(pairing, choices, seed));
      }
    }
    return report(choices, outcomes(counting));
  }

  private List<Trial<?>> tuning() {
    List<Trial<?>> trials = new ArrayList<>();
    for (int study = 0; study < protocol.studies(); study++) {
      for (Pairing<?> pairing : pairings) {
        trials.addAll(pairing.tuning(study, protocol));
      }
    }
    return trials;
  }

  private Trial<?> counting(Pairing<?> pairing, Map<Pairing<?>, Choice> choices, long seed) {
    return pairing.trial(choices.get(pairing).of(seed), seed, protocol.timeLimit());
  }

  /** What became of trials; the same trial may have been asked for twice. */
  private final class Outcomes {

    private final Map<TrialKey, Outcome> known = new HashMap<>();

    Outcome of(Trial<?> trial) {
      return Objects.requireNonNull(known.get(TrialKey.of(trial, environment)), trial::toString);
    }
  }

  private Outcomes outcomes(List<Trial<?>> trials) throws IOException, InterruptedException {
    Outcomes outcomes = new Outcomes();
    Map<TrialKey, Trial<?>> open = new LinkedHashMap<>();
    for (Trial<?> trial : trials) {
      TrialKey key = TrialKey.of(trial, environment);
      log.find(key)
          .ifPresentOrElse(known -> outcomes.known.put(key, known), () -> open.put(key, trial));
    }
    done += trials.size() - open.size();
    progress.trials(done, total);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CompletionService<Map.Entry<TrialKey, Outcome>> running =
          new ExecutorCompletionService<>(pool);
      open.forEach((key, trial) -> running.submit(() -> Map.entry(key, logged(key, trial))));
      for (int i = 0; i < open.size(); i++) {
        Map.Entry<TrialKey, Outcome> ended = running.take().get();
        outcomes.known.put(ended.getKey(), ended.getValue());
        failed += ended.getValue().stands() ? 0 : 1;
        progress.trials(++done, total);
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException disk) {
        throw new IOException("cannot write " + log + ": " + disk.getMessage(), disk);
      }
      throw new IllegalStateException("a trial ended the comparison", e.getCause());
    } finally {
      pool.shutdownNow();
    }
    return outcomes;
  }

  /** Writes the outcome down in the thread of the trial: once it has ended, it is safe. */
  private Outcome logged(TrialKey key, Trial<?> trial) throws IOException, InterruptedException {
    Outcome outcome = Watchdog.run(trial);
    log.append(key, outcome);
    return outcome;
  }

  private Report report(Map<Pairing<?>, Choice> choices, Outcomes outcomes) {
    List<ProblemReport> problems = new ArrayList<>();
    for (Track<?> track : experiment.tracks()) {
      for (Problem<?> problem : track.problems()) {
        List<OptimizerReport> optimizers = new ArrayList<>();
        choices.forEach(
            (pairing, choice) -> {
              if (pairing.problem().equals(problem)) {
                optimizers.add(optimizerReport(pairing, choice, choices, outcomes));
              }
            });
        problems.add(problemReport(problem, optimizers));
      }
    }
    Map<String, String> where = environment.describe();
    where.put("trials at a time", Integer.toString(threads));
    int elsewhere = log.fromElsewhere(environment);
    if (elsewhere > 0) {
      where.put(
          "left out", Counted.of(elsewhere, "kept run") + " of another version, JDK or machine");
    }
    return new Report(experiment.title(), Instant.now(), where, protocol.targets(), problems);
  }

  private ProblemReport problemReport(Problem<?> problem, List<OptimizerReport> optimizers) {
    return new ProblemReport(
        problem.name(),
        problem.description(),
        problem.layout().length(),
        problem.budget().unit().toString(),
        problem.budget().total(),
        problem.lowest(),
        problem.metrics(),
        optimizers);
  }

  private OptimizerReport optimizerReport(
      Pairing<?> pairing, Choice choice, Map<Pairing<?>, Choice> choices, Outcomes outcomes) {
    List<RunReport> runs =
        LongStream.rangeClosed(1, protocol.seeds())
            .mapToObj(seed -> outcomes.of(counting(pairing, choices, seed)).report(seed))
            .toList();
    return new OptimizerReport(
        pairing.method().name(), choice.describe(pairing.method()), choice.tuning(), runs);
  }
}
