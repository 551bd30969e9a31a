package dev.optim.zeroth;

import dev.optim.StopReason;
import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Optional;

/** One run of {@link GldFast}: first the start, then a direction for every radius. */
final class GldFastEngine extends PointEngine {

  private final GldFast method;
  private final int reach;
  private final long halving;
  private double value = Double.POSITIVE_INFINITY;
  private boolean begun;

  GldFastEngine(GldFast method, double[] x, RandomStream random) {
    super(x, random);
    this.method = method;
    double q = method.condition();
    reach = (int) Math.ceil(StrictMath.log(4 * Math.sqrt(q)) / StrictMath.log(2));
    double steps = d * q * StrictMath.log(q) / StrictMath.log(2);
    halving = Math.max(1, (long) Math.ceil(steps));
  }

  private void ask() {
    double largest = StrictMath.scalb(method.radius(), (int) Math.max(-2000, -iteration / halving));
    asked = new double[2 * reach + 1][];
    for (int i = 0; i < asked.length; i++) {
      double[] direction = new double[d];
      random.fillGaussian(direction);
      double norm = Kernels.norm(direction, 0, d);
      asked[i] = x.clone();
      double radius = StrictMath.scalb(largest, reach - i);
      Kernels.axpy(radius / norm, direction, asked[i], 0, d);
    }
  }

  @Override
  public Optional<StopReason> tell(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] < value) {
        value = values[i];
        x = asked[i].clone();
      }
    }
    if (begun) {
      iteration++;
    }
    begun = true;
    ask();
    return Optional.empty();
  }

  @Override
  public void save(CheckpointBuilder builder) {
    super.save(builder);
    builder.meta("value", value).meta("begun", begun ? 1 : 0);
  }

  @Override
  public Engine restored(Checkpoint saved) {
    GldFastEngine engine = new GldFastEngine(method, x.clone(), random.at(0));
    engine.read(saved);
    engine.value = saved.metaDouble("value");
    engine.begun = saved.metaLong("begun") == 1;
    return engine;
  }
}
