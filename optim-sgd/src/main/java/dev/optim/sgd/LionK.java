package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Schedule;
import dev.optim.update.Parameters;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * Lion-K (Chen, Liu, Liang and Liu, ICLR 2024): Lion with the gradient of any convex function in
 * the place of the sign.
 *
 * <pre>
 *   c  =  b1 m + (1 - b1) g
 *   x &larr; (1 - stepSize weightDecay) x - stepSize grad K(c)
 *   m &larr; b2 m + (1 - b2) g
 * </pre>
 *
 * <p>It minimises f(x) + K*(weightDecay x) / weightDecay, see {@link Kappa}.
 *
 * <p>Cost: 3 reads and 2 writes an element and one state vector, and what the function takes. It is
 * computed in double precision, in working memory as large as the piece: 65536 elements where it is
 * a sum over elements, the tensor itself otherwise, on one thread.
 *
 * <p>Source: arXiv 2310.05898, equation 2, whose momentum has the other sign. There is no code of
 * the authors.
 *
 * @param stepSize the step size; 1e-4 by default
 * @param kappa the function K
 * @param beta1 the weight of the momentum in c, in [0, 1); 0.9 by default
 * @param beta2 the decay rate of the momentum, in [0, 1); 0.99 by default
 * @param weightDecay the decoupled decay, at least 0; 0 by default
 */
public record LionK(Schedule stepSize, Kappa kappa, double beta1, double beta2, double weightDecay)
    implements UpdateRule {

  /** Checks the hyper-parameters. */
  public LionK {
    requireNonNull(stepSize, "stepSize");
    requireNonNull(kappa, "kappa");
    Checks.fraction("beta1", beta1);
    Checks.fraction("beta2", beta2);
    Checks.nonNegative("weightDecay", weightDecay);
  }

  /**
   * With a step size, a function, and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @param kappa the function K
   * @return the rule
   */
  public static LionK of(double stepSize, Kappa kappa) {
    return new LionK(
        Schedule.constant(Checks.nonNegative("stepSize", stepSize)), kappa, 0.9, 0.99, 0);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public LionK withStepSize(Schedule stepSize) {
    return new LionK(stepSize, kappa, beta1, beta2, weightDecay);
  }

  /**
   * With another function.
   *
   * @param kappa the function K
   * @return a new rule
   */
  public LionK withKappa(Kappa kappa) {
    return new LionK(stepSize, kappa, beta1, beta2, weightDecay);
  }

  /**
   * With other decay rates.
   *
   * @param beta1 the weight of the momentum in c, in [0, 1)
   * @param beta2 the decay rate of the momentum, in [0, 1)
   * @return a new rule
   */
  public LionK withBetas(double beta1, double beta2) {
    return new LionK(stepSize, kappa, beta1, beta2, weightDecay);
  }

  /**
   * With decoupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public LionK withWeightDecay(double weightDecay) {
    return new LionK(stepSize, kappa, beta1, beta2, weightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("momentum");
  }

  @Override
  public Scope scope() {
    return kappa.scope();
  }

  /** Tensors of one dimension are one row, which may then not be cut. */
  @Override
  public UpdateRule serving(Parameters.Tensor tensor) {
    if (kappa.scope() == Scope.TENSOR) {
      WorkingMemory.require(this, tensor, kappa::workspace);
    }
    return tensor.dimensions() < 2 && kappa.scope() == Scope.ROW ? new OneRow(this) : this;
  }

  /** The rows of a piece; a piece of a sum over elements, like a vector, is one row. */
  private int rows(Step step, int length) {
    boolean matrix = step.tensor().dimensions() > 1 && kappa.scope() != Scope.ELEMENT;
    return matrix ? length / step.tensor().columns() : 1;
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double lr = step.stepSize();
    double keep = 1 - lr * weightDecay;
    double b1 = beta1;
    double a1 = 1 - beta1;
    double b2 = beta2;
    double a2 = 1 - beta2;
    double scale = step.gradientScale();
    double[] m = state[0];
    int n = to - from;
    int rows = rows(step, n);
    double[] c = step.scratch(n + kappa.workspace(rows, n / rows));
    for (int i = 0; i < n; i++) {
      c[i] = b1 * m[from + i] + a1 * (scale * g[from + i]);
    }
    kappa.gradient(c, rows, n / rows);
    for (int i = 0; i < n; i++) {
      int j = from + i;
      x[j] = keep * x[j] - lr * c[i];
      m[j] = b2 * m[j] + a2 * (scale * g[j]);
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    float lr = (float) step.stepSize();
    float keep = (float) (1 - step.stepSize() * weightDecay);
    float b1 = (float) beta1;
    float a1 = (float) (1 - beta1);
    float b2 = (float) beta2;
    float a2 = (float) (1 - beta2);
    float scale = (float) step.gradientScale();
    float[] m = state[0];
    int n = to - from;
    int rows = rows(step, n);
    double[] c = step.scratch(n + kappa.workspace(rows, n / rows));
    for (int i = 0; i < n; i++) {
      c[i] = b1 * m[from + i] + a1 * (scale * g[from + i]);
    }
    kappa.gradient(c, rows, n / rows);
    for (int i = 0; i < n; i++) {
      int j = from + i;
      x[j] = keep * x[j] - lr * (float) c[i];
      m[j] = b2 * m[j] + a2 * (scale * g[j]);
    }
  }

  /** The same rule for a tensor that is one row. */
  private record OneRow(LionK rule) implements UpdateRule {

    @Override
    public Schedule stepSize() {
      return rule.stepSize;
    }

    @Override
    public List<String> state() {
      return rule.state();
    }

    @Override
    public Scope scope() {
      return Scope.TENSOR;
    }

    @Override
    public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
      rule.step(step, x, g, state, from, to);
    }

    @Override
    public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
      rule.step(step, x, g, state, from, to);
    }
  }
}
