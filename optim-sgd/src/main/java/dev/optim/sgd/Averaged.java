package dev.optim.sgd;

import dev.optim.Checks;
import dev.optim.update.Parameters;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import dev.optim.update.Updater;
import java.util.List;

/**
 * Any rule with an average of the parameters beside it, which does not change the path.
 *
 * <pre>
 *   a &larr; x                                  for the first after + 1 steps
 *   a &larr; a + max(1 - decay, 1 / (t - after)) (x - a)
 * </pre>
 *
 * <p>With decay 1 that is the plain mean of the points behind step {@code after} (Polyak and
 * Ruppert, stochastic weight averaging); with less it becomes an exponential moving average as soon
 * as the mean is over more than 1 / (1 - decay) points, so that the start is not remembered. The
 * average is the {@link Updater#evaluationPoint}.
 *
 * <p>Cost beside the rule's: 2 reads and 1 write an element of memory that the rule has just had in
 * the cache; one state vector.
 *
 * <p>Source: Polyak and Juditsky (1992); Izmailov et al., UAI 2018, arXiv 1803.05407.
 *
 * @param rule the rule; not a Schedule-Free one, which averages by itself
 * @param decay the decay rate of the average, in [0, 1]
 * @param after the steps before averaging begins, at least 0
 */
public record Averaged(UpdateRule rule, double decay, long after) implements Around {

  /** Checks the hyper-parameters. */
  public Averaged {
    Around.requireOther(rule);
    Checks.require(decay >= 0 && decay <= 1, "decay", decay, "in [0, 1]");
    if (after < 0) {
      throw new IllegalArgumentException("after is " + after + ", must be at least 0");
    }
  }

  /**
   * With an exponential moving average from the first step on.
   *
   * @param rule the rule; not a Schedule-Free one, which averages by itself
   * @param decay the decay rate, in [0, 1); 0.999 is common
   * @return the rule with the average
   */
  public static Averaged exponentially(UpdateRule rule, double decay) {
    return new Averaged(rule, Checks.fraction("decay", decay), 0);
  }

  /**
   * With the plain mean of all points behind some step.
   *
   * @param rule the rule; not a Schedule-Free one, which averages by itself
   * @param after the steps before averaging begins, at least 0
   * @return the rule with the average
   */
  public static Averaged uniformly(UpdateRule rule, long after) {
    return new Averaged(rule, 1, after);
  }

  @Override
  public List<String> state() {
    return Around.withVector(rule, "average");
  }

  @Override
  public UpdateRule serving(Parameters.Tensor tensor) {
    return new Averaged(rule.serving(tensor), decay, after);
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    rule.step(step, x, g, state, from, to);
    if (step.pass() < passes() - 1) {
      return;
    }
    double[] average = state[state.length - 1];
    if (step.t() - 1 <= after) {
      System.arraycopy(x, from, average, from, to - from);
      return;
    }
    double share = Math.max(1 - decay, 1.0 / (step.t() - after));
    for (int i = from; i < to; i++) {
      average[i] += share * (x[i] - average[i]);
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    rule.step(step, x, g, state, from, to);
    if (step.pass() < passes() - 1) {
      return;
    }
    float[] average = state[state.length - 1];
    if (step.t() - 1 <= after) {
      System.arraycopy(x, from, average, from, to - from);
      return;
    }
    float share = (float) Math.max(1 - decay, 1.0 / (step.t() - after));
    for (int i = from; i < to; i++) {
      average[i] += share * (x[i] - average[i]);
    }
  }
}
