package dev.optim.bench.experiment;

import dev.optim.Checks;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.report.OptimizerReport;
import dev.optim.bench.report.ProblemReport;
import dev.optim.bench.report.Report;
import dev.optim.bench.report.RunReport;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;

/**
 * Compares methods on problems. Every method spends the same budget: first on each of its candidate
 * settings from one seed, kept for that; then with the setting that ended lowest from each of the
 * seeds that count.
 *
 * <p>Trials run side by side, one a thread. Their number changes no outcome, only the times. What
 * the log already holds is not run again.
 */
public final class Comparison {

  /** The seed of the trials that choose the setting; the seeds that count are 1, 2, ... */
  static final long TUNING_SEED = 0;

  private final List<Track<?>> tracks;
  private final int seeds;
  private final int threads;
  private final Environment environment;
  private final RunLog log;
  private final Progress progress;
  private final List<Pairing<?>> pairings = new ArrayList<>();
  private final int total;
  private int done;
  private int failed;

  /**
   * Prepares a comparison.
   *
   * @param tracks what is compared, at least one method on one problem
   * @param seeds how many runs count for each method and problem, at least 1
   * @param threads how many trials run at a time, at least 1
   * @param environment where
   * @param log what has been run before, and takes what is run now
   * @param progress told of every outcome
   */
  public Comparison(
      List<Track<?>> tracks,
      int seeds,
      int threads,
      Environment environment,
      RunLog log,
      Progress progress) {
    this.tracks = List.copyOf(tracks);
    this.seeds = (int) Checks.atLeastOne("seeds", seeds);
    this.threads = (int) Checks.atLeastOne("threads", threads);
    this.environment = environment;
    this.log = log;
    this.progress = progress;
    tracks.forEach(track -> pairings.addAll(track.pairings()));
    Checks.atLeastOne("the number of methods on problems", pairings.size());
    int tuning = pairings.stream().mapToInt(pairing -> pairing.tuning(TUNING_SEED).size()).sum();
    total = tuning + pairings.size() * seeds;
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
   * The trials that ended with an exception in this call of {@link #run}.
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
    List<Trial<?>> tuning = new ArrayList<>();
    pairings.forEach(pairing -> tuning.addAll(pairing.tuning(TUNING_SEED)));
    Map<Trial<?>, Outcome> tuned = outcomes(tuning);

    Map<Pairing<?>, Choice> choices = new LinkedHashMap<>();
    pairings.forEach(pairing -> choices.put(pairing, Choice.of(pairing, tuned)));
    // seed by seed, so that every method meets the JVM as warm, and the machine as busy, as the
    // next
    List<Trial<?>> counting = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      for (Pairing<?> pairing : pairings) {
        counting.add(pairing.trial(choices.get(pairing).candidate(), seed));
      }
    }
    return report(choices, outcomes(counting));
  }

  private Map<Trial<?>, Outcome> outcomes(List<Trial<?>> trials)
      throws IOException, InterruptedException {
    Map<Trial<?>, Outcome> outcomes = new LinkedHashMap<>();
    List<Trial<?>> open = new ArrayList<>();
    for (Trial<?> trial : trials) {
      log.find(TrialKey.of(trial, environment))
          .ifPresentOrElse(known -> outcomes.put(trial, known), () -> open.add(trial));
    }
    done += outcomes.size();
    progress.trials(done, total);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CompletionService<Map.Entry<Trial<?>, Outcome>> running =
          new ExecutorCompletionService<>(pool);
      open.forEach(trial -> running.submit(() -> Map.entry(trial, logged(trial))));
      for (int i = 0; i < open.size(); i++) {
        Map.Entry<Trial<?>, Outcome> ended = running.take().get();
        outcomes.put(ended.getKey(), ended.getValue());
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
  private Outcome logged(Trial<?> trial) throws IOException {
    Outcome outcome = trial.run();
    log.append(TrialKey.of(trial, environment), outcome);
    return outcome;
  }

  private Report report(Map<Pairing<?>, Choice> choices, Map<Trial<?>, Outcome> outcomes) {
    List<ProblemReport> problems = new ArrayList<>();
    for (Track<?> track : tracks) {
      for (Problem<?> problem : track.problems()) {
        List<OptimizerReport> optimizers = new ArrayList<>();
        choices.forEach(
            (pairing, choice) -> {
              if (pairing.problem().equals(problem)) {
                optimizers.add(optimizerReport(pairing, choice, outcomes));
              }
            });
        problems.add(problemReport(problem, optimizers));
      }
    }
    Map<String, String> where = environment.describe();
    where.put("trials at a time", Integer.toString(threads));
    return new Report("Optimizers compared", Instant.now(), where, problems);
  }

  private ProblemReport problemReport(Problem<?> problem, List<OptimizerReport> optimizers) {
    return new ProblemReport(
        problem.name(),
        String.format(
            Locale.ROOT,
            "%s Each run may spend %,d %s; each setting was chosen by the lowest final %s on a seed"
                + " of its own.",
            problem.description(),
            problem.budget().total(),
            problem.budget().unit(),
            problem.metrics().get(0).name()),
        problem.layout().length(),
        problem.budget().unit().toString(),
        problem.metrics(),
        optimizers);
  }

  private OptimizerReport optimizerReport(
      Pairing<?> pairing, Choice choice, Map<Trial<?>, Outcome> outcomes) {
    List<RunReport> runs =
        LongStream.rangeClosed(1, seeds)
            .mapToObj(seed -> outcomes.get(pairing.trial(choice.candidate(), seed)).report(seed))
            .toList();
    return new OptimizerReport(pairing.method().name(), choice.describe(pairing), runs);
  }
}
