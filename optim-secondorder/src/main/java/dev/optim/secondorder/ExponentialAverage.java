package dev.optim.secondorder;

import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * The step of {@link Mfac} from a preconditioned gradient u: an average from zero, without bias
 * correction.
 *
 * <pre>
 *   v &larr; momentum v + (1 - momentum) u
 *   x &larr; x - stepSize v
 * </pre>
 */
record ExponentialAverage(Schedule stepSize, double momentum) implements UpdateRule {

  @Override
  public String name() {
    return "Mfac";
  }

  @Override
  public List<String> state() {
    return momentum == 0 ? List.of() : List.of("momentum");
  }

  @Override
  public void step(Step step, double[] x, double[] u, double[][] state, int from, int to) {
    double lr = step.stepSize();
    double scale = step.gradientScale();
    if (momentum == 0) {
      for (int i = from; i < to; i++) {
        x[i] -= lr * (scale * u[i]);
      }
      return;
    }
    double[] v = state[0];
    double b = momentum;
    double a = 1 - momentum;
    for (int i = from; i < to; i++) {
      double vi = b * v[i] + a * (scale * u[i]);
      v[i] = vi;
      x[i] -= lr * vi;
    }
  }

  @Override
  public void step(Step step, float[] x, float[] u, float[][] state, int from, int to) {
    float lr = (float) step.stepSize();
    float scale = (float) step.gradientScale();
    if (momentum == 0) {
      for (int i = from; i < to; i++) {
        x[i] -= lr * (scale * u[i]);
      }
      return;
    }
    float[] v = state[0];
    float b = (float) momentum;
    float a = (float) (1 - momentum);
    for (int i = from; i < to; i++) {
      float vi = b * v[i] + a * (scale * u[i]);
      v[i] = vi;
      x[i] -= lr * vi;
    }
  }
}
