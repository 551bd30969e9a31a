package dev.optim.bench.secondorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.FiniteSum;
import dev.optim.Run;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.problem.Problems;
import dev.optim.bench.pruning.PruningMethod;
import dev.optim.bench.pruning.PruningStudy;
import dev.optim.random.RandomStream;
import dev.optim.secondorder.Compensation;
import dev.optim.secondorder.Mfac;
import dev.optim.secondorder.WindowSettings;
import dev.optim.sgd.Adam;
import dev.optim.sgd.Sgd;
import dev.optim.update.UpdatePlan;
import org.junit.jupiter.api.Test;

/** M-FAC on handwritten digits, means over three seeds: what docs/algorithms/mfac.md says. */
class DigitsTest {

  private static final int EPOCH = 22;
  private static final int SEEDS = 3;

  @Test
  void trainsFurtherPerEpochThanTunedFirstOrderMethods() {
    double[] mfac = losses(Mfac.of(1e-3).withWindow(WindowSettings.of(512, 1e-4)).plan());
    double[] sgd = losses(UpdatePlan.of(Sgd.of(0.3).withMomentum(0.9)));
    double[] adam = losses(UpdatePlan.of(Adam.of(0.03)));
    for (int k = 0; k < mfac.length; k++) {
      assertThat(mfac[k]).isLessThan(0.05).isLessThan(sgd[k]).isLessThan(adam[k]);
    }
  }

  /** Training loss after 10, 15 and 20 epochs. */
  private static double[] losses(UpdatePlan plan) {
    Problem<FiniteSum> problem = Problems.digitsMlp();
    double[] mean = new double[3];
    for (long seed = 1; seed <= SEEDS; seed++) {
      Problem.Instance<FiniteSum> instance = problem.open();
      Run run = plan.miniBatch(64).start(instance.oracle(), problem.start(), RandomStream.of(seed));
      for (int step = 1; step <= 20 * EPOCH; step++) {
        assertThat(run.advance()).isEmpty();
        int epoch = step / EPOCH;
        if (step % EPOCH == 0 && epoch >= 10 && epoch % 5 == 0) {
          mean[epoch / 5 - 2] += instance.measurement().at(run.iterate().point())[0] / SEEDS;
        }
      }
    }
    return mean;
  }

  @Test
  void prunesBetterThanMagnitude() {
    PruningStudy study = new PruningStudy(SEEDS);
    PruningMethod magnitude = PruningMethod.magnitude();
    PruningMethod blocks =
        PruningMethod.obs("blocks, 8 rounds", 64, 8, 128, Compensation.INDEPENDENT);
    assertThat(study.accuracy()).isGreaterThan(0.96);
    assertThat(study.accuracy(blocks, 0.8)).isGreaterThan(study.accuracy(magnitude, 0.8) + 0.08);
    assertThat(study.accuracy(blocks, 0.9)).isGreaterThan(study.accuracy(magnitude, 0.9) + 0.25);
  }
}
