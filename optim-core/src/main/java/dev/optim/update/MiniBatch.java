package dev.optim.update;

import dev.optim.Checks;
import dev.optim.FiniteSum;
import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;

/**
 * A plan that takes one step a mini-batch of a finite sum, batches drawn without replacement.
 *
 * <p>The iterates are the updater's evaluation points: the average, for a rule that averages.
 *
 * <p>A batch whose loss or gradient is not finite is skipped; a whole epoch of such batches ends
 * the run.
 *
 * @param plan the plan
 * @param size the terms in a batch, at least 1
 */
public record MiniBatch(UpdatePlan plan, int size) implements Optimizer<FiniteSum> {

  /** The metric that holds the loss of the last batch, at the point before the last step. */
  public static final String BATCH_VALUE = "batch value";

  /** Checks the size. */
  public MiniBatch {
    Checks.atLeastOne("size", size);
  }

  @Override
  public Run start(FiniteSum problem, Start start, RandomStream random) {
    return new MiniBatchRun(
        plan, size, problem, start.sample(Optimizer.startStream(random)), random.split("batches"));
  }

  @Override
  public String name() {
    return plan.name();
  }
}
