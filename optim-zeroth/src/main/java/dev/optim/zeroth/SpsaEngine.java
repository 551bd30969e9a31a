package dev.optim.zeroth;

import dev.optim.StopReason;
import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import java.util.Optional;

/** One run of {@link Spsa}. */
final class SpsaEngine extends PointEngine {

  private final Spsa method;

  SpsaEngine(Spsa method, double[] x, RandomStream random) {
    super(x, random);
    this.method = method;
    ask();
  }

  private void ask() {
    double c = width();
    asked = new double[][] {x.clone(), x.clone()};
    for (int k = 0; k < d; k++) {
      double step = random.nextBoolean() ? c : -c;
      asked[0][k] += step;
      asked[1][k] -= step;
    }
    if (method.within() != null) {
      method.within().project(asked[0]);
      method.within().project(asked[1]);
    }
  }

  private double width() {
    return method.perturbation() / StrictMath.pow(iteration + 1.0, 0.101);
  }

  @Override
  public Optional<StopReason> tell(double[] values) {
    double c = width();
    double a = method.gain() / StrictMath.pow(method.stability() + iteration + 1, 0.602);
    double difference = values[0] - values[1];
    if (Double.isFinite(difference)) {
      for (int k = 0; k < d; k++) {
        double moved = x[k] - a * (difference / (2 * c)) * delta(k, c);
        x[k] = Double.isFinite(moved) ? moved : x[k];
      }
      if (method.within() != null) {
        method.within().project(x);
      }
    }
    iteration++;
    ask();
    return Optional.empty();
  }

  /** What the points evaluated are apart along an axis, over 2 c: a sign unless the set cuts it. */
  private double delta(int k, double c) {
    if (method.within() == null) {
      return asked[0][k] > asked[1][k] ? 1 : -1;
    }
    return (asked[0][k] - asked[1][k]) / (2 * c);
  }

  @Override
  public Engine restored(Checkpoint saved) {
    SpsaEngine engine = new SpsaEngine(method, x.clone(), random.at(0));
    engine.read(saved);
    return engine;
  }
}
