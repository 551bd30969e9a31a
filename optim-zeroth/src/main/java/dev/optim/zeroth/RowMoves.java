package dev.optim.zeroth;

import dev.optim.kernel.Elementary;
import org.jspecify.annotations.Nullable;

/** The moves of {@link Cbo}'s variants, particle by particle, in double precision. */
final class RowMoves {

  /** Gaussian draws made at a time: what stays in the first-level cache. */
  private static final int BLOCK = 2048;

  private final Cbo cbo;
  private final Chance chance;
  private final Swarm swarm;
  private final double[] energy;
  private final double @Nullable [][] remembered;
  private final @Nullable Moments moments;
  private final int d;
  private final double[] row;
  private final double[] outside;
  private final double[] z;

  /** Shares the arrays. */
  RowMoves(
      Cbo cbo,
      Chance chance,
      Swarm swarm,
      double[] energy,
      double @Nullable [][] remembered,
      @Nullable Moments moments) {
    this.cbo = cbo;
    this.chance = chance;
    this.swarm = swarm;
    this.energy = energy;
    this.remembered = remembered;
    this.moments = moments;
    d = swarm.d;
    row = new double[d];
    outside = new double[d];
    z = new double[Math.max(1, BLOCK / d) * d];
  }

  /**
   * Drift and noise about the consensus.
   *
   * @param movers the particles that move
   * @param batch those that have made the consensus
   * @param consensus a point for each mover
   * @param weights of the batch
   * @param consensusValues those the correction needs, or null
   * @param step of the run, from 1
   */
  void move(
      int[] movers,
      int[] batch,
      double[][] consensus,
      double[] weights,
      double @Nullable [] consensusValues,
      double alpha,
      long step) {
    double @Nullable [] root =
        cbo.noise() instanceof Noise.Covariance
            ? CovarianceRoot.of(weights, Rows.pick(swarm.copy(), batch), consensus[0])
            : null;
    int rows = z.length / d;
    for (int first = 0; first < movers.length; first += rows) {
      int last = Math.min(first + rows, movers.length);
      chance.gaussian(z, 0, (last - first) * d);
      for (int i = first; i < last; i++) {
        double h = consensusValues == null ? 1 : correction(movers[i], i, consensusValues);
        swarm.get(movers[i], row);
        if (root != null && cbo.noise() instanceof Noise.Covariance covariance) {
          double s = noiseFactor(h) * Math.sqrt(2 * cbo.timeStep() * covariance.scale(alpha));
          Moves.covariance(row, consensus[i], z, (i - first) * d, pull(h), s, root);
        } else {
          scaled(movers[i], consensus[i], (i - first) * d, h, step);
        }
        swarm.set(movers[i], row);
      }
    }
  }

  private void scaled(int particle, double[] c, int from, double h, long step) {
    Noise.Scaled noise = (Noise.Scaled) cbo.noise();
    double s = noiseFactor(h) * noise.sigma() * Math.sqrt(cbo.timeStep());
    if (cbo.driftFirst()) {
      Moves.drift(row, c, pull(h));
      if (remembered != null && cbo.memory() != null) {
        Moves.drift(row, remembered[particle], cbo.memory().lambda() * cbo.timeStep());
      }
      Moves.noise(row, c, z, from, s, noise);
    } else if (moments != null) {
      moments.update(particle, row, c, h);
      Moves.step(row, c, z, from, 0, s, noise);
      moments.drift(particle, row, step);
    } else {
      Moves.step(row, c, z, from, pull(h), s, noise);
    }
  }

  /** The second drift and noise, of the particles that have moved, about their own best points. */
  void recall(int[] movers) {
    Memory memory = cbo.memory();
    if (memory == null || remembered == null) {
      return;
    }
    Noise.Scaled noise = (Noise.Scaled) cbo.noise();
    double s = memory.sigma() * Math.sqrt(cbo.timeStep());
    int rows = z.length / d;
    for (int first = 0; first < movers.length; first += rows) {
      int last = Math.min(first + rows, movers.length);
      chance.gaussian(z, 0, (last - first) * d);
      for (int i = first; i < last; i++) {
        double[] best = remembered[movers[i]];
        swarm.get(movers[i], row);
        if (cbo.driftFirst()) {
          Moves.noise(row, best, z, (i - first) * d, s, noise);
        } else {
          Moves.step(row, best, z, (i - first) * d, memory.lambda() * cbo.timeStep(), s, noise);
        }
        swarm.set(movers[i], row);
      }
    }
  }

  /** Brings the particles that have moved back into the set. */
  void hold(Boundary boundary, int[] movers) {
    for (int particle : movers) {
      swarm.get(particle, row);
      System.arraycopy(row, 0, outside, 0, d);
      boundary.hold(row, outside);
      swarm.set(particle, row);
    }
  }

  /** The share of the way to the consensus that a particle drifts; none where Adam's moments do. */
  private double pull(double h) {
    return cbo.drift() instanceof Drift.Linear linear ? h * linear.lambda() * cbo.timeStep() : 0;
  }

  private double noiseFactor(double h) {
    return cbo.correction().noiseToo() ? h : 1;
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
}
