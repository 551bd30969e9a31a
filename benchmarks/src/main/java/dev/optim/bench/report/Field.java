package dev.optim.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Runs of several optimizers on the same problems from the same seeds, as numbers that compare
 * across problems. An instance is one problem with one seed.
 *
 * <p>What counts is how far a run has come on the way from the start to the lowest value: the known
 * one, or else the lowest that any of these optimizers has recorded. A target of 1e-3 is reached
 * where a thousandth of the way is left.
 */
final class Field {

  private static final double NEVER = Double.POSITIVE_INFINITY;

  private final List<ProblemReport> problems;
  private final List<String> optimizers;
  private final List<Instance> instances = new ArrayList<>();

  /** A problem with a seed, and its scale. */
  private record Instance(int problem, long seed, double start, double lowest) {

    double target(double part) {
      return lowest + part * (start - lowest);
    }
  }

  Field(List<ProblemReport> problems, List<String> optimizers) {
    this.problems = List.copyOf(problems);
    this.optimizers = List.copyOf(optimizers);
    for (int p = 0; p < problems.size(); p++) {
      ProblemReport problem = problems.get(p);
      double start = start(problem);
      double lowest = lowest(problem);
      int index = p;
      problem.optimizers().stream()
          .flatMap(optimizer -> optimizer.runs().stream())
          .map(RunReport::seed)
          .distinct()
          .sorted()
          .forEach(seed -> instances.add(new Instance(index, seed, start, lowest)));
    }
  }

  List<String> optimizers() {
    return optimizers;
  }

  int size() {
    return instances.size();
  }

  /** The problem of each instance, by its index. */
  int[] strata() {
    return instances.stream().mapToInt(Instance::problem).toArray();
  }

  /** The instances of a problem. */
  int[] instancesOf(int problem) {
    return IntStream.range(0, size()).filter(i -> instances.get(i).problem == problem).toArray();
  }

  int[] dimensions() {
    return instances.stream().mapToInt(each -> problems.get(each.problem).dimension()).toArray();
  }

  /** The evaluations until a target, {@code [optimizer][instance]}; infinity if it is missed. */
  double[][] costs(double part) {
    return each(
        (run, instance) -> Math.max(1, run.curve().evaluationsTo(instance.target(part))), NEVER);
  }

  /** What each run spent in all; one without a result counts with the whole budget. */
  double[][] spent() {
    double[][] spent = each((run, instance) -> run.curve().total().evaluations(), -1);
    for (double[] row : spent) {
      for (int i = 0; i < row.length; i++) {
        row[i] = row[i] < 0 ? problems.get(instances.get(i).problem).budget() : row[i];
      }
    }
    return spent;
  }

  /** The costs as parts of the problem's budget. */
  double[][] shares(double part) {
    double[][] costs = costs(part);
    for (double[] row : costs) {
      for (int i = 0; i < row.length; i++) {
        row[i] /= problems.get(instances.get(i).problem).budget();
      }
    }
    return costs;
  }

  /**
   * By how many decades each run has lowered what is left of the way, at most those of the finest
   * target; 0 for a run without a result.
   */
  double[][] decades(double finest) {
    double[][] left =
        each(
            (run, instance) ->
                (run.curve().finalValue(0) - instance.lowest) / (instance.start - instance.lowest),
            1);
    for (double[] row : left) {
      for (int i = 0; i < row.length; i++) {
        double parts = Double.isNaN(row[i]) ? 1 : Math.min(1, Math.max(finest, row[i]));
        row[i] = -StrictMath.log10(parts);
      }
    }
    return left;
  }

  /**
   * What runs are ranked by: their decades, and for those that ended at the finest target the part
   * of the budget they did not need to get there.
   */
  double[][] scores(double finest) {
    double most = -StrictMath.log10(finest);
    double[][] scores = decades(finest);
    double[][] shares = shares(finest);
    for (int o = 0; o < scores.length; o++) {
      for (int i = 0; i < scores[o].length; i++) {
        boolean there = scores[o][i] == most && shares[o][i] < 1;
        scores[o][i] += there ? 1 - shares[o][i] : 0;
      }
    }
    return scores;
  }

  /** The same without one of the optimizers, whose runs then set no lowest value either. */
  Field without(String optimizer) {
    return new Field(
        problems.stream()
            .map(
                problem ->
                    problem.with(
                        problem.optimizers().stream()
                            .filter(each -> !each.name().equals(optimizer))
                            .toList()))
            .toList(),
        optimizers.stream().filter(each -> !each.equals(optimizer)).toList());
  }

  private interface Figure {
    double of(RunReport.Completed run, Instance instance);
  }

  /** A figure of each optimizer's run of each instance, or another where it has no result. */
  private double[][] each(Figure figure, double otherwise) {
    double[][] figures = new double[optimizers.size()][instances.size()];
    for (int o = 0; o < figures.length; o++) {
      Arrays.fill(figures[o], otherwise);
      for (int i = 0; i < instances.size(); i++) {
        Instance instance = instances.get(i);
        for (OptimizerReport optimizer : problems.get(instance.problem).optimizers()) {
          if (optimizer.name().equals(optimizers.get(o))) {
            for (RunReport.Completed run : optimizer.completed()) {
              if (run.seed() == instance.seed) {
                figures[o][i] = figure.of(run, instance);
              }
            }
          }
        }
      }
    }
    return figures;
  }

  /** The median of the values the runs began with: methods with a population begin elsewhere. */
  private static double start(ProblemReport problem) {
    return Spread.of(
            problem.optimizers().stream()
                .flatMap(optimizer -> optimizer.completed().stream())
                .mapToDouble(run -> run.curve().value(0, 0))
                .filter(Double::isFinite)
                .toArray())
        .median();
  }

  private static double lowest(ProblemReport problem) {
    OptionalDouble seen =
        problem.optimizers().stream()
            .flatMap(optimizer -> optimizer.completed().stream())
            .mapToDouble(run -> run.curve().lowest())
            .min();
    // a value below what was thought the lowest is believed
    return Math.min(problem.lowest().orElse(NEVER), seen.orElse(NEVER));
  }
}
