package dev.optim;

import dev.optim.random.RandomStream;

/**
 * An optimisation method with its hyper-parameters: immutable, validated when it is made, safe to
 * share between threads and runs. Everything that changes lives in the {@link Run}.
 *
 * <p>Implementations are records or otherwise have a {@code toString} that names every
 * hyper-parameter and is the same in every process: checkpoints and the comparison harness identify
 * a method by it.
 *
 * @param <P> what the method needs to know of a problem, e.g. {@link DifferentiableObjective}
 */
public interface Optimizer<P> {

  /**
   * Begins a run. It may evaluate the problem at the start.
   *
   * @param problem the problem; asked only from the thread that calls the run, unless the method
   *     says otherwise
   * @param start where to begin; a method that needs spread refuses a start without it
   * @param random every random choice of the run, the start included, is drawn from this stream
   * @return the run, at iteration 0
   * @throws IllegalArgumentException if problem and start do not fit the method
   * @throws EvaluationException if the problem throws at the start
   */
  Run start(P problem, Start start, RandomStream random);

  /**
   * The method's short name, e.g. "AdamW".
   *
   * @return the simple class name unless overridden
   */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * The stream from which methods draw their start, so that every method begins at the same point
   * for the same seed.
   *
   * @param random the stream of the run
   * @return the stream to give to {@link Start#sample}
   */
  static RandomStream startStream(RandomStream random) {
    return random.split("start");
  }
}
