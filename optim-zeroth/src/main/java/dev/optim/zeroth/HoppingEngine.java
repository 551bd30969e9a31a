package dev.optim.zeroth;

import dev.optim.StopReason;
import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Optional;
import java.util.Set;

/**
 * One run of {@link ConsensusHopping}: x is the consensus point, the points asked are its cloud.
 */
final class HoppingEngine extends PointEngine {

  private static final Set<String> METRICS = Set.of("sigma");

  private final ConsensusHopping method;
  private final double[] z;
  private final double[] weights;
  private double sigma;

  HoppingEngine(ConsensusHopping method, double[] x, RandomStream random) {
    super(x, random);
    this.method = method;
    z = new double[d];
    weights = new double[method.particles()];
    sigma = method.sigma();
    asked = new double[method.particles()][d];
    ask();
  }

  private void ask() {
    for (double[] point : asked) {
      random.fillGaussian(z);
      System.arraycopy(x, 0, point, 0, d);
      Kernels.axpy(sigma, z, point, 0, d);
      if (method.within() != null) {
        method.within().project(point);
      }
    }
  }

  @Override
  public Optional<StopReason> tell(double[] values) {
    if (Weights.of(values, values.length, method.alpha(), weights)) {
      Weights.mean(weights, asked, values.length, x);
    }
    iteration++;
    if (iteration % method.every() == 0) {
      sigma *= method.cooling();
    }
    ask();
    return Optional.empty();
  }

  @Override
  public Set<String> metrics() {
    return METRICS;
  }

  @Override
  public double metric(String name) {
    return name.equals("sigma") ? sigma : Double.NaN;
  }

  @Override
  public void save(CheckpointBuilder builder) {
    super.save(builder);
    builder.meta("sigma", sigma);
  }

  @Override
  public Engine restored(Checkpoint saved) {
    HoppingEngine engine = new HoppingEngine(method, x.clone(), random.at(0));
    engine.read(saved);
    engine.sigma = saved.metaDouble("sigma");
    return engine;
  }
}
