package dev.optim.bench.jmh.zeroth;

import dev.optim.Start;
import dev.optim.random.RandomStream;
import dev.optim.zeroth.Alpha;
import dev.optim.zeroth.AskTell;
import dev.optim.zeroth.Cbo;
import dev.optim.zeroth.Noise;
import dev.optim.zeroth.Precision;

/**
 * Steps of consensus-based optimisation without the objective's time: the values are made up. Alpha
 * is so small that every particle has weight, which is the most work there is.
 */
public final class CboSteps {

  /** Inverse temperature. */
  public static final double ALPHA = 0.1;

  private CboSteps() {}

  /**
   * The method: lambda = 1, sigma = 5, dt = 0.01, anisotropic noise, no end.
   *
   * @param precision of the particles
   * @param n particles
   * @return the settings
   */
  public static Cbo method(Precision precision, int n) {
    return Cbo.standard()
        .withParticles(n)
        .withNoise(Noise.anisotropic(5))
        .withAlpha(Alpha.constant(ALPHA))
        .withCollapse(0)
        .withPrecision(precision);
  }

  /**
   * One step after the other.
   *
   * @param cbo the settings
   * @param d coordinates
   * @return tells the values of all points asked for
   */
  public static Runnable of(Cbo cbo, int d) {
    AskTell run = cbo.open(Start.uniform(d, -3, 3), RandomStream.of(1));
    double[] values = values(cbo.batch() == null ? cbo.particles() : cbo.batch().size());
    return () -> run.tell(values);
  }

  /**
   * Made-up values.
   *
   * @param n how many
   * @return uniform numbers
   */
  public static double[] values(int n) {
    double[] values = new double[n];
    RandomStream.of(2).fillUniform(values);
    return values;
  }
}
