package dev.optim.zeroth;

import dev.optim.Checks;
import dev.optim.Evaluations;
import dev.optim.Iterate;
import dev.optim.kernel.Kernels;
import dev.optim.state.Checkpoint;
import java.util.Arrays;
import java.util.Set;

/**
 * A run of {@link RankSgd} by ask and tell: the method shows candidates, and somebody - a person, a
 * tournament - says which are the best.
 *
 * <pre>{@code
 * AskRank run = RankSgd.standard().open(Start.at(1, 2, 3), RandomStream.of(7));
 * for (int question = 0; question < 20; question++) {
 *   run.tell(askSomebody(run.ask(), run.top()));
 * }
 * double[] point = run.iterate().point();
 * }</pre>
 *
 * <p>A checkpoint may be taken at any time; the answer may come in another process. Belongs to one
 * thread at a time.
 */
public final class AskRank {

  private final RankSgd method;
  private Perturbations perturbations;
  private final View view = new View();
  private final int d;
  private final double[] scratch;
  private double[] x;

  /** The direction of ascent: the mean of the estimates since the last success. */
  private double[] g;

  /** Estimates in g. */
  private long averaged;

  /** Estimates made in the whole run; perturbation i of the next is number estimates m + i. */
  private long estimates;

  private boolean searching;

  /** Which perturbed point of the last estimate was best. */
  private int bestPerturbed;

  private long iteration;
  private long questions;
  private long shown;

  AskRank(RankSgd method, double[] start, Perturbations perturbations) {
    this.method = method;
    this.perturbations = perturbations;
    x = start;
    d = x.length;
    g = new double[d];
    scratch = new double[d];
  }

  /**
   * The candidates to be ranked; the same at every call until the ranking is told.
   *
   * @return new arrays, one row per candidate
   */
  public double[][] ask() {
    if (!searching) {
      double[][] candidates = new double[method.queries()][];
      for (int i = 0; i < candidates.length; i++) {
        candidates[i] = perturbed(estimates * method.queries() + i);
      }
      return candidates;
    }
    if (method.steps() instanceof RankingSteps.AuthorsCode code) {
      double[][] candidates = new double[code.steps() + 2][];
      for (int j = 0; j < code.steps(); j++) {
        candidates[j] = step(code.stepSize() * method.smoothing() * power(0.5, j));
      }
      long last = (estimates - 1) * method.queries() + bestPerturbed;
      candidates[code.steps()] = perturbed(last);
      candidates[code.steps() + 1] = x.clone();
      return candidates;
    }
    RankingSteps.LineSearch search = (RankingSteps.LineSearch) method.steps();
    double[][] candidates = new double[search.candidates()][];
    candidates[0] = x.clone();
    for (int j = 1; j < candidates.length; j++) {
      candidates[j] = step(search.eta() * power(search.shrink(), j - 1));
    }
    return candidates;
  }

  /**
   * How many of the candidates are to be ranked.
   *
   * @return k, or 1 in a line search
   */
  public int top() {
    return searching ? 1 : method.ranked();
  }

  /**
   * Tells the ranking and moves the method on.
   *
   * @param best the indices of the {@link #top} best candidates, best first; read only
   * @throws IllegalArgumentException if it is not that many different indices of candidates; the
   *     run is unchanged
   */
  public void tell(int[] best) {
    Checks.length("best", best.length, top());
    tell(RankingEstimate.levels(best));
  }

  /**
   * Tells a ranking with ties and moves the method on. Of points that are equally good the estimate
   * takes neither for the better one; if all are, it is zero. In a line search x stays unless a
   * step is better.
   *
   * @param levels the indices of the best candidates in groups of equally good ones, best group
   *     first; as many groups as it takes to have {@link #top} candidates; read only
   * @throws IllegalArgumentException if there are fewer candidates or a group too many, a group is
   *     empty, or an index is none of a candidate or comes twice; the run is unchanged
   */
  public void tell(int[][] levels) {
    check(levels);
    questions++;
    shown += candidates();
    if (searching) {
      search(levels[0]);
    } else {
      estimate(levels);
    }
  }

  private void check(int[][] levels) {
    boolean[] seen = new boolean[candidates()];
    int ranked = 0;
    for (int[] level : levels) {
      if (level.length == 0 || ranked >= top()) {
        throw new IllegalArgumentException(
            "levels are %s, must be groups that end with the one that has number %d"
                .formatted(Arrays.deepToString(levels), top()));
      }
      for (int index : level) {
        if (index < 0 || index >= seen.length || seen[index]) {
          throw new IllegalArgumentException(
              "best[%d] is %d, must be one of the %d candidates, each once"
                  .formatted(ranked, index, seen.length));
        }
        seen[index] = true;
        ranked++;
      }
    }
    Checks.require(ranked >= top(), "number of ranked candidates", ranked, "at least " + top());
  }

  private void estimate(int[][] levels) {
    int m = method.queries();
    boolean authors = method.steps() instanceof RankingSteps.AuthorsCode;
    int[] weights =
        authors ? RankingEstimate.authorsWeights(levels, m) : RankingEstimate.weights(levels, m);
    double edges = RankingEstimate.edges(levels, m);
    double scale = edges == 0 ? 0 : 1 / edges;
    double[] sum = new double[d];
    for (int i = 0; i < m; i++) {
      perturbations.copy(estimates * m + i, scratch);
      Kernels.axpy(weights[i], scratch, sum, 0, d);
    }
    // the mean of this estimate and the ones averaged before
    for (int k = 0; k < d; k++) {
      g[k] = (averaged * g[k] + scale * sum[k]) / (averaged + 1);
    }
    averaged++;
    estimates++;
    bestPerturbed = levels[0][0];
    if (method.steps() instanceof RankingSteps.Decaying decaying) {
      Kernels.axpy(-decaying.eta() / StrictMath.pow(estimates, decaying.power()), g, x, 0, d);
      averaged = 0;
      iteration++;
    } else {
      searching = true;
    }
  }

  private void search(int[] equallyGood) {
    boolean authors = method.steps() instanceof RankingSteps.AuthorsCode;
    int stay = authors ? candidates() - 1 : 0;
    boolean stayed = Arrays.stream(equallyGood).anyMatch(pick -> pick == stay);
    boolean accumulates =
        !(method.steps() instanceof RankingSteps.LineSearch search) || search.accumulate();
    if (!stayed) {
      x = ask()[equallyGood[0]];
    }
    searching = false;
    if (!(stayed && accumulates)) {
      averaged = 0;
    }
    iteration++;
  }

  private int candidates() {
    if (!searching) {
      return method.queries();
    }
    return method.steps() instanceof RankingSteps.AuthorsCode code
        ? code.steps() + 2
        : ((RankingSteps.LineSearch) method.steps()).candidates();
  }

  private double[] perturbed(long index) {
    double[] point = x.clone();
    perturbations.copy(index, scratch);
    Kernels.axpy(method.smoothing(), scratch, point, 0, d);
    return point;
  }

  private double[] step(double length) {
    double[] point = x.clone();
    Kernels.axpy(-length, g, point, 0, d);
    return point;
  }

  private static double power(double base, int exponent) {
    double power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= base;
    }
    return power;
  }

  /** The direction of ascent as it stands, live. */
  double[] direction() {
    return g;
  }

  /**
   * Where the run stands: x, with value NaN.
   *
   * @return a live view, the same object at every call
   */
  public Iterate iterate() {
    return view;
  }

  /**
   * The whole state.
   *
   * @return a copy
   */
  public Checkpoint checkpoint() {
    var builder =
        Checkpoint.builder()
            .meta("method", method.toString())
            .meta("averaged", averaged)
            .meta("estimates", estimates)
            .meta("searching", searching ? 1 : 0)
            .meta("best perturbed", bestPerturbed)
            .meta("iteration", iteration)
            .meta("questions", questions)
            .meta("shown", shown)
            .tensor("x", x, d)
            .tensor("g", g, d);
    perturbations.save(builder);
    return builder.build();
  }

  /**
   * Puts this run into the state of a checkpoint. Everything is checked before anything changes.
   *
   * @param saved made by a run of the same method, hyper-parameters and dimension
   * @throws IllegalArgumentException if it is not; this run is unchanged
   */
  public void restore(Checkpoint saved) {
    saved.require("method", method.toString());
    double[] savedX = saved.doubles("x", d);
    double[] savedG = saved.doubles("g", d);
    long savedAveraged = saved.metaLong("averaged");
    long savedEstimates = saved.metaLong("estimates");
    long savedSearching = saved.metaLong("searching");
    long savedBest = saved.metaLong("best perturbed");
    long savedIteration = saved.metaLong("iteration");
    long savedQuestions = saved.metaLong("questions");
    long savedShown = saved.metaLong("shown");
    perturbations = perturbations.restored(saved);
    x = savedX;
    g = savedG;
    averaged = savedAveraged;
    estimates = savedEstimates;
    searching = savedSearching == 1;
    bestPerturbed = (int) savedBest;
    iteration = savedIteration;
    questions = savedQuestions;
    shown = savedShown;
  }

  private final class View implements Iterate {

    @Override
    public long iteration() {
      return iteration;
    }

    @Override
    public Evaluations.Counts evaluations() {
      return new Evaluations.Counts(0, 0, 0, questions);
    }

    @Override
    public int dimension() {
      return d;
    }

    @Override
    public void copyPoint(double[] out) {
      Checks.length("out", out.length, d);
      System.arraycopy(x, 0, out, 0, d);
    }

    @Override
    public double value() {
      return Double.NaN;
    }

    @Override
    public Set<String> metrics() {
      return Set.of(RankSgd.QUERIES);
    }

    @Override
    public double metric(String name) {
      return name.equals(RankSgd.QUERIES) ? shown : Double.NaN;
    }
  }
}
