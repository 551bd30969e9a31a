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
   * @return the names, in the order in which {@code step} gets the vectors
   */
  List<String> state();

  /**
   * What part of a tensor {@code step} may be called for.
   *
   * @return {@link Scope#ELEMENT} unless overridden
   */
  default Scope scope() {
    return Scope.ELEMENT;
  }

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

  @Override
  default Run start(DifferentiableObjective problem, Start start, RandomStream random) {
    return UpdatePlan.of(this).start(problem, start, random);
  }

  /** What part of a tensor a rule needs to see at once. */
  enum Scope {
    /** Each element moves by itself: a tensor may be cut anywhere, and pieces run in parallel. */
    ELEMENT,
    /** The step needs the whole tensor: norms, projections, rankings of its elements. */
    TENSOR
  }
}
