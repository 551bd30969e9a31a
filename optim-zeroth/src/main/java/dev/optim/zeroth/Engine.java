package dev.optim.zeroth;

import dev.optim.Evaluations;
import dev.optim.RunWarning;
import dev.optim.StopReason;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The state machine of one method: the points it wants evaluated next, and what it does with their
 * values. {@link AskTell} does for all of them what is the same for all.
 */
interface Engine {

  /** The number of coordinates. */
  int dimension();

  /** How many points are wanted, the same until their values are told. At least one. */
  int count();

  /** Copies one of the points wanted. */
  void copyPoint(int index, double[] out);

  /** The point the method itself moves, live. */
  double[] center();

  /**
   * Takes the values of the points wanted.
   *
   * @param values one for each point: finite, or positive infinity for one that failed
   * @return why the method can go no further, or empty
   */
  Optional<StopReason> tell(double[] values);

  /**
   * Whether a run that has not had one finite value gives up after so many values: as a rule when
   * its first iteration is over.
   */
  default boolean hopeless(long values) {
    return iteration() > 0;
  }

  /** Whether gradients at the points wanted are to be told instead of values. */
  default boolean wantsGradients() {
    return false;
  }

  /**
   * Takes the gradients at the points wanted.
   *
   * @param gradients one for each point, read only; with numbers that are not finite where one
   *     failed
   * @param terms what each has cost, in gradients of single terms
   */
  default void tellGradients(double[][] gradients, long terms) {
    throw new IllegalStateException("no gradients are wanted");
  }

  /** What has been spent beside these values, and the values. */
  default Evaluations.Counts counts(long values) {
    return new Evaluations.Counts(values, 0, 0, 0);
  }

  /** What the user should know of the state as it is. */
  default List<RunWarning> warnings() {
    return List.of();
  }

  /** Iterations completed. */
  long iteration();

  /** The names of the method's own figures. */
  Set<String> metrics();

  /** One of {@link #metrics}; NaN for another name. */
  double metric(String name);

  /** Adds the whole state, the points wanted included. */
  void save(CheckpointBuilder builder);

  /** A new engine of the same method in the state that {@link #save} wrote. */
  Engine restored(Checkpoint saved);
}
