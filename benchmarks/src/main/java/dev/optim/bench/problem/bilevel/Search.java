package dev.optim.bench.problem.bilevel;

import dev.optim.Checks;
import dev.optim.Evaluations;
import dev.optim.Iterate;
import dev.optim.Objective;
import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.StopReason;
import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import java.util.Arrays;
import java.util.Optional;

/**
 * What hyper-parameters are chosen by where there are no hypergradients: values at points of a
 * cube, of which the best is kept. The first point is the start.
 *
 * @param pattern which points
 * @param low the lower end of the cube
 * @param high the upper end, above the lower
 */
public record Search(Pattern pattern, double low, double high) implements Optimizer<Objective> {

  /** Which points of the cube are tried, in which order. */
  public enum Pattern {
    /**
     * The same number for every coordinate: the middle, then the quarters, the eighths and so on,
     * so that the search may end at any time.
     */
    GRID {
      @Override
      double[] point(long k, int n, RandomStream random) {
        double part = 0;
        double digit = 0.5;
        for (long rest = k; rest > 0; rest /= 2) {
          part += digit * (rest % 2);
          digit /= 2;
        }
        double[] point = new double[n];
        Arrays.fill(point, part);
        return point;
      }
    },
    /** Uniform in the cube. */
    RANDOM {
      @Override
      double[] point(long k, int n, RandomStream random) {
        double[] point = new double[n];
        random.split(k).fillUniform(point);
        return point;
      }
    };

    /** Point k = 1, 2, ... of the unit cube. */
    abstract double[] point(long k, int n, RandomStream random);
  }

  /** Checks the cube. */
  public Search {
    Checks.require(low < high, "low", low, "less than high = " + high);
  }

  @Override
  public Run start(Objective problem, Start start, RandomStream random) {
    return new Searching(this, problem, start.sample(Optimizer.startStream(random)), random);
  }

  private static final class Searching implements Run, Iterate {

    private final Search search;
    private final Evaluations evaluations = new Evaluations();
    private final Objective problem;
    private final RandomStream random;
    private final double[] best;
    private double value;
    private long iteration;

    Searching(Search search, Objective problem, double[] start, RandomStream random) {
      this.search = search;
      this.problem = evaluations.counting(problem);
      this.random = random.split("search");
      best = start;
      value = this.problem.value(best);
    }

    @Override
    public Optional<StopReason> advance() {
      double[] point = search.pattern.point(iteration + 1, best.length, random);
      for (int i = 0; i < point.length; i++) {
        point[i] = search.low + (search.high - search.low) * point[i];
      }
      double there = problem.value(point);
      if (there < value || Double.isNaN(value)) {
        value = there;
        System.arraycopy(point, 0, best, 0, best.length);
      }
      iteration++;
      return Optional.empty();
    }

    @Override
    public Iterate iterate() {
      return this;
    }

    @Override
    public long iteration() {
      return iteration;
    }

    @Override
    public Evaluations.Counts evaluations() {
      return evaluations.counts();
    }

    @Override
    public int dimension() {
      return best.length;
    }

    @Override
    public void copyPoint(double[] out) {
      Checks.length("out", out.length, best.length);
      System.arraycopy(best, 0, out, 0, best.length);
    }

    @Override
    public double value() {
      return value;
    }

    @Override
    public Checkpoint checkpoint() {
      return evaluations
          .counts()
          .save(Checkpoint.builder())
          .meta("kind", "search run")
          .meta("method", search.toString())
          .meta("iteration", iteration)
          .meta("value", value)
          .tensor("best", best, best.length)
          .build();
    }

    @Override
    public void restore(Checkpoint checkpoint) {
      checkpoint.require("kind", "search run").require("method", search.toString());
      long savedIteration = checkpoint.metaLong("iteration");
      double savedValue = checkpoint.metaDouble("value");
      double[] saved = checkpoint.doubles("best", best.length);
      evaluations.restore(Evaluations.Counts.from(checkpoint));
      iteration = savedIteration;
      value = savedValue;
      System.arraycopy(saved, 0, best, 0, best.length);
    }
  }
}
