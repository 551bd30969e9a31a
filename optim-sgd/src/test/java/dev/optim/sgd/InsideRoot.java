package dev.optim.sgd;

import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/** Adam with epsilon inside the root, as diffGrad's notebook has it: a rule of a user's own. */
record InsideRoot(Schedule stepSize, double beta1, double beta2, double epsilon)
    implements UpdateRule {

  @Override
  public List<String> state() {
    return List.of("m", "v");
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double[] m = state[0];
    double[] v = state[1];
    for (int i = from; i < to; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i];
      v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
      double mHat = m[i] / (1 - StrictMath.pow(beta1, step.t()));
      double vHat = v[i] / (1 - StrictMath.pow(beta2, step.t()));
      x[i] -= step.stepSize() * mHat / Math.sqrt(vHat + epsilon);
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    throw new UnsupportedOperationException();
  }
}
