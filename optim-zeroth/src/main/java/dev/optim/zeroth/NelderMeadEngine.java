package dev.optim.zeroth;

import dev.optim.StopReason;
import dev.optim.kernel.Kernels;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** One run of {@link NelderMead}: what it asks for next depends on the last answer. */
final class NelderMeadEngine implements Engine {

  /** What the points asked for are. */
  private enum Phase {
    SIMPLEX,
    REFLECTION,
    EXPANSION,
    OUTSIDE_CONTRACTION,
    INSIDE_CONTRACTION
  }

  private final NelderMead method;
  private final int n;

  /** The vertices, best first. */
  private final double[][] simplex;

  private final double[] values;

  /** The sum of all vertices but the worst, once the simplex has its values. */
  private final double[] sum;

  private double[] reflected;
  private double reflectedValue;
  private double[] trial;
  private Phase phase = Phase.SIMPLEX;

  /** While the simplex is evaluated, the first vertex without a value. */
  private int known;

  private long iteration;

  NelderMeadEngine(NelderMead method, double[][] simplex) {
    this.method = method;
    this.simplex = simplex;
    n = simplex[0].length;
    values = new double[n + 1];
    sum = new double[n];
    reflected = new double[n];
    trial = new double[n];
  }

  @Override
  public int dimension() {
    return n;
  }

  @Override
  public int count() {
    return phase == Phase.SIMPLEX ? n + 1 - known : 1;
  }

  @Override
  public void copyPoint(int index, double[] out) {
    double[] point =
        switch (phase) {
          case SIMPLEX -> simplex[known + index];
          case REFLECTION -> reflected;
          default -> trial;
        };
    System.arraycopy(point, 0, out, 0, n);
  }

  /** The best vertex. */
  @Override
  public double[] center() {
    return simplex[0];
  }

  @Override
  public Optional<StopReason> tell(double[] told) {
    switch (phase) {
      case SIMPLEX -> {
        System.arraycopy(told, 0, values, known, told.length);
        sort();
        if (values[0] == Double.POSITIVE_INFINITY) {
          return Optional.of(StopReason.NON_FINITE);
        }
        return next();
      }
      case REFLECTION -> {
        return reflected(told[0]);
      }
      case EXPANSION -> {
        return told[0] < reflectedValue
            ? replaceWorst(trial, told[0])
            : replaceWorst(reflected, reflectedValue);
      }
      case OUTSIDE_CONTRACTION -> {
        return told[0] <= reflectedValue ? replaceWorst(trial, told[0]) : shrink();
      }
      default -> {
        return told[0] < values[n] ? replaceWorst(trial, told[0]) : shrink();
      }
    }
  }

  private Optional<StopReason> reflected(double value) {
    reflectedValue = value;
    double contraction = n == 1 ? 0.5 : 0.75 - 0.5 / n;
    if (value < values[0]) {
      phase = Phase.EXPANSION;
      along(n == 1 ? 2 : 1 + 2.0 / n, trial);
    } else if (value < values[n - 1]) {
      return replaceWorst(reflected, value);
    } else if (value < values[n]) {
      phase = Phase.OUTSIDE_CONTRACTION;
      along(contraction, trial);
    } else {
      phase = Phase.INSIDE_CONTRACTION;
      along(-contraction, trial);
    }
    return Optional.empty();
  }

  private Optional<StopReason> replaceWorst(double[] point, double value) {
    System.arraycopy(point, 0, simplex[n], 0, n);
    values[n] = value;
    iteration++;
    sort();
    return next();
  }

  private Optional<StopReason> shrink() {
    double factor = n == 1 ? 0.5 : 1 - 1.0 / n;
    for (int i = 1; i <= n; i++) {
      for (int k = 0; k < n; k++) {
        simplex[i][k] = simplex[0][k] + factor * (simplex[i][k] - simplex[0][k]);
      }
      project(simplex[i]);
    }
    iteration++;
    known = 1;
    phase = Phase.SIMPLEX;
    return Optional.empty();
  }

  private Optional<StopReason> next() {
    if (converged()) {
      iteration++;
      return Optional.of(StopReason.CONVERGED);
    }
    phase = Phase.REFLECTION;
    addUp();
    along(1, reflected);
    return Optional.empty();
  }

  /** Writes centroid + factor (centroid - worst), the centroid being that of the other vertices. */
  private void along(double factor, double[] out) {
    double share = (1 + factor) / n;
    double[] worst = simplex[n];
    for (int k = 0; k < n; k++) {
      out[k] = share * sum[k] - factor * worst[k];
    }
    project(out);
  }

  /** Anew for each simplex: a sum kept by differences would drift. */
  private void addUp() {
    Arrays.fill(sum, 0);
    for (int i = 0; i < n; i++) {
      double[] vertex = simplex[i];
      for (int k = 0; k < n; k++) {
        sum[k] += vertex[k];
      }
    }
  }

  private void project(double[] point) {
    for (int k = 0; k < n; k++) {
      point[k] = Math.min(Math.max(point[k], -Double.MAX_VALUE), Double.MAX_VALUE);
    }
    if (method.within() != null) {
      method.within().project(point);
    }
  }

  private boolean converged() {
    if (method.tolerance() == 0) {
      return false;
    }
    double[] best = simplex[0];
    double distance = method.tolerance() * (1 + Kernels.maxAbs(best, 0, n));
    for (int i = n; i > 0; i--) { // the worst one most often is the one that is far away
      if (!Moves.within(simplex[i], best, distance)) {
        return false;
      }
    }
    return true;
  }

  /** Insertion, which leaves equal values in the order they were in. */
  private void sort() {
    for (int i = 1; i <= n; i++) {
      double[] vertex = simplex[i];
      double value = values[i];
      int j = i - 1;
      for (; j >= 0 && values[j] > value; j--) {
        simplex[j + 1] = simplex[j];
        values[j + 1] = values[j];
      }
      simplex[j + 1] = vertex;
      values[j + 1] = value;
    }
  }

  @Override
  public long iteration() {
    return iteration;
  }

  @Override
  public Set<String> metrics() {
    return Set.of();
  }

  @Override
  public double metric(String name) {
    return Double.NaN;
  }

  @Override
  public void save(CheckpointBuilder builder) {
    Rows.save(builder, "simplex", simplex);
    builder
        .tensor("values", values, n + 1)
        .tensor("reflected", reflected, n)
        .tensor("trial", trial, n)
        .meta("reflected value", reflectedValue)
        .meta("phase", phase.name())
        .meta("known", known)
        .meta("iteration", iteration);
  }

  @Override
  public Engine restored(Checkpoint saved) {
    NelderMeadEngine engine = new NelderMeadEngine(method, Rows.read(saved, "simplex", n + 1, n));
    saved.copyTo("values", engine.values);
    engine.reflected = saved.doubles("reflected", n);
    engine.trial = saved.doubles("trial", n);
    engine.reflectedValue = saved.metaDouble("reflected value");
    engine.phase = Phase.valueOf(saved.meta("phase"));
    engine.known = (int) saved.metaLong("known");
    engine.iteration = saved.metaLong("iteration");
    engine.addUp();
    return engine;
  }
}
