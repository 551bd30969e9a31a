package dev.optim.zeroth;

import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Set;

/**
 * What methods that move one point have in common: the point, the points asked, a random stream.
 */
abstract class PointEngine implements Engine {

  final int d;
  double[] x;
  double[][] asked;
  long iteration;
  RandomStream random;

  PointEngine(double[] x, RandomStream random) {
    this.x = x;
    this.random = random;
    d = x.length;
    asked = new double[][] {x.clone()};
  }

  @Override
  public final int dimension() {
    return d;
  }

  @Override
  public final int count() {
    return asked.length;
  }

  @Override
  public final void copyPoint(int index, double[] out) {
    System.arraycopy(asked[index], 0, out, 0, d);
  }

  @Override
  public final double[] center() {
    return x;
  }

  @Override
  public final long iteration() {
    return iteration;
  }

  @Override
  public Set<String> metrics() {
    return Set.of();
  }

  @Override
  public double metric(String name) {
    return Double.NaN;
  }

  @Override
  public void save(CheckpointBuilder builder) {
    Rows.save(builder, "asked", asked);
    Streams.save(builder, "random", random);
    builder.tensor("x", x, d).meta("points", asked.length).meta("iteration", iteration);
  }

  /** Reads what {@link #save} wrote. */
  final void read(Checkpoint saved) {
    asked = Rows.read(saved, "asked", (int) saved.metaLong("points"), d);
    random = Streams.read(saved, "random");
    x = saved.doubles("x", d);
    iteration = saved.metaLong("iteration");
  }
}
