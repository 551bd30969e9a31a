package dev.optim.zeroth;

import dev.optim.StopReason;
import dev.optim.kernel.Elementary;
import dev.optim.kernel.Kernels;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@link Cbo}. A step asks for the values at the particles (of the batch), makes the
 * consensus, asks for its value if there is a correction, and moves.
 */
final class CboEngine implements Engine {

  /** Gaussian draws made at a time: what stays in the first-level cache. */
  private static final int BLOCK = 2048;

  private static final Set<String> METRICS = Set.of("alpha", "spread");

  private final Cbo cbo;
  private final Chance chance;
  private final int n;
  private final int d;
  private final double[][] x;
  private final double[] energy;
  private final double @Nullable [][] remembered;
  private final @Nullable Moments moments;
  private final int[] everyone;

  /** Consensus points: one for each mover, all the same array unless polarised. */
  private final double[][] consensus;

  private final double[] weights;
  private final double[] scaled;
  private final double[] z;

  private int[] batch;
  private double alpha;
  private long iteration;
  private boolean asksConsensus;

  CboEngine(Cbo cbo, double[][] start, Chance chance) {
    this(
        cbo,
        start,
        chance,
        cbo.memory() == null ? null : Rows.copy(start),
        cbo.drift() instanceof Drift.Adaptive adam
            ? new Moments(adam, start.length, start[0].length)
            : null);
    Arrays.fill(energy, Double.POSITIVE_INFINITY);
    alpha = cbo.alpha() instanceof Alpha.Factor factor ? factor.start() : 0;
    batch = nextBatch();
  }

  private CboEngine(
      Cbo cbo,
      double[][] x,
      Chance chance,
      double @Nullable [][] remembered,
      @Nullable Moments moments) {
    this.cbo = cbo;
    this.chance = chance;
    this.x = x;
    this.remembered = remembered;
    this.moments = moments;
    n = x.length;
    d = x[0].length;
    energy = new double[n];
    everyone = new int[n];
    Arrays.setAll(everyone, i -> i);
    batch = everyone;
    consensus = new double[n][];
    double[] shared = new double[d];
    for (int i = 0; i < n; i++) {
      consensus[i] = cbo.polarisation() == null ? shared : new double[d];
    }
    weights = new double[n];
    scaled = new double[n];
    z = new double[Math.max(1, BLOCK / d) * d];
  }

  @Override
  public int dimension() {
    return d;
  }

  @Override
  public double[][] points() {
    if (!asksConsensus) {
      return batch == everyone ? x : Rows.pick(x, batch);
    }
    return cbo.polarisation() == null
        ? new double[][] {consensus[0]}
        : Arrays.copyOf(consensus, movers().length);
  }

  @Override
  public Optional<StopReason> tell(double[] values) {
    if (asksConsensus) {
      asksConsensus = false;
      move(values);
      return Optional.empty();
    }
    remember(values);
    if (!agree()) {
      if (batch == everyone) {
        return Optional.of(StopReason.NON_FINITE);
      }
      next(); // this batch has nothing to say
      return Optional.empty();
    }
    if (collapsed()) {
      iteration++;
      return Optional.of(StopReason.COLLAPSED);
    }
    if (cbo.correction().kind() == Correction.Kind.NONE) {
      move(null);
    } else {
      asksConsensus = true;
    }
    return Optional.empty();
  }

  private void remember(double[] values) {
    for (int i = 0; i < values.length; i++) {
      int particle = batch[i];
      if (remembered == null) {
        energy[particle] = values[i];
      } else if (values[i] < energy[particle]) {
        energy[particle] = values[i];
        System.arraycopy(x[particle], 0, remembered[particle], 0, d);
      }
    }
  }

  /** Makes the consensus; false if no voter has a finite value. */
  private boolean agree() {
    double[][] voters = Rows.pick(remembered == null ? x : remembered, batch);
    double[] votes = energy;
    if (batch != everyone) {
      votes = new double[batch.length];
      for (int i = 0; i < votes.length; i++) {
        votes[i] = energy[batch[i]];
      }
    }
    if (cbo.alpha() instanceof Alpha.EffectiveSampleSize size) {
      alpha = Weights.alphaFor(size.fraction() * votes.length, votes, votes.length, scaled);
    }
    if (!Weights.of(votes, votes.length, alpha, weights)) {
      return false;
    }
    Polarisation polarisation = cbo.polarisation();
    if (polarisation == null) {
      Weights.mean(weights, voters, votes.length, consensus[0]);
      return true;
    }
    int[] movers = movers();
    for (int i = 0; i < movers.length; i++) {
      Polar.consensus(polarisation, alpha, x[movers[i]], voters, votes, scaled, consensus[i]);
    }
    return true;
  }

  private boolean collapsed() {
    if (cbo.collapse() == 0) {
      return false;
    }
    int[] movers = movers();
    for (int i = 0; i < movers.length; i++) {
      double[] c = consensus[i];
      // the first particle that is far away answers, so the scale is worth computing only then
      if (!Moves.within(x[movers[i]], c, cbo.collapse() * (1 + Kernels.maxAbs(c, 0, d)))) {
        return false;
      }
    }
    return true;
  }

  /** Moves the particles; {@code consensusValues} are those the correction needs, or null. */
  private void move(double @Nullable [] consensusValues) {
    int[] movers = movers();
    double @Nullable [] root =
        cbo.noise() instanceof Noise.Covariance
            ? CovarianceRoot.of(weights, Rows.pick(x, batch), consensus[0])
            : null;
    int rows = z.length / d;
    for (int first = 0; first < movers.length; first += rows) {
      int last = Math.min(first + rows, movers.length);
      chance.gaussian(z, 0, (last - first) * d);
      for (int i = first; i < last; i++) {
        double h = consensusValues == null ? 1 : correction(movers[i], i, consensusValues);
        move(movers[i], consensus[i], (i - first) * d, h, root);
      }
    }
    Memory memory = cbo.memory();
    if (memory != null && remembered != null) {
      recall(memory, remembered, movers);
    }
    if (cbo.within() != null) {
      for (int particle : movers) {
        cbo.within().project(x[particle]);
      }
    }
    if (cbo.alpha() instanceof Alpha.Factor factor) {
      alpha = Math.min(factor.cap(), alpha * factor.factor());
    }
    next();
  }

  private void move(int particle, double[] c, int from, double h, double @Nullable [] root) {
    double[] xi = x[particle];
    double dt = cbo.timeStep();
    double a = cbo.drift() instanceof Drift.Linear linear ? h * linear.lambda() * dt : 0;
    double g = cbo.correction().noiseToo() ? h : 1;
    if (cbo.noise() instanceof Noise.Scaled noise) {
      double s = g * noise.sigma() * Math.sqrt(dt);
      if (cbo.driftFirst()) {
        Moves.drift(xi, c, a);
        if (remembered != null && cbo.memory() != null) {
          Moves.drift(xi, remembered[particle], cbo.memory().lambda() * dt);
        }
        Moves.noise(xi, c, z, from, s, noise);
      } else if (moments != null) {
        moments.update(particle, xi, c, h);
        Moves.step(xi, c, z, from, 0, s, noise);
        moments.drift(particle, xi, iteration + 1);
      } else {
        Moves.step(xi, c, z, from, a, s, noise);
      }
    } else if (root != null && cbo.noise() instanceof Noise.Covariance covariance) {
      double scale = covariance.sampling() ? 1 + alpha : 1;
      Moves.covariance(xi, c, z, from, a, g * Math.sqrt(2 * dt * scale), root);
    }
  }

  /** The second drift and noise, of the particles that have moved, about their own best points. */
  private void recall(Memory memory, double[][] y, int[] movers) {
    Noise.Scaled noise = (Noise.Scaled) cbo.noise();
    double a = memory.lambda() * cbo.timeStep();
    double s = memory.sigma() * Math.sqrt(cbo.timeStep());
    int rows = z.length / d;
    for (int first = 0; first < movers.length; first += rows) {
      int last = Math.min(first + rows, movers.length);
      chance.gaussian(z, 0, (last - first) * d);
      for (int i = first; i < last; i++) {
        int particle = movers[i];
        if (cbo.driftFirst()) {
          Moves.noise(x[particle], y[particle], z, (i - first) * d, s, noise);
        } else {
          Moves.step(x[particle], y[particle], z, (i - first) * d, a, s, noise);
        }
      }
    }
  }

  private double correction(int particle, int mover, double[] consensusValues) {
    double of = consensusValues[cbo.polarisation() == null ? 0 : mover];
    double u = energy[particle] - of;
    if (Double.isNaN(u)) {
      return 1; // both failed
    }
    return cbo.correction().kind() == Correction.Kind.HEAVISIDE
        ? (u > 0 ? 1 : 0)
        : 0.5 + 0.5 * Elementary.tanh(u / cbo.correction().width());
  }

  private void next() {
    iteration++;
    batch = nextBatch();
  }

  private int[] nextBatch() {
    return cbo.batch() == null ? everyone : chance.batch(n, cbo.batch().size());
  }

  private int[] movers() {
    return cbo.batch() != null && cbo.batch().moveAll() ? everyone : batch;
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
      case "alpha" -> alpha;
      case "spread" -> spread();
      default -> Double.NaN;
    };
  }

  /** The largest Euclidean distance of a particle from the particles' mean. */
  private double spread() {
    double[] mean = new double[d];
    for (double[] row : x) {
      Kernels.axpy(1.0 / n, row, mean, 0, d);
    }
    double spread = 0;
    for (double[] row : x) {
      spread = Math.max(spread, Moves.distance(row, mean));
    }
    return spread;
  }

  /** The particles, live. */
  double[][] particles() {
    return x;
  }

  /** The last value of each particle, the best one with memory, live. */
  double[] energies() {
    return energy;
  }

  /** The consensus point of the first mover, live. */
  double[] consensus() {
    return consensus[0];
  }

  /** The best point of each particle, live; null without memory. */
  double @Nullable [][] memories() {
    return remembered;
  }

  /** Adam's moments, live; null without them. */
  @Nullable Moments moments() {
    return moments;
  }

  @Override
  public void save(CheckpointBuilder builder) {
    Rows.save(builder, "x", x);
    Rows.save(builder, "consensus", consensus);
    if (remembered != null) {
      Rows.save(builder, "remembered", remembered);
    }
    if (moments != null) {
      Rows.save(builder, "m", moments.m);
      Rows.save(builder, "v", moments.v);
    }
    builder
        .tensor("energy", energy, n)
        .tensor("batch", batch, batch.length)
        .meta("alpha", alpha)
        .meta("iteration", iteration)
        .meta("asks consensus", asksConsensus ? 1 : 0);
    chance.save(builder);
  }

  @Override
  public Engine restored(Checkpoint saved) {
    CboEngine engine =
        new CboEngine(
            cbo,
            Rows.read(saved, "x", n, d),
            chance.restored(saved),
            remembered == null ? null : Rows.read(saved, "remembered", n, d),
            cbo.drift() instanceof Drift.Adaptive adam
                ? new Moments(adam, Rows.read(saved, "m", n, d), Rows.read(saved, "v", n, d))
                : null);
    saved.copyTo("energy", engine.energy);
    double[][] points = Rows.read(saved, "consensus", n, d);
    for (int i = 0; i < n; i++) {
      System.arraycopy(points[i], 0, engine.consensus[i], 0, d);
    }
    engine.batch = cbo.batch() == null ? engine.everyone : saved.ints("batch", cbo.batch().size());
    engine.alpha = saved.metaDouble("alpha");
    engine.iteration = saved.metaLong("iteration");
    engine.asksConsensus = saved.metaLong("asks consensus") == 1;
    return engine;
  }
}
