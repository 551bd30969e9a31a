package dev.optim.zeroth;

import dev.optim.Evaluations;
import dev.optim.RunWarning;
import dev.optim.StopReason;
import dev.optim.kernel.Kernels;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@link Cbo}. A step asks for the values at the particles (of the batch), makes the
 * consensus, asks for its value if there is a correction, moves, and waits for the gradients if
 * there is a drift along them. Only the plain step moves whole blocks; variants move row by row.
 */
final class CboEngine implements Engine {

  private static final Set<String> METRICS = Set.of("alpha", "spread");

  /** What is waited for. */
  private enum Phase {
    VALUES,
    CONSENSUS_VALUES,
    GRADIENTS
  }

  private final Cbo cbo;
  private final Chance chance;

  /** The rate of the drift along the gradient, 0 for none. */
  private final double rate;

  private final int n;
  private final int d;
  private final Swarm swarm;
  private final double[] energy;
  private final double @Nullable [][] remembered;
  private final @Nullable Moments moments;
  private final @Nullable Polar polar;
  private final Polar.Voters voter = this::vote;
  private final int[] everyone;

  /** Consensus points: one for each mover, all the same array unless polarised. */
  private final double[][] consensus;

  private final double[] votes;
  private final double[] weights;
  private final double[] scratch;
  private final double[] row;
  private final RowMoves rows;

  private int[] batch;
  private double alpha;
  private long iteration;
  private long gradients;
  private long terms;
  private Phase phase = Phase.VALUES;

  private CboEngine(Cbo cbo, double[][] start, Chance chance, double rate) {
    this.cbo = cbo;
    this.chance = chance;
    this.rate = rate;
    n = start.length;
    d = start[0].length;
    swarm = Swarm.of(cbo.precision(), start);
    energy = new double[n];
    Arrays.fill(energy, Double.POSITIVE_INFINITY);
    remembered = cbo.memory() == null ? null : Rows.copy(start);
    moments = cbo.drift() instanceof Drift.Adaptive adam ? new Moments(adam, n, d) : null;
    polar = cbo.polarisation() == null ? null : new Polar(cbo.polarisation(), n, d);
    everyone = new int[n];
    Arrays.setAll(everyone, i -> i);
    consensus = new double[n][];
    double[] shared = new double[d];
    Arrays.setAll(consensus, i -> polar == null ? shared : new double[d]);
    swarm.get(0, consensus[0]);
    votes = new double[n];
    weights = new double[n];
    scratch = new double[n];
    row = new double[d];
    rows = new RowMoves(cbo, chance, swarm, energy, remembered, moments);
    alpha = cbo.alpha() instanceof Alpha.Factor factor ? factor.start() : 0;
    batch = cbo.batch() == null ? everyone : new int[cbo.batch().size()];
  }

  /** A run at its beginning; with a rate above 0 it drifts along gradients. */
  static CboEngine begin(Cbo cbo, double[][] start, Chance chance, double rate) {
    CboEngine engine = new CboEngine(cbo, start, chance, rate);
    engine.nextBatch();
    return engine;
  }

  @Override
  public int dimension() {
    return d;
  }

  @Override
  public int count() {
    return switch (phase) {
      case VALUES -> batch.length;
      case CONSENSUS_VALUES -> polar == null ? 1 : movers().length;
      case GRADIENTS -> movers().length;
    };
  }

  @Override
  public void copyPoint(int index, double[] out) {
    switch (phase) {
      case VALUES -> swarm.get(batch[index], out);
      case CONSENSUS_VALUES -> System.arraycopy(consensus[index], 0, out, 0, d);
      case GRADIENTS -> swarm.get(movers()[index], out);
    }
    if (cbo.boundary() != null && cbo.precision() == Precision.SINGLE) {
      cbo.boundary().set().project(out); // what was stored is rounded, perhaps out of the set
    }
  }

  /** The consensus point, in a polarised run that of the first particle; at first, a particle. */
  @Override
  public double[] center() {
    return consensus[0];
  }

  @Override
  public boolean hopeless(long values) {
    return values >= n;
  }

  @Override
  public Optional<StopReason> tell(double[] values) {
    if (phase == Phase.CONSENSUS_VALUES) {
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
      phase = Phase.CONSENSUS_VALUES;
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
        swarm.get(particle, remembered[particle]);
      }
    }
  }

  /** Makes the consensus; false if no voter has a finite value. */
  private boolean agree() {
    int voters = batch.length;
    for (int i = 0; i < voters; i++) {
      votes[i] = energy[batch[i]];
    }
    if (cbo.alpha() instanceof Alpha.EffectiveSampleSize size) {
      alpha = Weights.alphaFor(size.fraction() * voters, votes, voters, scratch);
    }
    if (!Weights.of(votes, voters, alpha, weights)) {
      return false;
    }
    if (polar != null) {
      polar.listen(voter, votes, voters, alpha);
      int[] movers = movers();
      polar.consensus(movers, swarm, consensus);
    } else if (batch == everyone && remembered == null) {
      swarm.mean(weights, consensus[0]);
    } else {
      Arrays.fill(consensus[0], 0);
      for (int i = 0; i < voters; i++) {
        if (weights[i] != 0) {
          vote(i, row);
          Kernels.axpy(weights[i], row, consensus[0], 0, d);
        }
      }
    }
    return true;
  }

  /** Copies the point that a voter stands for. */
  private void vote(int voter, double[] out) {
    if (remembered == null) {
      swarm.get(batch[voter], out);
    } else {
      System.arraycopy(remembered[batch[voter]], 0, out, 0, d);
    }
  }

  private boolean collapsed() {
    if (cbo.collapse() == 0) {
      return false;
    }
    int[] movers = movers();
    for (int i = 0; i < movers.length; i++) {
      double[] c = consensus[i];
      // the first particle that is far away answers, so most of the time this ends at once
      if (!swarm.within(movers[i], c, cbo.collapse() * (1 + Kernels.maxAbs(c, 0, d)))) {
        return false;
      }
    }
    return true;
  }

  /** Moves the particles; {@code consensusValues} are those the correction needs, or null. */
  private void move(double @Nullable [] consensusValues) {
    if (plain() && cbo.noise() instanceof Noise.Scaled noise) {
      double dt = cbo.timeStep();
      double a = ((Drift.Linear) cbo.drift()).lambda() * dt;
      swarm.step(chance, consensus[0], a, noise.sigma() * Math.sqrt(dt), noise.truncation());
    } else {
      rows.move(movers(), batch, consensus, weights, consensusValues, alpha, iteration + 1);
    }
    rows.recall(movers());
    if (rate > 0) {
      phase = Phase.GRADIENTS;
    } else {
      settle();
    }
  }

  /** Whether all particles move by the same formula, coordinate by coordinate. */
  private boolean plain() {
    return batch == everyone
        && polar == null
        && cbo.correction().kind() == Correction.Kind.NONE
        && !cbo.driftFirst()
        && cbo.drift() instanceof Drift.Linear
        && cbo.noise() instanceof Noise.Scaled noise
        && !noise.isotropic();
  }

  @Override
  public boolean wantsGradients() {
    return phase == Phase.GRADIENTS;
  }

  /** Moves along the gradients, x = x - rate dt g; one that is not finite moves nothing. */
  @Override
  public void tellGradients(double[][] of, long terms) {
    int[] movers = movers();
    for (int i = 0; i < movers.length; i++) {
      if (Kernels.allFinite(of[i], 0, d)) {
        swarm.get(movers[i], row);
        Kernels.axpy(-rate * cbo.timeStep(), of[i], row, 0, d);
        for (int k = 0; k < d; k++) {
          row[k] = Moves.clamp(row[k]);
        }
        swarm.set(movers[i], row);
      }
    }
    gradients += movers.length;
    this.terms += movers.length * terms;
    settle();
  }

  private void settle() {
    if (cbo.boundary() != null) {
      rows.hold(cbo.boundary(), movers());
    }
    if (cbo.alpha() instanceof Alpha.Factor factor) {
      alpha = Math.min(factor.cap(), alpha * factor.factor());
    }
    next();
  }

  private void next() {
    phase = Phase.VALUES;
    iteration++;
    nextBatch();
  }

  private void nextBatch() {
    if (batch != everyone) {
      chance.batch(n, batch);
    }
  }

  /** The particles that move in this step. */
  private int[] movers() {
    return cbo.batch() != null && cbo.batch().moveAll() ? everyone : batch;
  }

  @Override
  public Evaluations.Counts counts(long values) {
    return new Evaluations.Counts(values, gradients, terms, 0);
  }

  @Override
  public List<RunWarning> warnings() {
    return swarm.warnings();
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
      case "spread" -> Rows.spread(swarm.copy());
      default -> Double.NaN;
    };
  }

  /** A copy of the particles. */
  double[][] particles() {
    return swarm.copy();
  }

  /** The last value of each particle, the best one with memory, live. */
  double[] energies() {
    return energy;
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
    Rows.save(builder, "x", swarm.copy());
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
        .meta("gradients", gradients)
        .meta("terms", terms)
        .meta("phase", phase.name());
    chance.save(builder);
  }

  @Override
  public Engine restored(Checkpoint saved) {
    CboEngine engine =
        new CboEngine(cbo, Rows.read(saved, "x", n, d), chance.restored(saved), rate);
    Rows.read(saved, "consensus", engine.consensus);
    if (engine.remembered != null) {
      Rows.read(saved, "remembered", engine.remembered);
    }
    if (engine.moments != null) {
      Rows.read(saved, "m", engine.moments.m);
      Rows.read(saved, "v", engine.moments.v);
    }
    saved.copyTo("energy", engine.energy);
    if (cbo.batch() != null) {
      engine.batch = saved.ints("batch", cbo.batch().size());
    }
    engine.alpha = saved.metaDouble("alpha");
    engine.iteration = saved.metaLong("iteration");
    engine.gradients = saved.metaLong("gradients");
    engine.terms = saved.metaLong("terms");
    engine.phase = Phase.valueOf(saved.meta("phase"));
    return engine;
  }
}
