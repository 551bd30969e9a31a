package dev.optim;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;

/**
 * The best finite point of a run; the last finite one while no value is known. A bad number never
 * wins.
 */
final class Best {

  private double[] point;
  private double[] candidate;
  private double value = Double.NaN;

  Best(Iterate start) {
    point = start.point();
    candidate = new double[point.length];
  }

  void see(Iterate iterate) {
    double offered = iterate.value();
    // of equal values the later one: rounding makes the last steps of a convergent run look alike
    boolean better = Double.isFinite(offered) && !(offered > value);
    boolean unknown = Double.isNaN(offered) && Double.isNaN(value);
    if (!better && !unknown) {
      return;
    }
    iterate.copyPoint(candidate);
    for (double coordinate : candidate) {
      if (!Double.isFinite(coordinate)) {
        return;
      }
    }
    double[] old = point;
    point = candidate;
    candidate = old;
    value = offered;
  }

  double[] point() {
    return point;
  }

  double value() {
    return value;
  }

  CheckpointBuilder saveTo(CheckpointBuilder builder) {
    return builder.tensor("best.point", point, point.length).meta("best.value", value);
  }

  Best from(Checkpoint saved) {
    Best best = new Best(point.clone());
    best.point = saved.doubles("best.point", point.length);
    best.value = saved.metaDouble("best.value");
    return best;
  }

  void become(Best other) {
    point = other.point;
    value = other.value;
  }

  private Best(double[] point) {
    this.point = point;
    this.candidate = new double[point.length];
  }
}
