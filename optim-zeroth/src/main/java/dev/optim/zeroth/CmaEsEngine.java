package dev.optim.zeroth;

import dev.optim.StopReason;
import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** One run of {@link CmaEs}. */
final class CmaEsEngine implements Engine {

  private static final Set<String> METRICS = Set.of("sigma", "condition");

  private final CmaEs method;
  private final CmaEsRates rates;
  private final int n;
  private final int d;
  private final Covariance covariance;
  private double[] mean;
  private double sigma;
  private double[] pathSigma;
  private double[] pathC;

  /** The deviations y of the points asked for, and the points. */
  private double[][] y;

  private double[][] x;

  /** The best values of the last iterations, in a ring. */
  private double[] history;

  private long iteration;
  private RandomStream random;

  CmaEsEngine(CmaEs method, int n, double[] mean, RandomStream random) {
    this.method = method;
    this.n = n;
    this.mean = mean;
    this.random = random;
    d = mean.length;
    rates = new CmaEsRates(n, d, method.separable());
    covariance = method.separable() ? new DiagonalCovariance(d) : new FullCovariance(d);
    sigma = method.sigma();
    pathSigma = new double[d];
    pathC = new double[d];
    y = new double[n][d];
    x = new double[n][d];
    history = new double[10 + (int) Math.ceil(30.0 * d / n)];
    Arrays.fill(history, Double.NaN);
    sample();
  }

  private void sample() {
    double[] z = new double[d];
    for (int i = 0; i < n; i++) {
      random.fillGaussian(z);
      covariance.shape(z, y[i]);
      for (int k = 0; k < d; k++) {
        x[i][k] = mean[k] + sigma * y[i][k];
      }
      if (method.within() != null) {
        method.within().project(x[i]);
      }
    }
  }

  @Override
  public int dimension() {
    return d;
  }

  @Override
  public int count() {
    return n;
  }

  @Override
  public void copyPoint(int index, double[] out) {
    System.arraycopy(x[index], 0, out, 0, d);
  }

  @Override
  public double[] center() {
    return mean;
  }

  @Override
  public Optional<StopReason> tell(double[] values) {
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    if (values[order[0]] == Double.POSITIVE_INFINITY) {
      return Optional.of(StopReason.NON_FINITE);
    }
    double[] step = new double[d];
    for (int i = 0; i < rates.weights.length; i++) {
      Kernels.axpy(rates.weights[i], y[order[i]], step, 0, d);
    }
    Kernels.axpy(sigma, step, mean, 0, d);
    if (method.within() != null) {
      method.within().project(mean);
    }
    adapt(step, order);
    boolean flat = flat(values[order[0]], values[order[n - 1]]);
    iteration++;
    boolean usable = covariance.refresh(iteration, rates) && Double.isFinite(sigma);
    if (!usable || converged()) {
      return Optional.of(StopReason.CONVERGED);
    }
    if (flat) {
      return Optional.of(StopReason.STAGNATION);
    }
    sample();
    return Optional.empty();
  }

  private void adapt(double[] step, int[] order) {
    double[] whitened = new double[d];
    covariance.whiten(step, whitened);
    double a = Math.sqrt(rates.cs * (2 - rates.cs) * rates.muEff);
    for (int k = 0; k < d; k++) {
      pathSigma[k] = (1 - rates.cs) * pathSigma[k] + a * whitened[k];
    }
    double norm = Kernels.norm(pathSigma, 0, d);
    double begun = 1 - StrictMath.pow(1 - rates.cs, 2.0 * (iteration + 1));
    boolean steady = norm / Math.sqrt(begun) < (1.4 + 2 / (d + 1.0)) * rates.expectedNorm;
    double b = steady ? Math.sqrt(rates.cc * (2 - rates.cc) * rates.muEff) : 0;
    for (int k = 0; k < d; k++) {
      pathC[k] = (1 - rates.cc) * pathC[k] + b * step[k];
    }
    double lost = steady ? 0 : rates.c1 * rates.cc * (2 - rates.cc);
    covariance.update(1 - rates.c1 - rates.cmu + lost, rates, pathC, y, order);
    double growth = rates.cs / rates.ds * (norm / rates.expectedNorm - 1);
    sigma *= StrictMath.exp(Math.min(1, growth));
  }

  private boolean converged() {
    double size = sigma * covariance.largestDeviation();
    return size <= method.tolerance() * (1 + Kernels.maxAbs(mean, 0, d))
        || covariance.condition() > 1e14;
  }

  /** Whether the values no longer differ, in this population and over the history. */
  private boolean flat(double best, double worst) {
    history[(int) (iteration % history.length)] = best;
    double low = best;
    double high = best;
    for (double h : history) {
      if (Double.isNaN(h)) {
        return false; // not yet full
      }
      low = Math.min(low, h);
      high = Math.max(high, h);
    }
    double negligible = 1e-15 * Math.abs(best);
    return high - low <= negligible && worst - best <= negligible;
  }

  @Override
  public long iteration() {
    return iteration;
  }

  @Override
  public Set<String> metrics() {
    return METRICS;
  }

  @Override
  public double metric(String name) {
    return switch (name) {
      case "sigma" -> sigma;
      case "condition" -> covariance.condition();
      default -> Double.NaN;
    };
  }

  @Override
  public void save(CheckpointBuilder builder) {
    Rows.save(builder, "x", x);
    Rows.save(builder, "y", y);
    Streams.save(builder, "random", random);
    builder
        .tensor("mean", mean, d)
        .tensor("path sigma", pathSigma, d)
        .tensor("path c", pathC, d)
        .tensor("history", history, history.length)
        .meta("sigma", sigma)
        .meta("iteration", iteration);
    covariance.save(builder);
  }

  @Override
  public Engine restored(Checkpoint saved) {
    CmaEsEngine engine =
        new CmaEsEngine(method, n, saved.doubles("mean", d), Streams.read(saved, "random"));
    engine.random = Streams.read(saved, "random"); // the constructor has drawn from the other
    engine.x = Rows.read(saved, "x", n, d);
    engine.y = Rows.read(saved, "y", n, d);
    engine.pathSigma = saved.doubles("path sigma", d);
    engine.pathC = saved.doubles("path c", d);
    engine.history = saved.doubles("history", history.length);
    engine.sigma = saved.metaDouble("sigma");
    engine.iteration = saved.metaLong("iteration");
    engine.covariance.read(saved);
    return engine;
  }
}
