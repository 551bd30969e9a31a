package dev.optim.zeroth;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.Optimizer;
import dev.optim.RankingOracle;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;

/**
 * ZO-RankSGD: descent from rankings alone. A step shows m perturbed points x + mu xi_i, xi_i ~ N(0,
 * I), learns which are the k best and in what order, and estimates
 *
 * <pre>
 *   g = 1/|E| sum over edges (i better than j) of (xi_j - xi_i) = 1/|E| sum w_i xi_i
 *   w_i = 2r - (m - 1) for the r-th best (r = 0..k-1), k for the others,   |E| = k(k-1)/2 + k(m-k)
 *   x = x - eta g
 * </pre>
 *
 * <p>Ties count for neither side: w_i is the number of points known to be better less that of those
 * known to be worse, |E| the number of pairs of which the better one is known, and g = 0 if there
 * is none.
 *
 * <p>g is free of mu: eta is the length scale of the move. Nothing but the order enters, so a run
 * is the same bit for bit under any increasing transform of the objective, and no step is ever
 * longer than the perturbations make it: the method cannot overflow. The iterate's value is NaN,
 * since none is known; the metric {@value #QUERIES} counts the points shown.
 *
 * <p>Cost of a step: one question of m points, m d Gaussian draws twice (perturbations are made
 * again from the random stream, not kept), 2 m d operations; memory O(d) between the questions. A
 * line search adds a question.
 *
 * <p>Reference: Z. Tang, D. Rybin and T.-H. Chang, Zeroth-order optimization meets human feedback:
 * provable learning via ranking oracles, ICLR 2024.
 *
 * @param queries m, points of a question, at least 2
 * @param ranked k, how many of them are ranked, from 1 to m
 * @param smoothing mu, the size of the perturbations, greater than 0
 * @param steps the step sizes
 */
public record RankSgd(int queries, int ranked, double smoothing, RankingSteps steps)
    implements Optimizer<RankingOracle> {

  /** The metric that counts the points shown to the oracle. */
  public static final String QUERIES = "queries";

  /** Checks the ranges. */
  public RankSgd {
    Checks.require(queries >= 2, "queries", queries, "at least 2");
    Checks.require(
        ranked >= 1 && ranked <= queries,
        "ranked",
        ranked,
        "from 1 to the " + queries + " queries");
    Checks.positive("smoothing", smoothing);
    requireNonNull(steps, "steps");
  }

  /**
   * Fifteen points, all ranked, mu = 0.01, and a line search among x and five steps from eta = 0.1
   * down: the settings of the paper's experiments with its line search.
   *
   * @return the method
   */
  public static RankSgd standard() {
    return new RankSgd(15, 15, 0.01, RankingSteps.lineSearch(0.1, 6));
  }

  /**
   * Begins a run by ask and tell: candidates are asked about and their ranking told.
   *
   * @param start where to begin; one point is drawn from it
   * @param random every random choice of the run, the start included, is drawn from this stream
   * @return the run, at iteration 0, with the first question ready
   */
  public AskRank open(Start start, RandomStream random) {
    double[] x = start.sample(Optimizer.startStream(random));
    return new AskRank(this, x, new StreamPerturbations(random.split("perturbations"), x.length));
  }

  /**
   * Begins a run. Nothing is asked before the first {@link Run#advance}.
   *
   * @param problem asked from the thread that calls the run; it gets fresh arrays
   * @param start where to begin; one point is drawn from it
   * @param random every random choice of the run, the start included, is drawn from this stream
   * @return the run, at iteration 0
   */
  @Override
  public Run start(RankingOracle problem, Start start, RandomStream random) {
    return new RankedRun(open(start, random), requireNonNull(problem, "problem"));
  }
}
