package dev.optim.bench.speed;

import dev.optim.random.RandomStream;
import java.util.List;
import smile.math.blas.Transpose;
import smile.math.matrix.fp32.Matrix;
import smile.stat.distribution.GaussianDistribution;

/**
 * Against Smile 3, later ones need a later JDK: its matrices, whose products are OpenBLAS's, and
 * its normal draws. Its minimisers, BFGS and L-BFGS, have no counterpart here.
 */
public final class SmileGoals implements PeerGoals {

  private static final int DRAWS = 2048;

  /** For {@link java.util.ServiceLoader}. */
  public SmileGoals() {}

  @Override
  public List<Goal> goals() {
    int d = 1_000_000;
    int m = 32;
    return List.of(
        Goal.speed("smile-gaussian", 4, "Smile's GaussianDistribution", SmileGoals::draws)
            .per(DRAWS, "draw"),
        Goal.speed(
                "smile-mfac-product-1m-32",
                1,
                "Smile's two products",
                () -> new Race(WindowWork.of(d, m).product(), products(d, m)))
            .per((double) m * d, "element"));
  }

  private static Race draws() {
    RandomStream random = RandomStream.of(1);
    GaussianDistribution gaussian = GaussianDistribution.getInstance();
    float[] own = new float[DRAWS];
    float[] theirs = new float[DRAWS];
    return new Race(
        () -> random.fillGaussian(own),
        () -> {
          for (int i = 0; i < theirs.length; i++) {
            theirs[i] = (float) gaussian.rand();
          }
        });
  }

  /** y = G x, then x = x + G' y; a gradient is a column, so that both run along memory. */
  private static Runnable products(int d, int m) {
    Matrix g = new Matrix(d, m, d, Draws.floats(1, m * d));
    float[] x = Draws.floats(2, d);
    float[] y = new float[m];
    return () -> {
      g.mv(Transpose.TRANSPOSE, 1e-9f, x, 0, y); // small, so that x stays finite
      g.mv(Transpose.NO_TRANSPOSE, 1, y, 1, x);
    };
  }
}
