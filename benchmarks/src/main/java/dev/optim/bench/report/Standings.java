package dev.optim.bench.report;

import dev.optim.bench.statistics.Bootstrap;
import dev.optim.bench.statistics.ExpectedRunningTime;
import dev.optim.bench.statistics.PairedTest;
import dev.optim.bench.statistics.Profiles;
import dev.optim.bench.statistics.Ranks;
import dev.optim.bench.statistics.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How the optimizers that ran on the same problems stand.
 *
 * @param problems the problems
 * @param instances how many problems with seeds the figures are taken over
 * @param rows the optimizers, the best mean rank first
 * @param pairs every two of them
 * @param dropped what becomes of the order when one of them is left out; none for fewer than three
 * @param profiles the figures
 */
public record Standings(
    List<String> problems,
    int instances,
    List<Row> rows,
    List<Pair> pairs,
    List<Dropped> dropped,
    List<Profile> profiles) {

  private static final double LEVEL = 0.95;
  private static final int RESAMPLES = 2000;

  /** Targets of the distribution over targets for each decade. */
  private static final int TARGETS_A_DECADE = 5;

  /**
   * One optimizer.
   *
   * @param optimizer its name
   * @param meanRank over the instances, 1 is the best
   * @param interval of the mean rank, 95 %, over other seeds of the same problems
   * @param otherProblems of the mean rank, 95 %, over other problems of the kind and other seeds
   * @param decades by which it lowered what was left of the way, on average
   * @param solved the share of instances on which it reached each of the report's targets
   * @param runningTimes for each problem and target the expected evaluations, infinite where no run
   *     reached it
   * @param tuning what its tuning cost on all problems
   */
  public record Row(
      String optimizer,
      double meanRank,
      Bootstrap.Interval interval,
      Bootstrap.Interval otherProblems,
      double decades,
      List<Double> solved,
      List<List<Double>> runningTimes,
      Tuning tuning) {}

  /**
   * Two optimizers on the same instances.
   *
   * @param first the one with the better mean rank
   * @param second the other
   * @param wins instances on which the first has the higher score
   * @param losses instances on which the second has
   * @param probability of Wilcoxon's signed-rank test of the scores
   * @param adjusted the same after Holm's correction for all pairs
   */
  public record Pair(
      String first, String second, int wins, int losses, double probability, double adjusted) {}

  /**
   * The order without one optimizer.
   *
   * @param optimizer who is left out
   * @param order the others, the best mean rank first
   * @param holds whether it is the order they had before
   */
  public record Dropped(String optimizer, List<String> order, boolean holds) {}

  /** What a figure shows. */
  public enum Kind {
    /** The share of targets reached against the share of the budget. */
    TARGETS,
    /** Dolan and More's performance profile. */
    PERFORMANCE,
    /** More and Wild's data profile. */
    DATA
  }

  /**
   * A figure.
   *
   * @param kind what it shows
   * @param target the target; the finest of them for {@link Kind#TARGETS}
   * @param lines one for each row, in their order
   */
  public record Profile(Kind kind, double target, List<Steps> lines) {}

  /**
   * Sums up a report. Problems on which the same optimizers ran belong together: only there can
   * they be compared fairly.
   *
   * @param report the report
   * @return one for each group of problems with at least two optimizers
   */
  public static List<Standings> of(Report report) {
    Map<List<String>, List<ProblemReport>> groups = new LinkedHashMap<>();
    for (ProblemReport problem : report.problems()) {
      List<String> names =
          problem.optimizers().stream().map(OptimizerReport::name).sorted().toList();
      groups.computeIfAbsent(names, any -> new ArrayList<>()).add(problem);
    }
    return groups.entrySet().stream()
        .filter(group -> group.getKey().size() > 1)
        .map(group -> of(group.getKey(), group.getValue(), report.targets()))
        .toList();
  }

  private static Standings of(
      List<String> names, List<ProblemReport> problems, List<Double> targets) {
    double finest = targets.get(targets.size() - 1);
    List<String> order = order(new Field(problems, names), finest);
    Field field = new Field(problems, order);
    double[][] scores = field.scores(finest);
    return new Standings(
        problems.stream().map(ProblemReport::name).toList(),
        field.size(),
        rows(field, problems, scores, targets),
        pairs(order, scores),
        dropped(field, finest),
        profiles(field, targets));
  }

  private static int[] all(int size) {
    return IntStream.range(0, size).toArray();
  }

  private static List<String> order(Field field, double finest) {
    double[] means = Ranks.means(Ranks.of(field.scores(finest)), all(field.size()));
    List<String> names = field.optimizers();
    return IntStream.range(0, names.size())
        .boxed()
        .sorted(Comparator.comparingDouble(o -> means[o]))
        .map(names::get)
        .toList();
  }

  private static List<Row> rows(
      Field field, List<ProblemReport> problems, double[][] scores, List<Double> targets) {
    double[][] ranks = Ranks.of(scores);
    double[][] decades = field.decades(targets.get(targets.size() - 1));
    double[][] spent = field.spent();
    List<double[][]> costs = targets.stream().map(field::costs).toList();
    double[] means = Ranks.means(ranks, all(field.size()));
    Function<int[], double[]> meanRanks = chosen -> Ranks.means(ranks, chosen);
    Bootstrap.Interval[] intervals =
        Bootstrap.withinStrata(field.strata(), LEVEL, RESAMPLES, 0, meanRanks);
    Bootstrap.Interval[] otherProblems =
        Bootstrap.overStrata(field.strata(), LEVEL, RESAMPLES, 0, meanRanks);
    List<Row> rows = new ArrayList<>();
    for (int o = 0; o < means.length; o++) {
      int row = o;
      rows.add(
          new Row(
              field.optimizers().get(o),
              means[o],
              intervals[o],
              otherProblems[o],
              Arrays.stream(decades[o]).average().orElse(0),
              costs.stream().map(each -> share(each[row])).toList(),
              IntStream.range(0, problems.size())
                  .mapToObj(p -> runningTimes(field.instancesOf(p), row, costs, spent))
                  .toList(),
              tuning(problems, field.optimizers().get(o))));
    }
    return rows;
  }

  private static double share(double[] costs) {
    return (double) Arrays.stream(costs).filter(Double::isFinite).count() / costs.length;
  }

  /** To each target, on the given instances. */
  private static List<Double> runningTimes(
      int[] instances, int optimizer, List<double[][]> costs, double[][] spent) {
    return costs.stream()
        .map(
            each ->
                ExpectedRunningTime.of(
                    IntStream.of(instances).mapToDouble(i -> each[optimizer][i]).toArray(),
                    IntStream.of(instances).mapToDouble(i -> spent[optimizer][i]).toArray()))
        .toList();
  }

  private static Tuning tuning(List<ProblemReport> problems, String optimizer) {
    return problems.stream()
        .flatMap(problem -> problem.optimizers().stream())
        .filter(each -> each.name().equals(optimizer))
        .map(OptimizerReport::tuning)
        .reduce(Tuning.NONE, Tuning::plus);
  }

  private static List<Pair> pairs(List<String> names, double[][] scores) {
    List<int[]> pairs = new ArrayList<>();
    for (int a = 0; a < names.size(); a++) {
      for (int b = a + 1; b < names.size(); b++) {
        pairs.add(new int[] {a, b});
      }
    }
    double[][] differences =
        pairs.stream()
            .map(pair -> minus(scores[pair[0]], scores[pair[1]]))
            .toArray(double[][]::new);
    double[] probabilities = Stream.of(differences).mapToDouble(PairedTest::signedRank).toArray();
    double[] adjusted = PairedTest.holm(probabilities);
    return IntStream.range(0, pairs.size())
        .mapToObj(
            i ->
                new Pair(
                    names.get(pairs.get(i)[0]),
                    names.get(pairs.get(i)[1]),
                    (int) Arrays.stream(differences[i]).filter(d -> d > 0).count(),
                    (int) Arrays.stream(differences[i]).filter(d -> d < 0).count(),
                    probabilities[i],
                    adjusted[i]))
        .toList();
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }

  private static List<Dropped> dropped(Field field, double finest) {
    if (field.optimizers().size() < 3) {
      return List.of();
    }
    return field.optimizers().stream()
        .map(
            name -> {
              Field rest = field.without(name);
              List<String> order = order(rest, finest);
              return new Dropped(name, order, order.equals(rest.optimizers()));
            })
        .toList();
  }

  private static List<Profile> profiles(Field field, List<Double> targets) {
    List<Profile> profiles = new ArrayList<>();
    double finest = targets.get(targets.size() - 1);
    profiles.add(new Profile(Kind.TARGETS, finest, overTargets(field, finest)));
    for (double target : targets) {
      double[][] costs = field.costs(target);
      profiles.add(new Profile(Kind.PERFORMANCE, target, Profiles.performance(costs)));
      profiles.add(new Profile(Kind.DATA, target, Profiles.data(costs, field.dimensions())));
    }
    return profiles;
  }

  /** Targets a fifth of a decade apart, down to the finest. */
  private static List<Steps> overTargets(Field field, double finest) {
    int targets = (int) StrictMath.rint(-StrictMath.log10(finest) * TARGETS_A_DECADE);
    List<double[][]> shares =
        IntStream.rangeClosed(1, Math.max(1, targets))
            .mapToObj(k -> field.shares(StrictMath.pow(10, -(double) k / TARGETS_A_DECADE)))
            .toList();
    return IntStream.range(0, field.optimizers().size())
        .mapToObj(
            o ->
                Steps.of(shares.stream().flatMapToDouble(each -> Arrays.stream(each[o])).toArray()))
        .toList();
  }
}
