package dev.optim.nd4j;

import dev.optim.update.DoubleUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.util.Arrays;

/** What a rule does, found by trying it: its hyper-parameters decide, not its class. */
final class RuleTraits {

  private static final Parameters MATRIX = Parameters.builder().add("x", 2, 2).build();
  private static final double[][] GRADIENTS = {
    {1, 2, -3, 4}, {3, -1, -1, -1}, {-1, 1, 2, 0.5},
  };

  private RuleTraits() {}

  /**
   * Whether a rule has to see the parameters: because it reads them, or because it does not move
   * each element by itself.
   *
   * @throws IllegalArgumentException if it fits no updater of DL4J even then
   */
  static boolean needParameters(UpdateRule rule) {
    requireOneState(rule);
    double[] zero = displacement(rule, 0);
    double[] one = displacement(rule, 1);
    UpdateRule serving = rule.serving(Parameters.vector(1).tensors().get(0));
    return serving.scope() != UpdateRule.Scope.ELEMENT
        || serving.passes() != 1
        || !close(zero, one);
  }

  /** DL4J asks for the size of the state before it knows a tensor. */
  private static void requireOneState(UpdateRule rule) {
    for (Parameters layout : new Parameters[] {Parameters.vector(4), MATRIX}) {
      UpdateRule serving = rule.serving(layout.tensors().get(0));
      if (!serving.state().equals(rule.state())) {
        throw new IllegalArgumentException(
            rule
                + " leaves some tensors to "
                + serving
                + ", whose state is another: use a NetworkTrainer");
      }
    }
  }

  /** How far three steps of given gradients move a matrix: the same from any, if it is not read. */
  private static double[] displacement(UpdateRule rule, double start) {
    double[] x = new double[4];
    Arrays.fill(x, start);
    DoubleUpdater updater = UpdatePlan.of(rule).doubles(MATRIX);
    for (double[] gradient : GRADIENTS) {
      updater.step(x, gradient);
    }
    double[] kept = new double[4];
    updater.evaluationPoint(x, kept);
    if (!Arrays.equals(kept, x)) {
      throw new IllegalArgumentException(
          rule
              + " ends at another point than it steps from, which DL4J cannot know of: use a"
              + " NetworkTrainer");
    }
    for (int i = 0; i < x.length; i++) {
      x[i] -= start;
    }
    return x;
  }

  private static boolean close(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > 1e-14 + 1e-10 * Math.abs(a[i])) {
        return false;
      }
    }
    return true;
  }
}
