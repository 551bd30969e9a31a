package dev.optim.zeroth;

import dev.optim.DifferentiableObjective;
import dev.optim.EvaluationException;
import dev.optim.Iterate;
import dev.optim.Run;
import dev.optim.RunWarning;
import dev.optim.StopReason;
import dev.optim.state.Checkpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A run of {@link GradientCbo}: values by ask and tell, gradients when the particles have moved.
 */
final class GradientRun implements Run {

  private final AskTell dialogue;
  private final EvaluatedRun values;
  private final DifferentiableObjective problem;
  private final double[] point;
  private double[][] gradients = {};

  GradientRun(AskTell dialogue, DifferentiableObjective problem) {
    this.dialogue = dialogue;
    this.problem = problem;
    values = new EvaluatedRun(dialogue, problem);
    point = new double[iterate().dimension()];
  }

  @Override
  public Optional<StopReason> advance() {
    long before = iterate().iteration();
    while (dialogue.ended().isEmpty() && iterate().iteration() == before) {
      if (dialogue.wantsGradients()) {
        descend();
      } else {
        values.exchange();
      }
    }
    return dialogue.ended();
  }

  /** All gradients first: one that throws leaves the particles where they are. */
  private void descend() {
    int count = dialogue.count();
    if (gradients.length != count) {
      gradients = new double[count][point.length];
    }
    for (int i = 0; i < count; i++) {
      dialogue.copyPoint(i, point);
      Arrays.fill(gradients[i], Double.NaN);
      try {
        problem.gradient(point, gradients[i]);
      } catch (EvaluationException e) {
        throw e;
      } catch (Exception e) {
        throw new EvaluationException("gradient", e);
      }
    }
    dialogue.tellGradients(gradients, problem.terms());
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
