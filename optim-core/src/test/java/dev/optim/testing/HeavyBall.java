package dev.optim.testing;

import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/** The simplest rule with state, to test what is around rules: m = 0.9 m + g, x = x - lr m. */
public record HeavyBall(Schedule stepSize, Scope scope) implements UpdateRule {

  public static HeavyBall of(double stepSize) {
    return new HeavyBall(Schedule.constant(stepSize), Scope.ELEMENT);
  }

  @Override
  public List<String> state() {
    return List.of("momentum");
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double scale = step.gradientScale();
    for (int i = from; i < to; i++) {
      state[0][i] = 0.9 * state[0][i] + scale * g[i];
      x[i] -= step.stepSize() * state[0][i];
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    float scale = (float) step.gradientScale();
    float lr = (float) step.stepSize();
    for (int i = from; i < to; i++) {
      state[0][i] = 0.9f * state[0][i] + scale * g[i];
      x[i] -= lr * state[0][i];
    }
  }
}
