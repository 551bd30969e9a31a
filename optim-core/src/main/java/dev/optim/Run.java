package dev.optim;

import dev.optim.state.Checkpoint;
import java.util.List;
import java.util.Optional;

/**
 * One run of one method on one problem: the only thing that changes. It is made by {@link
 * Optimizer#start}, never reset, and belongs to one thread at a time.
 */
public interface Run {

  /**
   * Makes one iteration.
   *
   * @return empty while there is more to do; otherwise why the method itself can go no further, in
   *     which case calling again is allowed and changes nothing
   * @throws EvaluationException if the problem threw; the iterate is as it was before the call, and
   *     calling again goes on as if nothing had happened
   */
  Optional<StopReason> advance();

  /**
   * The current iterate: a live view that {@link #advance} changes. At iteration 0 it is the start.
   *
   * @return the same object at every call
   */
  Iterate iterate();

  /**
   * The whole state of the run: a run restored from it goes on bit for bit as this one would.
   *
   * @return a copy of the state
   */
  Checkpoint checkpoint();

  /**
   * Puts this run into the state of a checkpoint. Everything is checked before anything changes.
   *
   * @param checkpoint made by a run of the same method, hyper-parameters and dimension
   * @throws IllegalArgumentException if the checkpoint is of another method, of other
   *     hyper-parameters, or does not fit; the run is unchanged
   */
  void restore(Checkpoint checkpoint);

  /**
   * What the user should know although the run goes on: a step size beyond its limit, a start that
   * had to be moved.
   *
   * @return one warning for each finding so far, in order; {@link Result#warnings} has them
   */
  default List<RunWarning> warnings() {
    return List.of();
  }
}
