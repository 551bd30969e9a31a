package dev.optim.bench.speed;

import dev.optim.bench.jmh.zeroth.CboSteps;
import dev.optim.bench.jmh.zeroth.PlainStep;
import dev.optim.random.RandomStream;
import dev.optim.zeroth.Cbo;
import dev.optim.zeroth.MiniBatch;
import dev.optim.zeroth.Polarisation;
import dev.optim.zeroth.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps of consensus-based optimisation in 100 dimensions, and the random draws they are made of.
 */
final class ZerothGoals {

  private static final int D = 100;

  /**
   * A tenth of what a step of CBXPy 1.0.1 takes per coordinate: 5.1 ms at N = 1000, d = 100, in CPU
   * time on the machine on which the other figures of this project were taken first.
   */
  private static final double TENTH_OF_CBXPY = 5.1;

  /** A tenth of the same program's 38.5 ms at N = 400, d = 20, per pair of particles. */
  private static final double TENTH_OF_CBXPY_POLARISED = 24;

  private ZerothGoals() {}

  static List<Goal> goals() {
    List<Goal> goals = new ArrayList<>();
    goals.add(
        Goal.time(
            "gaussian-fill",
            1.0,
            2048,
            "draw",
            () -> {
              RandomStream random = RandomStream.of(1);
              float[] draws = new float[2048];
              return () -> random.fillGaussian(draws);
            }));
    for (int n : new int[] {1000, 10_000}) {
      for (Precision precision : Precision.values()) {
        Cbo cbo = CboSteps.method(precision, n);
        String name = "cbo-" + n + (precision == Precision.SINGLE ? "-float32" : "-float64");
        Goal speed =
            Goal.speed(
                    name,
                    precision == Precision.SINGLE ? 4 : 2,
                    "a plain float64 step with the JDK's normals",
                    () -> new Race(CboSteps.of(cbo, D), plain(n)))
                .per((double) n * D, "coordinate");
        goals.add(precision == Precision.SINGLE || n > 1000 ? speed : speed.thoroughOnly());
        Goal time =
            Goal.time(
                name + "-time",
                TENTH_OF_CBXPY,
                (double) n * D,
                "coordinate",
                () -> CboSteps.of(cbo, D));
        goals.add(precision == Precision.SINGLE && n == 1000 ? time : time.thoroughOnly());
      }
    }
    Cbo single = CboSteps.method(Precision.SINGLE, 1000);
    Cbo small = CboSteps.method(Precision.DOUBLE, 400);
    Polarisation polarisation = new Polarisation(Polarisation.Kernel.GAUSSIAN, 1, true);
    goals.add(
        Goal.time(
            "cbo-polarised",
            TENTH_OF_CBXPY_POLARISED,
            400.0 * 400,
            "pair",
            () -> CboSteps.of(small.withPolarisation(polarisation), 20)));
    goals.add(Goal.noGarbage("cbo-garbage", () -> CboSteps.of(single, D)));
    goals.add(
        Goal.noGarbage(
                "cbo-batch-garbage",
                () -> CboSteps.of(single.withBatch(new MiniBatch(100, false)), D))
            .thoroughOnly());
    goals.add(
        Goal.noGarbage(
                "cbo-polarised-garbage",
                () -> CboSteps.of(small.withPolarisation(polarisation), 20))
            .thoroughOnly());
    return goals;
  }

  private static Runnable plain(int n) {
    PlainStep plain = new PlainStep(n, D);
    double[] values = CboSteps.values(n);
    return () -> plain.step(values, CboSteps.ALPHA);
  }
}
