package dev.optim.update;

import dev.optim.DifferentiableObjective;
import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;
import dev.optim.schedule.Schedule;
import java.util.List;

/**
 * One first-order method: its hyper-parameters and its arithmetic, without state. Implementations
 * are records, validated when they are made.
 *
 * <p>The arithmetic comes twice, for {@code double[]} and {@code float[]}; the twins make the same
 * operations in the same order. It reads and writes elements from..to-1 of flat arrays at one
 * common index, which is what lets the compiler vectorise a plain loop.
 *
 * <p>A rule is an optimizer of differentiable objectives by itself, through {@link UpdatePlan}.
 */
public interface UpdateRule extends Optimizer<DifferentiableObjective> {

  /**
   * The step size (learning rate).
   *
   * @return a schedule over the steps of the updater
   */
  Schedule stepSize();

  /**
   * The names of the state vectors, each as long as the tensor and zero at the start.
   *
   * @return distinct names, in the order in which {@code step} gets the vectors
   */
  List<String> state();

  /**
   * The names of the numbers kept for each tensor beside the state vectors, zero at the start: what
   * {@link #advance} moves on.
   *
   * @return the names; none unless overridden
   */
  default List<String> scalars() {
    return List.of();
  }

  /**
   * What part of a tensor {@code step} may be called for.
   *
   * @return {@link Scope#ELEMENT} unless overridden
   */
  default Scope scope() {
    return Scope.ELEMENT;
  }

  /**
   * How often {@code step} is called for each piece of a tensor: a pass begins when all pieces have
   * made the pass before. That is how several threads share a tensor whose step needs a sum over
   * all of it, see {@link Step#add}.
   *
   * @return 1 unless overridden
   */
  default int passes() {
    return 1;
  }

  /**
   * The rule that serves a tensor: a method for matrices may leave vectors to another. Asked once,
   * when a plan is bound to a layout.
   *
   * @param tensor the tensor
   * @return this rule unless overridden
   */
  default UpdateRule serving(Parameters.Tensor tensor) {
    return this;
  }

  /**
   * Moves on the numbers kept for a tensor, once a step, before any element is touched.
   *
   * @param step step count and step size
   * @param scalars the numbers, by {@link #scalars}; read and written
   */
  default void advance(Step step, double[] scalars) {}

  /**
   * Makes one step of elements from..to-1 in double precision.
   *
   * @param step step count, step size, gradient scale, shape
   * @param x the parameters; read and written
   * @param g the gradient before {@link Step#gradientScale}; read only
   * @param state the state vectors, by {@link #state}; read and written
   * @param from the first index
   * @param to the index after the last
   */
  void step(Step step, double[] x, double[] g, double[][] state, int from, int to);

  /**
   * Makes one step of elements from..to-1 in single precision.
   *
   * @param step step count, step size, gradient scale, shape
   * @param x the parameters; read and written
   * @param g the gradient before {@link Step#gradientScale}; read only
   * @param state the state vectors, by {@link #state}; read and written
   * @param from the first index
   * @param to the index after the last
   */
  void step(Step step, float[] x, float[] g, float[][] state, int from, int to);

  /**
   * Writes the point that is to be evaluated and kept, for rules that step from another point than
   * they end at, as averages of the iterates do. Never called before the first step.
   *
   * @param step as it was at the step before
   * @param x the parameters; read only
   * @param state the state vectors; read only
   * @param out written from from to to-1; a copy of {@code x} unless overridden
   * @param from the first index
   * @param to the index after the last
   */
  default void evaluationPoint(
      Step step, double[] x, double[][] state, double[] out, int from, int to) {
    System.arraycopy(x, from, out, from, to - from);
  }

  /**
   * The single-precision twin of {@link #evaluationPoint(Step, double[], double[][], double[], int,
   * int)}.
   *
   * @param step as it was at the step before
   * @param x the parameters; read only
   * @param state the state vectors; read only
   * @param out written from from to to-1; a copy of {@code x} unless overridden
   * @param from the first index
   * @param to the index after the last
   */
  default void evaluationPoint(
      Step step, float[] x, float[][] state, float[] out, int from, int to) {
    System.arraycopy(x, from, out, from, to - from);
  }

  @Override
  default Run start(DifferentiableObjective problem, Start start, RandomStream random) {
    return UpdatePlan.of(this).start(problem, start, random);
  }

  /** What part of a tensor a rule needs to see at once. */
  enum Scope {
    /** Each element moves by itself: a tensor may be cut anywhere, and pieces run in parallel. */
    ELEMENT,
    /** A row of the tensor moves as a whole: it may be cut between rows only. */
    ROW,
    /** The step needs the whole tensor: norms, projections, rankings of its elements. */
    TENSOR
  }
}
