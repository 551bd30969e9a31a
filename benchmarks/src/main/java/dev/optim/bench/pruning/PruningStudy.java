package dev.optim.bench.pruning;

import dev.optim.Checks;
import dev.optim.FiniteSum;
import dev.optim.Run;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.problem.Problems;
import dev.optim.random.RandomStream;
import dev.optim.sgd.Adam;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * What pruning without fine-tuning leaves of networks for handwritten digits: {@code digits-mlp}
 * trained by Adam for 60 epochs, once for each seed. All weights may go, biases may not.
 */
public final class PruningStudy {

  private static final int BATCH = 64;
  private static final int EPOCHS = 60;
  private static final double STEP_SIZE = 3e-3;

  private final Problem<FiniteSum> problem = Problems.digitsMlp();
  private final Problem.Instance<FiniteSum> instance = problem.open();
  private final boolean[] prunable = new boolean[problem.layout().length()];
  private final double[][] trained;

  /**
   * Trains the networks: half a second each.
   *
   * @param seeds how many, at least 1; figures are means over them
   */
  public PruningStudy(int seeds) {
    trained = new double[(int) Checks.atLeastOne("seeds", seeds)][];
    for (int seed = 0; seed < seeds; seed++) {
      trained[seed] = train(RandomStream.of(seed + 1));
    }
    for (Parameters.Tensor tensor : problem.layout().tensors()) {
      Arrays.fill(prunable, tensor.offset(), tensor.end(), tensor.dimensions() == 2);
    }
  }

  private double[] train(RandomStream random) {
    FiniteSum loss = instance.oracle();
    Run run =
        UpdatePlan.of(Adam.of(STEP_SIZE)).miniBatch(BATCH).start(loss, problem.start(), random);
    int steps = EPOCHS * ((loss.terms() - 1) / BATCH + 1);
    for (int step = 0; step < steps; step++) {
      run.advance()
          .ifPresent(
              reason -> {
                throw new IllegalStateException("training ended early: " + reason);
              });
    }
    return run.iterate().point();
  }

  /**
   * How many weights may go.
   *
   * @return a number
   */
  public int candidates() {
    int count = 0;
    for (boolean one : prunable) {
      count += one ? 1 : 0;
    }
    return count;
  }

  /**
   * The accuracy on the test samples before anything is pruned.
   *
   * @return the mean over the seeds, in 0..1
   */
  public double accuracy() {
    return mean(seed -> accuracy(trained[seed]));
  }

  /**
   * The accuracy on the test samples after pruning.
   *
   * @param method how
   * @param sparsity the part of the weights that goes, in [0, 1)
   * @return the mean over the seeds, in 0..1
   */
  public double accuracy(PruningMethod method, double sparsity) {
    Checks.fraction("sparsity", sparsity);
    return mean(
        seed ->
            accuracy(
                method
                    .way()
                    .prune(
                        instance.oracle(),
                        trained[seed],
                        prunable,
                        sparsity,
                        RandomStream.of(seed + 1).split("pruning"))));
  }

  private double accuracy(double[] weights) {
    return instance.measurement().at(weights)[1];
  }

  private double mean(IntToDoubleFunction figure) {
    double sum = 0;
    for (int seed = 0; seed < trained.length; seed++) {
      sum += figure.applyAsDouble(seed);
    }
    return sum / trained.length;
  }
}
