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
 * <p>Cost: 3 reads and 2 writes an element and one state vector, and what the function takes. A sum
 * over elements is computed in the caches, 1024 elements at a time; one over rows in working memory
 * as large as the piece of 65536 elements or a row; any other in working memory as large as the
 * tensor, on one thread. In single precision the functions are too, but for {@link Kappas.Nuclear}
 * and your own, unless it overrides that.
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

  /** Compilers do not vectorise loops over two indices: such loops go over copies of a piece. */
  private static final int PIECE = 1024;

  /**
   * From a piece of c to the copies beside it, where c is not yet made or no longer needed. Near a
   * multiple of 4 kB loads would wait for stores.
   */
  private static final int APART = PIECE + 256;

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
    boolean oneRow = tensor.dimensions() < 2 && kappa.scope() == Scope.ROW;
    if (oneRow || kappa.scope() == Scope.TENSOR) {
      WorkingMemory.require(
          this, tensor, (rows, columns) -> Math.max(APART, kappa.workspace(rows, columns)));
    }
    return oneRow ? new OneRow(this) : this;
  }

  /** The rows of a piece; a piece of a sum over elements, like a vector, is one row. */
  private int rows(Step step, int length) {
    boolean matrix = step.tensor().dimensions() > 1 && kappa.scope() != Scope.ELEMENT;
    return matrix ? length / step.tensor().columns() : 1;
  }

  /** What the function needs at once. */
  private int part(int from, int to) {
    return kappa.scope() == Scope.ELEMENT ? PIECE : to - from;
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    int length = part(from, to);
    for (int at = from; at < to; at += Math.min(length, to - at)) {
      stepPart(step, x, g, state[0], at, at + Math.min(length, to - at));
    }
  }

  private void stepPart(Step step, double[] x, double[] g, double[] m, int from, int to) {
    int n = to - from;
    int rows = rows(step, n);
    double[] c = step.scratch(n + Math.max(APART, kappa.workspace(rows, n / rows)));
    for (int at = 0; at < n; at += Math.min(PIECE, n - at)) {
      int length = Math.min(PIECE, n - at);
      System.arraycopy(g, from + at, c, at, length);
      System.arraycopy(m, from + at, c, at + APART, length);
      mix(c, at, at + length, step.gradientScale());
      System.arraycopy(c, at + APART, m, from + at, length);
    }
    kappa.gradient(c, rows, n / rows);
    for (int end = n; end > 0; end -= Math.min(PIECE, end)) {
      int at = Math.max(0, end - PIECE);
      System.arraycopy(x, from + at, c, at + APART, end - at);
      move(c, at, end, step.stepSize());
      System.arraycopy(c, at, x, from + at, end - at);
    }
  }

  /** From the gradient, and the momentum behind it, to c and the new momentum. */
  private void mix(double[] c, int from, int to, double scale) {
    double b1 = beta1;
    double a1 = 1 - beta1;
    double b2 = beta2;
    double a2 = 1 - beta2;
    for (int i = from; i < to; i++) {
      double gi = scale * c[i];
      double mi = c[i + APART];
      c[i] = b1 * mi + a1 * gi;
      c[i + APART] = b2 * mi + a2 * gi;
    }
  }

  /** From the gradient of K, and the parameters behind it, to the new parameters. */
  private void move(double[] c, int from, int to, double stepSize) {
    double keep = 1 - stepSize * weightDecay;
    double lr = stepSize;
    for (int i = from; i < to; i++) {
      c[i] = keep * c[i + APART] - lr * c[i];
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    int length = part(from, to);
    for (int at = from; at < to; at += Math.min(length, to - at)) {
      stepPart(step, x, g, state[0], at, at + Math.min(length, to - at));
    }
  }

  private void stepPart(Step step, float[] x, float[] g, float[] m, int from, int to) {
    int n = to - from;
    int rows = rows(step, n);
    float[] c = step.floatScratch(n + Math.max(APART, kappa.workspace(rows, n / rows)));
    for (int at = 0; at < n; at += Math.min(PIECE, n - at)) {
      int length = Math.min(PIECE, n - at);
      System.arraycopy(g, from + at, c, at, length);
      System.arraycopy(m, from + at, c, at + APART, length);
      mix(c, at, at + length, (float) step.gradientScale());
      System.arraycopy(c, at + APART, m, from + at, length);
    }
    kappa.gradient(c, step, rows, n / rows);
    for (int end = n; end > 0; end -= Math.min(PIECE, end)) {
      int at = Math.max(0, end - PIECE);
      System.arraycopy(x, from + at, c, at + APART, end - at);
      move(c, at, end, step.stepSize());
      System.arraycopy(c, at, x, from + at, end - at);
    }
  }

  /** From the gradient, and the momentum behind it, to c and the new momentum. */
  private void mix(float[] c, int from, int to, float scale) {
    float b1 = (float) beta1;
    float a1 = (float) (1 - beta1);
    float b2 = (float) beta2;
    float a2 = (float) (1 - beta2);
    for (int i = from; i < to; i++) {
      float gi = scale * c[i];
      float mi = c[i + APART];
      c[i] = b1 * mi + a1 * gi;
      c[i + APART] = b2 * mi + a2 * gi;
    }
  }

  /** From the gradient of K, and the parameters behind it, to the new parameters. */
  private void move(float[] c, int from, int to, double stepSize) {
    float keep = (float) (1 - stepSize * weightDecay);
    float lr = (float) stepSize;
    for (int i = from; i < to; i++) {
      c[i] = keep * c[i + APART] - lr * c[i];
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
