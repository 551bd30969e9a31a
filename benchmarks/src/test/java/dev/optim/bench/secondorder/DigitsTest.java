package dev.optim.bench.secondorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.BatchSampler;
import dev.optim.FiniteSum;
import dev.optim.Run;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.problem.Problems;
import dev.optim.random.RandomStream;
import dev.optim.secondorder.Mfac;
import dev.optim.secondorder.ObsPruner;
import dev.optim.secondorder.WindowSettings;
import dev.optim.sgd.Adam;
import dev.optim.sgd.Sgd;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** M-FAC on handwritten digits, means over three seeds: what docs/algorithms/mfac.md says. */
class DigitsTest {

  private static final int EPOCH = 22;
  private static final int SEEDS = 3;

  private final Problem<FiniteSum> problem = Problems.digitsMlp();

  @Test
  void trainsFurtherPerEpochThanTunedFirstOrderMethods() {
    double[] mfac = losses(Mfac.of(1e-3).withWindow(WindowSettings.of(512, 1e-4)).plan());
    double[] sgd = losses(UpdatePlan.of(Sgd.of(0.3).withMomentum(0.9)));
    double[] adam = losses(UpdatePlan.of(Adam.of(0.03)));
    assertThat(mfac[0]).isLessThan(0.05).isLessThan(sgd[0]).isLessThan(adam[0]);
    assertThat(mfac[1]).isLessThan(sgd[1]).isLessThan(adam[1]);
  }

  /** Training loss after 10 and 20 epochs. */
  private double[] losses(UpdatePlan plan) {
    double[] mean = new double[2];
    for (long seed = 1; seed <= SEEDS; seed++) {
      Problem.Instance<FiniteSum> instance = problem.open();
      Run run = plan.miniBatch(64).start(instance.oracle(), problem.start(), RandomStream.of(seed));
      for (int half = 0; half < 2; half++) {
        advance(run, 10 * EPOCH);
        mean[half] += instance.measurement().at(run.iterate().point())[0] / SEEDS;
      }
    }
    return mean;
  }

  @Test
  void prunesBetterThanMagnitude() {
    double[] gain = new double[2];
    for (long seed = 1; seed <= SEEDS; seed++) {
      Problem.Instance<FiniteSum> instance = problem.open();
      FiniteSum loss = instance.oracle();
      Run run =
          UpdatePlan.of(Adam.of(3e-3))
              .miniBatch(64)
              .start(loss, problem.start(), RandomStream.of(seed));
      advance(run, 60 * EPOCH);
      double[] dense = run.iterate().point();
      BatchSampler batches = new BatchSampler(loss.terms(), 32, RandomStream.of(seed));
      double[] sparsities = {0.8, 0.9};
      for (int j = 0; j < 2; j++) {
        ObsPruner pruner = ObsPruner.of(sparsities[j]).withRecomputations(8);
        double[] pruned =
            pruner.prune(dense, weights(), w -> gradients(loss, w, batches)).weights();
        double[] byMagnitude = byMagnitude(dense, sparsities[j]);
        gain[j] +=
            (instance.measurement().at(pruned)[1] - instance.measurement().at(byMagnitude)[1])
                / SEEDS;
      }
    }
    assertThat(gain[0]).isGreaterThan(0.08);
    assertThat(gain[1]).isGreaterThan(0.25);
  }

  private static double[][] gradients(FiniteSum loss, double[] w, BatchSampler batches) {
    double[][] gradients = new double[64][w.length];
    for (int k = 0; k < gradients.length; k++) {
      loss.valueAndGradient(w, batches.batch(k), gradients[k]);
    }
    return gradients;
  }

  private static void advance(Run run, int steps) {
    for (int k = 0; k < steps; k++) {
      assertThat(run.advance()).isEmpty();
    }
  }

  /** All but the biases. */
  private boolean[] weights() {
    boolean[] weights = new boolean[problem.layout().length()];
    for (Parameters.Tensor tensor : problem.layout().tensors()) {
      Arrays.fill(weights, tensor.offset(), tensor.end(), tensor.dimensions() == 2);
    }
    return weights;
  }

  private double[] byMagnitude(double[] dense, double sparsity) {
    boolean[] weights = weights();
    int[] order =
        IntStream.range(0, dense.length)
            .filter(i -> weights[i])
            .boxed()
            .sorted(Comparator.comparingDouble(i -> Math.abs(dense[i])))
            .mapToInt(i -> i)
            .toArray();
    double[] pruned = dense.clone();
    for (int k = 0; k < (int) (order.length * sparsity); k++) {
      pruned[order[k]] = 0;
    }
    return pruned;
  }
}
