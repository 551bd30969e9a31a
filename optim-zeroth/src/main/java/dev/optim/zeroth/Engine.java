package dev.optim.zeroth;

import dev.optim.StopReason;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Optional;
import java.util.Set;

/**
 * The state machine of one method: the points it wants evaluated next, and what it does with their
 * values. {@link AskTell} does for all of them what is the same for all.
 */
interface Engine {

  /** The number of coordinates. */
  int dimension();

  /** The points wanted, live: the same until the values are told. At least one. */
  double[][] points();

  /**
   * Takes the values of {@link #points}.
   *
   * @param values one for each point: finite, or positive infinity for one that failed
   * @return why the method can go no further, or empty
   */
  Optional<StopReason> tell(double[] values);

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
