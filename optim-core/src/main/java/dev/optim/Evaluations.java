package dev.optim;

import static java.util.Objects.requireNonNull;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts how often a problem has been asked, and guards the caller from it.
 *
 * <p>The {@code counting} methods wrap a problem. A wrapped problem counts each call; it hands the
 * user's code a scratch copy of the point, so that code which changes or keeps it does no harm; it
 * fills a gradient with NaN before the call, so that one that is not written is noticed; and it
 * turns whatever exception the user's code throws into an {@link EvaluationException}. Errors pass
 * unchanged. Safe for use from several threads if the wrapped problem is.
 */
public final class Evaluations {

  private final AtomicLong values = new AtomicLong();
  private final AtomicLong gradients = new AtomicLong();
  private final AtomicLong terms = new AtomicLong();
  private final AtomicLong rankings = new AtomicLong();
  private final ThreadLocal<double[]> scratch = ThreadLocal.withInitial(() -> new double[0]);

  /** Starts at zero. */
  public Evaluations() {}

  /**
   * The counts so far.
   *
   * @return a copy that no longer changes
   */
  public Counts counts() {
    return new Counts(values.get(), gradients.get(), terms.get(), rankings.get());
  }

  /**
   * Replaces the counts, as a restored run does.
   *
   * @param counts the new counts
   */
  public void restore(Counts counts) {
    values.set(counts.values());
    gradients.set(counts.gradients());
    terms.set(counts.terms());
    rankings.set(counts.rankings());
  }

  /**
   * Counts the values of an objective.
   *
   * @param objective the user's objective
   * @return the same objective, counted and guarded
   */
  public Objective counting(Objective objective) {
    requireNonNull(objective, "objective");
    return new Objective() {
      @Override
      public double value(double[] x) {
        return Evaluations.this.value(objective, x);
      }

      @Override
      public void values(double[][] points, double[] out) {
        Evaluations.this.values(objective, points, out);
      }
    };
  }

  /**
   * Counts the values and gradients of an objective. {@code valueAndGradient} counts as one of
   * each.
   *
   * @param objective the user's objective
   * @return the same objective, counted and guarded
   */
  public DifferentiableObjective counting(DifferentiableObjective objective) {
    requireNonNull(objective, "objective");
    return new DifferentiableObjective() {
      @Override
      public int terms() {
        return objective.terms();
      }

      @Override
      public double value(double[] x) {
        return Evaluations.this.value(objective, x);
      }

      @Override
      public void values(double[][] points, double[] out) {
        Evaluations.this.values(objective, points, out);
      }

      @Override
      public void gradient(double[] x, double[] out) {
        Evaluations.this.gradient(objective, x, out);
      }

      @Override
      public double valueAndGradient(double[] x, double[] out) {
        return Evaluations.this.valueAndGradient(objective, x, out);
      }
    };
  }

  /**
   * Counts the values, gradients and terms of a finite sum. A gradient over a batch counts as one
   * gradient and as many terms as the batch has; a whole gradient as one and n.
   *
   * @param sum the user's finite sum
   * @return the same sum, counted and guarded
   */
  public FiniteSum counting(FiniteSum sum) {
    requireNonNull(sum, "sum");
    return new FiniteSum() {
      @Override
      public int terms() {
        return sum.terms();
      }

      @Override
      public double value(double[] x) {
        return Evaluations.this.value(sum, x);
      }

      @Override
      public void values(double[][] points, double[] out) {
        Evaluations.this.values(sum, points, out);
      }

      @Override
      public void gradient(double[] x, double[] out) {
        Evaluations.this.gradient(sum, x, out);
      }

      @Override
      public double valueAndGradient(double[] x, double[] out) {
        return Evaluations.this.valueAndGradient(sum, x, out);
      }

      @Override
      public double value(double[] x, int[] batch) {
        values.incrementAndGet();
        return guarded("value", () -> sum.value(copy(x), batch.clone()));
      }

      @Override
      public double valueAndGradient(double[] x, int[] batch, double[] out) {
        values.incrementAndGet();
        gradients.incrementAndGet();
        terms.addAndGet(batch.length);
        Arrays.fill(out, Double.NaN);
        return guarded("gradient", () -> sum.valueAndGradient(copy(x), batch.clone(), out));
      }

      @Override
      public void termGradients(double[] x, int[] batch, double[][] out) {
        gradients.addAndGet(batch.length);
        terms.addAndGet(batch.length);
        for (double[] row : out) {
          Arrays.fill(row, Double.NaN);
        }
        guarded(
            "term gradients",
            () -> {
              sum.termGradients(copy(x), batch.clone(), out);
              return 0;
            });
      }
    };
  }

  /**
   * Counts the questions put to a ranking oracle.
   *
   * @param oracle the user's oracle
   * @return the same oracle, counted; it gets copies of the candidates
   */
  public RankingOracle counting(RankingOracle oracle) {
    requireNonNull(oracle, "oracle");
    return new RankingOracle() {
      @Override
      public int[] best(double[][] candidates, int top) {
        rankings.incrementAndGet();
        try {
          return oracle.best(copies(candidates), top);
        } catch (Exception e) {
          throw failed("ranking", e);
        }
      }

      @Override
      public int[][] levels(double[][] candidates, int top) {
        rankings.incrementAndGet();
        try {
          return oracle.levels(copies(candidates), top);
        } catch (Exception e) {
          throw failed("ranking", e);
        }
      }
    };
  }

  private double value(Objective objective, double[] x) {
    values.incrementAndGet();
    return guarded("value", () -> objective.value(copy(x)));
  }

  private void values(Objective objective, double[][] points, double[] out) {
    values.addAndGet(points.length);
    guarded(
        "values",
        () -> {
          objective.values(copies(points), out);
          return 0;
        });
  }

  private static double[][] copies(double[][] points) {
    double[][] copies = new double[points.length][];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = points[i].clone();
    }
    return copies;
  }

  private void gradient(DifferentiableObjective objective, double[] x, double[] out) {
    gradients.incrementAndGet();
    terms.addAndGet(objective.terms());
    Arrays.fill(out, Double.NaN);
    guarded(
        "gradient",
        () -> {
          objective.gradient(copy(x), out);
          return 0;
        });
  }

  private double valueAndGradient(DifferentiableObjective objective, double[] x, double[] out) {
    values.incrementAndGet();
    gradients.incrementAndGet();
    terms.addAndGet(objective.terms());
    Arrays.fill(out, Double.NaN);
    return guarded("gradient", () -> objective.valueAndGradient(copy(x), out));
  }

  private double[] copy(double[] x) {
    double[] copy = scratch.get();
    if (copy.length != x.length) {
      copy = new double[x.length];
      scratch.set(copy);
    }
    System.arraycopy(x, 0, copy, 0, x.length);
    return copy;
  }

  private interface Call {
    double run();
  }

  private static double guarded(String asked, Call call) {
    try {
      return call.run();
    } catch (Exception e) {
      throw failed(asked, e);
    }
  }

  private static EvaluationException failed(String asked, Exception e) {
    // a wrapped problem may itself be wrapped: the innermost exception already says it all
    return e instanceof EvaluationException inner ? inner : new EvaluationException(asked, e);
  }

  /**
   * How often each oracle had been asked.
   *
   * @param values objective values, those that came with a gradient included
   * @param gradients gradients, whole or over a batch
   * @param terms gradients of single terms: n for a whole gradient of a finite sum, 1 for one of an
   *     objective that is no sum
   * @param rankings questions to a ranking oracle
   */
  public record Counts(long values, long gradients, long terms, long rankings) {

    /** Nothing asked yet. */
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    /**
     * Writes the counts as metadata of a checkpoint.
     *
     * @param builder written to
     * @return the builder
     */
    public CheckpointBuilder save(CheckpointBuilder builder) {
      return builder
          .meta("values", values)
          .meta("gradients", gradients)
          .meta("terms", terms)
          .meta("rankings", rankings);
    }

    /**
     * Reads the counts that {@link #save} wrote.
     *
     * @param checkpoint read
     * @return the counts
     * @throws IllegalArgumentException if one is missing
     */
    public static Counts from(Checkpoint checkpoint) {
      return new Counts(
          checkpoint.metaLong("values"),
          checkpoint.metaLong("gradients"),
          checkpoint.metaLong("terms"),
          checkpoint.metaLong("rankings"));
    }
  }
}
