package dev.optim.zeroth;

import dev.optim.EvaluationException;
import dev.optim.Iterate;
import dev.optim.Objective;
import dev.optim.Run;
import dev.optim.StopReason;
import dev.optim.state.Checkpoint;
import java.util.Arrays;
import java.util.Optional;

/** A run by ask and tell whose questions an objective answers. */
final class EvaluatedRun implements Run {

  private final AskTell dialogue;
  private final Objective problem;
  private double[][] copies = {};
  private double[] values = {};

  EvaluatedRun(AskTell dialogue, Objective problem) {
    this.dialogue = dialogue;
    this.problem = problem;
  }

  @Override
  public Optional<StopReason> advance() {
    long before = iterate().iteration();
    while (dialogue.ended().isEmpty() && iterate().iteration() == before) {
      evaluate(dialogue.points());
      dialogue.tell(values);
    }
    return dialogue.ended();
  }

  /** The objective gets copies, so that one which changes or keeps its points does no harm. */
  private void evaluate(double[][] points) {
    if (copies.length != points.length) {
      copies = new double[points.length][iterate().dimension()];
      values = new double[points.length];
    }
    for (int i = 0; i < points.length; i++) {
      System.arraycopy(points[i], 0, copies[i], 0, points[i].length);
    }
    Arrays.fill(values, Double.NaN);
    try {
      problem.values(copies, values);
    } catch (EvaluationException e) {
      throw e;
    } catch (Exception e) {
      throw new EvaluationException("value", e);
    }
  }

  @Override
  public Iterate iterate() {
    return dialogue.iterate();
  }

  @Override
  public Checkpoint checkpoint() {
    return dialogue.checkpoint();
  }

  @Override
  public void restore(Checkpoint checkpoint) {
    dialogue.restore(checkpoint);
  }
}
