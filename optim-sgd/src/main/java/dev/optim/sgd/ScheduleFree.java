package dev.optim.sgd;

import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/** What the Schedule-Free rules share: the weights of the average, and the average itself. */
sealed interface ScheduleFree extends UpdateRule permits ScheduleFreeSgd, ScheduleFreeAdamW {

  /** The largest step size so far, the sum of weights, and the share of z in the average now. */
  @Override
  default List<String> scalars() {
    return List.of("largestStepSize", "weights", "share");
  }

  static void advance(double stepSize, double[] scalars) {
    scalars[0] = Math.max(scalars[0], stepSize);
    double weight = scalars[0] * scalars[0];
    scalars[1] += weight;
    scalars[2] = scalars[1] > 0 ? weight / scalars[1] : 0;
  }

  static double share(Step step) {
    return step.scalar(2);
  }

  /** Writes x = (y - (1 - momentum) z) / momentum. */
  static void average(double momentum, double[] y, double[] z, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = (y[i] - (1 - momentum) * z[i]) / momentum;
    }
  }

  /** The single-precision twin. */
  static void average(double momentum, float[] y, float[] z, float[] out, int from, int to) {
    float b = (float) momentum;
    float a = (float) (1 - momentum);
    for (int i = from; i < to; i++) {
      out[i] = (y[i] - a * z[i]) / b;
    }
  }
}
