package dev.optim.sgd;

import dev.optim.Checks;
import dev.optim.update.Parameters;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import dev.optim.update.Updater;
import java.util.List;

/**
 * Lookahead (Zhang et al., NeurIPS 2019) around any rule: a slow point follows the fast one every
 * few steps, and the fast one starts again from there.
 *
 * <pre>
 *   slow = x                                  at the start
 *   x &larr; the rule's step
 *   slow &larr; slow + alpha (x - slow) ;  x &larr; slow   every k steps
 * </pre>
 *
 * <p>The rule's state is kept as it is when the fast point jumps. The slow point is the {@link
 * Updater#evaluationPoint}.
 *
 * <p>Cost beside the rule's: a read and two writes an element every k steps; one state vector.
 *
 * <p>Source: arXiv 1907.08610, Algorithm 1, whose experiments take k = 5 and alpha = 0.5.
 *
 * @param rule the rule of the fast point; not a Schedule-Free one, which averages by itself
 * @param alpha the step of the slow point, in (0, 1]; 0.5 by default
 * @param k the fast steps to a slow one, at least 1; 5 by default
 */
public record Lookahead(UpdateRule rule, double alpha, int k) implements Around {

  /** Checks the hyper-parameters. */
  public Lookahead {
    Around.requireOther(rule);
    Checks.require(alpha > 0 && alpha <= 1, "alpha", alpha, "in (0, 1]");
    Checks.atLeastOne("k", k);
  }

  /**
   * With the defaults.
   *
   * @param rule the rule of the fast point; not a Schedule-Free one, which averages by itself
   * @return the rule, with alpha 0.5 and k 5
   */
  public static Lookahead of(UpdateRule rule) {
    return new Lookahead(rule, 0.5, 5);
  }

  @Override
  public List<String> state() {
    return Around.withVector(rule, "slow");
  }

  @Override
  public UpdateRule serving(Parameters.Tensor tensor) {
    return new Lookahead(rule.serving(tensor), alpha, k);
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double[] slow = state[state.length - 1];
    if (step.t() == 1 && step.pass() == 0) {
      System.arraycopy(x, from, slow, from, to - from);
    }
    rule.step(step, x, g, state, from, to);
    if (step.pass() == passes() - 1 && step.t() % k == 0) {
      for (int i = from; i < to; i++) {
        slow[i] += alpha * (x[i] - slow[i]);
        x[i] = slow[i];
      }
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    float[] slow = state[state.length - 1];
    if (step.t() == 1 && step.pass() == 0) {
      System.arraycopy(x, from, slow, from, to - from);
    }
    rule.step(step, x, g, state, from, to);
    if (step.pass() == passes() - 1 && step.t() % k == 0) {
      float a = (float) alpha;
      for (int i = from; i < to; i++) {
        slow[i] += a * (x[i] - slow[i]);
        x[i] = slow[i];
      }
    }
  }
}
