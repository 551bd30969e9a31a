package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Schedule;
import dev.optim.update.Parameters;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * Muon, momentum orthogonalised by Newton-Schulz iterations (Jordan et al., 2024): every direction
 * of a matrix moves by about the same amount.
 *
 * <pre>
 *   m &larr; momentum m + (1 - momentum) g
 *   u  =  (1 - momentum) g + momentum m   if nesterov, else  m
 *   x &larr; (1 - stepSize weightDecay) x - stepSize sqrt(max(1, rows / columns)) NS(u)
 * </pre>
 *
 * <p>NS(u) is about U V^T of the singular value decomposition u = U S V^T, with singular values
 * from about 0.7 to 1.2. A tensor of more dimensions is a matrix whose rows are its first. Tensors
 * of fewer than two dimensions are served by another rule; the authors give it the embeddings and
 * the last layer too ({@code UpdatePlan.withRule}).
 *
 * <p>Cost: 3 reads and 2 writes an element and, with r rows and c columns, r &lt;= c, about 5 (2
 * r^2 c + r^3 / 2) multiplications, in double precision and on one thread a tensor; one state
 * vector, working memory of 3 r c + 2 r^2 numbers a thread. A large matrix takes many times as long
 * as with an elementwise rule.
 *
 * <p>Source: K. Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024) and
 * its code (KellerJordan/Muon), which iterates in bfloat16.
 *
 * @param stepSize the step size, in units of spectral norm; 0.02 by default
 * @param momentum the decay rate of the momentum, in [0, 1); 0.95 by default
 * @param nesterov whether the step looks ahead; true by default
 * @param weightDecay the decoupled decay, at least 0; 0 by default
 * @param iterations the Newton-Schulz iterations, at least 1; 5 by default
 * @param others the rule of tensors with fewer than two dimensions; AdamW with step size 3e-4,
 *     betas 0.9 and 0.95, epsilon 1e-10 and no decay by default
 */
public record Muon(
    Schedule stepSize,
    double momentum,
    boolean nesterov,
    double weightDecay,
    int iterations,
    UpdateRule others)
    implements UpdateRule {

  /** Checks the hyper-parameters. */
  public Muon {
    requireNonNull(stepSize, "stepSize");
    Checks.fraction("momentum", momentum);
    Checks.nonNegative("weightDecay", weightDecay);
    Checks.atLeastOne("iterations", iterations);
    requireNonNull(others, "others");
    if (others instanceof Muon) {
      throw new IllegalArgumentException("others is " + others + ", must be a rule for vectors");
    }
  }

  /**
   * With the defaults.
   *
   * @return step size 0.02
   */
  public static Muon defaults() {
    return of(0.02);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static Muon of(double stepSize) {
    return new Muon(
        Schedule.constant(Checks.nonNegative("stepSize", stepSize)),
        0.95,
        true,
        0,
        5,
        AdamW.of(3e-4).withBetas(0.9, 0.95).withEpsilon(1e-10).withWeightDecay(0));
  }

  /**
   * With another step size of the matrices. That of the other tensors stays what it is, a constant
   * 3e-4 unless {@link #withOthers} has given another.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public Muon withStepSize(Schedule stepSize) {
    return new Muon(stepSize, momentum, nesterov, weightDecay, iterations, others);
  }

  /**
   * With another momentum.
   *
   * @param momentum in [0, 1)
   * @param nesterov whether the step looks ahead
   * @return a new rule
   */
  public Muon withMomentum(double momentum, boolean nesterov) {
    return new Muon(stepSize, momentum, nesterov, weightDecay, iterations, others);
  }

  /**
   * With decoupled weight decay of the matrices. That of the other tensors is their rule's.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public Muon withWeightDecay(double weightDecay) {
    return new Muon(stepSize, momentum, nesterov, weightDecay, iterations, others);
  }

  /**
   * With more or fewer Newton-Schulz iterations.
   *
   * @param iterations at least 1
   * @return a new rule
   */
  public Muon withIterations(int iterations) {
    return new Muon(stepSize, momentum, nesterov, weightDecay, iterations, others);
  }

  /**
   * With another rule for tensors with fewer than two dimensions.
   *
   * @param others the rule, not another Muon
   * @return a new rule
   */
  public Muon withOthers(UpdateRule others) {
    return new Muon(stepSize, momentum, nesterov, weightDecay, iterations, others);
  }

  @Override
  public List<String> state() {
    return List.of("momentum");
  }

  @Override
  public Scope scope() {
    return Scope.TENSOR;
  }

  @Override
  public UpdateRule serving(Parameters.Tensor tensor) {
    if (tensor.dimensions() < 2) {
      return others.serving(tensor);
    }
    WorkingMemory.require(this, tensor, NewtonSchulz::workspace);
    return this;
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    int n = to - from;
    int rows = step.tensor().rows();
    int columns = step.tensor().columns();
    double tall = Math.sqrt(Math.max(1, (double) rows / columns));
    double lr = step.stepSize() * tall;
    double keep = 1 - step.stepSize() * weightDecay;
    double mu = momentum;
    double fresh = (1 - momentum) * step.gradientScale();
    double ofG = nesterov ? fresh : 0;
    double ofM = nesterov ? mu : 1;
    double[] m = state[0];
    double[] u = step.scratch(n + NewtonSchulz.workspace(rows, columns));
    for (int i = 0; i < n; i++) {
      int j = from + i;
      m[j] = mu * m[j] + fresh * g[j];
      u[i] = ofG * g[j] + ofM * m[j];
    }
    NewtonSchulz.replace(u, rows, columns, iterations);
    for (int i = 0; i < n; i++) {
      x[from + i] = keep * x[from + i] - lr * u[i];
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    int n = to - from;
    int rows = step.tensor().rows();
    int columns = step.tensor().columns();
    double tall = Math.sqrt(Math.max(1, (double) rows / columns));
    float lr = (float) (step.stepSize() * tall);
    float keep = (float) (1 - step.stepSize() * weightDecay);
    float mu = (float) momentum;
    float fresh = (float) ((1 - momentum) * step.gradientScale());
    float ofG = nesterov ? fresh : 0;
    float ofM = nesterov ? mu : 1;
    float[] m = state[0];
    double[] u = step.scratch(n + NewtonSchulz.workspace(rows, columns));
    for (int i = 0; i < n; i++) {
      int j = from + i;
      m[j] = mu * m[j] + fresh * g[j];
      u[i] = ofG * g[j] + ofM * m[j];
    }
    NewtonSchulz.replace(u, rows, columns, iterations);
    for (int i = 0; i < n; i++) {
      x[from + i] = keep * x[from + i] - lr * (float) u[i];
    }
  }
}
