package dev.optim.zeroth;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.Optimizer;
import dev.optim.Start;
import dev.optim.geometry.ConvexSet;
import dev.optim.random.RandomStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Consensus-based optimisation: particles x_i drift to a weighted mean of all of them and explore
 * in proportion to their distance from it,
 *
 * <pre>
 *   w_i = exp(-alpha (f(x_i) - min f)) / sum,      c = sum w_i x_i
 *   x_i = x_i - lambda dt (x_i - c) + sigma sqrt(dt) S(x_i - c) z_i,      z_i ~ N(0, I)
 * </pre>
 *
 * with S(v) = diag(v) (anisotropic) or |v| I (isotropic). Variants are settings of this one record:
 * {@link Alpha} schedules, {@link Noise} shapes, {@link Drift}, {@link Correction}, {@link Memory},
 * {@link MiniBatch}, {@link Polarisation}, {@link Boundary}, {@link Precision}; with a gradient,
 * {@link GradientCbo}.
 *
 * <p>Cost of a step: N evaluations, N d Gaussian draws (most of the time of a cheap objective), N
 * exponentials and about 8 N d operations; memory O(N d). Coordinates are kept within +-{@value
 * #REACH}: strong noise is heavy-tailed. A run ends with {@code COLLAPSED} when all particles are
 * within {@code collapse (1 + |c|)} of the consensus in the maximum norm: nothing moves after that.
 * It ends with {@code NON_FINITE}, particles unmoved, when all of them have failed values, and with
 * {@code DIVERGED} instead of {@code COLLAPSED} when the best point is where particles are held.
 *
 * <p>The defaults of {@link #standard} are those with which CBXPy's documentation solves Rastrigin
 * in 20 dimensions, not the defaults of its code, whose isotropic noise diverges from two
 * dimensions on. The best evaluated point is reported, not the consensus.
 *
 * <p>References: R. Pinnau, C. Totzeck, O. Tse and S. Martin, A consensus-based model for global
 * optimization and its mean-field limit, M3AS 27 (2017); J. A. Carrillo, S. Jin, L. Li and Y. Zhu,
 * A consensus-based global optimization method for high dimensional machine learning problems,
 * ESAIM: COCV 27 (2021); R. Bailo et al., CBX: Python and Julia packages for consensus-based
 * interacting particle methods, JOSS 9 (2024).
 *
 * @param particles N, at least 2
 * @param timeStep dt, greater than 0
 * @param drift towards the consensus
 * @param noise exploration
 * @param alpha the weights' inverse temperature
 * @param correction of the drift of particles better than the consensus
 * @param memory of each particle's best point, or null
 * @param batch particles evaluated a step, or null for all
 * @param polarisation a consensus for every particle, or null
 * @param driftFirst whether the noise is scaled by the distance after the drift, as in Riedl's
 *     MATLAB code, instead of before it, as in the Euler-Maruyama scheme of CBXPy
 * @param boundary of a set the particles are kept in after every move, the start included; null for
 *     none
 * @param collapse the spread, relative to 1 + |c|, that ends the run; 0 for never
 * @param precision of the particles; with single precision they count as together from 2^-18 on
 */
public record Cbo(
    int particles,
    double timeStep,
    Drift drift,
    Noise noise,
    Alpha alpha,
    Correction correction,
    @Nullable Memory memory,
    @Nullable MiniBatch batch,
    @Nullable Polarisation polarisation,
    boolean driftFirst,
    @Nullable Boundary boundary,
    double collapse,
    Precision precision)
    implements PopulationMethod {

  /** The largest coordinate, in absolute value: 1e8. */
  public static final double REACH = 1e8;

  /** Checks the ranges and that the options go together. */
  public Cbo {
    Checks.require(particles >= 2, "particles", particles, "at least 2");
    Checks.positive("timeStep", timeStep);
    requireNonNull(drift, "drift");
    requireNonNull(noise, "noise");
    requireNonNull(alpha, "alpha");
    requireNonNull(correction, "correction");
    Checks.nonNegative("collapse", collapse);
    requireNonNull(precision, "precision");
    if (batch != null) {
      Checks.require(
          batch.size() <= particles, "batch.size", batch.size(), "at most the " + particles);
    }
    if (noise instanceof Noise.Covariance && (memory != null || polarisation != null)) {
      throw new IllegalArgumentException(
          "noise is shaped by the covariance, which goes with neither memory nor polarisation");
    }
    if (memory != null && drift instanceof Drift.Adaptive) {
      throw new IllegalArgumentException("drift is Adam's, which does not go with memory");
    }
    if (driftFirst && !(noise instanceof Noise.Scaled && drift instanceof Drift.Linear)) {
      throw new IllegalArgumentException(
          "driftFirst is true, which needs a linear drift and noise scaled by the distance");
    }
  }

  /**
   * The settings to begin with: 40 particles, dt = 0.01, lambda = 1, anisotropic noise with sigma =
   * 10.1, alpha from 30 by 1.05 a step to 1e5, collapse at 1e-12. Where the budget allows, more
   * particles help most; sigma sqrt(dt) of about 1 should stay.
   *
   * @return the method
   */
  public static Cbo standard() {
    return new Cbo(
        40,
        0.01,
        Drift.linear(1),
        Noise.anisotropic(10.1),
        Alpha.growing(30, 1.05, 1e5),
        Correction.none(),
        null,
        null,
        null,
        false,
        null,
        1e-12,
        Precision.DOUBLE);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the start has no spread, also after projection onto the
   *     set, reaches beyond {@link #REACH}, or its dimension is not that of the set
   */
  @Override
  public AskTell open(Start start, RandomStream random, double factor) {
    Cbo scaled = withParticles(PopulationMethod.scaled(particles, factor));
    return new AskTell(toString(), scaled.engine(start, random, 0), REACH);
  }

  /** A run's engine; with a rate above 0 it asks for gradients, too. */
  CboEngine engine(Start start, RandomStream random, double rate) {
    if (!(start.spread() > 0)) {
      throw new IllegalArgumentException(
          "start has no spread: particles that begin at one point never leave it");
    }
    RandomStream draws = Optimizer.startStream(random);
    double[][] x = new double[particles][];
    for (int i = 0; i < particles; i++) {
      x[i] = start.sample(draws);
      if (boundary != null) {
        boundary.hold(x[i], x[i].clone());
      }
      for (double coordinate : x[i]) {
        Checks.require(
            Math.abs(coordinate) <= REACH, "start", coordinate, "at most 1e8 in size: rescale f");
      }
    }
    // A set may have brought all of them to one corner.
    if (Arrays.stream(x).allMatch(row -> Arrays.equals(row, x[0]))) {
      throw new IllegalArgumentException(
          "start has no spread within the set: particles that begin at one point never leave it");
    }
    return CboEngine.begin(this, x, new StreamChance(random), rate);
  }

  /**
   * These settings with another number of particles.
   *
   * @param particles the number of particles, at least 2
   * @return the method
   */
  public Cbo withParticles(int particles) {
    CboDraft draft = new CboDraft(this);
    draft.particles = particles;
    return draft.build();
  }

  /**
   * These settings with another time step.
   *
   * @param timeStep dt, greater than 0
   * @return the method
   */
  public Cbo withTimeStep(double timeStep) {
    CboDraft draft = new CboDraft(this);
    draft.timeStep = timeStep;
    return draft.build();
  }

  /**
   * These settings with another drift.
   *
   * @param drift the drift
   * @return the method
   */
  public Cbo withDrift(Drift drift) {
    CboDraft draft = new CboDraft(this);
    draft.drift = drift;
    return draft.build();
  }

  /**
   * These settings with another noise.
   *
   * @param noise the noise
   * @return the method
   */
  public Cbo withNoise(Noise noise) {
    CboDraft draft = new CboDraft(this);
    draft.noise = noise;
    return draft.build();
  }

  /**
   * These settings with another alpha schedule.
   *
   * @param alpha the inverse temperature
   * @return the method
   */
  public Cbo withAlpha(Alpha alpha) {
    CboDraft draft = new CboDraft(this);
    draft.alpha = alpha;
    return draft.build();
  }

  /**
   * These settings with another correction.
   *
   * @param correction the correction
   * @return the method
   */
  public Cbo withCorrection(Correction correction) {
    CboDraft draft = new CboDraft(this);
    draft.correction = correction;
    return draft.build();
  }

  /**
   * These settings with another memory.
   *
   * @param memory the memory, null for none
   * @return the method
   */
  public Cbo withMemory(@Nullable Memory memory) {
    CboDraft draft = new CboDraft(this);
    draft.memory = memory;
    return draft.build();
  }

  /**
   * These settings with other batches.
   *
   * @param batch the batches, null for all particles
   * @return the method
   */
  public Cbo withBatch(@Nullable MiniBatch batch) {
    CboDraft draft = new CboDraft(this);
    draft.batch = batch;
    return draft.build();
  }

  /**
   * These settings with another polarisation.
   *
   * @param polarisation the polarisation, null for none
   * @return the method
   */
  public Cbo withPolarisation(@Nullable Polarisation polarisation) {
    CboDraft draft = new CboDraft(this);
    draft.polarisation = polarisation;
    return draft.build();
  }

  /**
   * These settings with the other order of drift and noise.
   *
   * @param driftFirst whether the noise is scaled after the drift
   * @return the method
   */
  public Cbo withDriftFirst(boolean driftFirst) {
    CboDraft draft = new CboDraft(this);
    draft.driftFirst = driftFirst;
    return draft.build();
  }

  /**
   * These settings within a set, by projection.
   *
   * @param set the set to stay in
   * @return the method
   */
  public Cbo within(ConvexSet set) {
    CboDraft draft = new CboDraft(this);
    draft.boundary = new Boundary(set, false);
    return draft.build();
  }

  /**
   * These settings within a set, by reflection at its boundary.
   *
   * @param set the set to stay in
   * @return the method
   */
  public Cbo reflectedIn(ConvexSet set) {
    CboDraft draft = new CboDraft(this);
    draft.boundary = new Boundary(set, true);
    return draft.build();
  }

  /**
   * These settings with another tolerance of collapse.
   *
   * @param collapse the relative spread that ends the run, 0 for never
   * @return the method
   */
  public Cbo withCollapse(double collapse) {
    CboDraft draft = new CboDraft(this);
    draft.collapse = collapse;
    return draft.build();
  }

  /**
   * These settings with particles of another precision.
   *
   * @param precision the precision
   * @return the method
   */
  public Cbo withPrecision(Precision precision) {
    CboDraft draft = new CboDraft(this);
    draft.precision = precision;
    return draft.build();
  }
}
