package dev.optim.zeroth;

import dev.optim.EvaluationException;
import dev.optim.Iterate;
import dev.optim.Objective;
import dev.optim.Run;
import dev.optim.RunWarning;
import dev.optim.StopReason;
import dev.optim.state.Checkpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A run by ask and tell whose questions an objective answers. */
final class EvaluatedRun implements Run {

  private final AskTell dialogue;
  private final Objective problem;
  private final Copies copies = new Copies();

  EvaluatedRun(AskTell dialogue, Objective problem) {
    this.dialogue = dialogue;
    this.problem = problem;
  }

  @Override
  public Optional<StopReason> advance() {
    long before = iterate().iteration();
    while (dialogue.ended().isEmpty() && iterate().iteration() == before) {
      exchange();
    }
    return dialogue.ended();
  }

  /**
   * One question and its answer. The objective gets copies, so that it may do to them what it
   * likes.
   */
  void exchange() {
    int count = dialogue.count();
    double[][] points = copies.of(count, iterate().dimension());
    double[] values = copies.values(count);
    for (int i = 0; i < count; i++) {
      dialogue.copyPoint(i, points[i]);
    }
    Arrays.fill(values, Double.NaN);
    try {
      problem.values(points, values);
    } catch (EvaluationException e) {
      throw e;
    } catch (Exception e) {
      throw new EvaluationException("value", e);
    }
    dialogue.tell(values);
  }

  @Override
  public Iterate iterate() {
    return dialogue.iterate();
  }

  @Override
  public List<RunWarning> warnings() {
    return dialogue.warnings();
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
