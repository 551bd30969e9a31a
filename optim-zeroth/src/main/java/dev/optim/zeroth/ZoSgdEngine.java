package dev.optim.zeroth;

import dev.optim.StopReason;
import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import java.util.Optional;

/** One run of {@link ZoSgd}: asks for x and the points around it. */
final class ZoSgdEngine extends PointEngine {

  private final ZoSgd method;

  /** One direction. */
  private final double[] z;

  ZoSgdEngine(ZoSgd method, double[] x, RandomStream random) {
    super(x, random);
    this.method = method;
    z = new double[d];
    ask();
  }

  /** Directions are made again from the stream when the values come: nothing but points is kept. */
  private void ask() {
    RandomStream directions = random.at(random.counter());
    asked = new double[method.directions() + 1][];
    asked[0] = x.clone();
    for (int i = 1; i < asked.length; i++) {
      directions.fillGaussian(z);
      asked[i] = x.clone();
      Kernels.axpy(method.smoothing(), z, asked[i], 0, d);
    }
  }

  @Override
  public Optional<StopReason> tell(double[] values) {
    double[] next = x.clone();
    for (int i = 1; i < values.length; i++) {
      random.fillGaussian(z);
      double slope = (values[i] - values[0]) / method.smoothing() / method.directions();
      Kernels.axpy(-method.stepSize() * slope, z, next, 0, d);
    }
    if (!Kernels.allFinite(next, 0, d)) {
      return Optional.of(StopReason.NON_FINITE);
    }
    x = next;
    iteration++;
    ask();
    return Optional.empty();
  }

  @Override
  public Engine restored(Checkpoint saved) {
    ZoSgdEngine engine = new ZoSgdEngine(method, x.clone(), random.at(0));
    engine.read(saved);
    return engine;
  }
}
