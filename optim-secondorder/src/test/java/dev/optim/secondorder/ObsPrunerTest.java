package dev.optim.secondorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.Minimizer;
import dev.optim.Start;
import dev.optim.Stop;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObsPrunerTest {

  private static final int D = 30;

  @ParameterizedTest
  @CsvSource({"5, 30", "40, 30", "6, 7", "20, 7", "8, 1"})
  void theJointMoveIsTheConstrainedMinimum(int m, int block) {
    double[][] g = Samples.gradients(m, D, 1);
    double[] w = Samples.vector(D, 2);
    Pruning pruning = new ObsPruner(0.6, 1, 0.01, block, Compensation.JOINT).prune(w, x -> g);
    assertThat(pruning.count()).isEqualTo(18);

    // minimise d'F d / 2 over the remaining weights by solving F_RR d_R = F_RQ w_Q
    for (int from = 0; from < D; from += block) {
      int[] all = IntStream.range(from, Math.min(D, from + block)).toArray();
      int[] rest = Arrays.stream(all).filter(i -> !pruning.pruned()[i]).toArray();
      if (rest.length == 0) {
        continue;
      }
      DMatrixRMaj frr = new DMatrixRMaj(rest.length, rest.length);
      DMatrixRMaj right = new DMatrixRMaj(rest.length, 1);
      for (int a = 0; a < rest.length; a++) {
        for (int i : all) {
          double f = i == rest[a] ? 0.01 : 0;
          for (double[] gradient : g) {
            f += gradient[rest[a]] * gradient[i] / m;
          }
          int b = Arrays.binarySearch(rest, i);
          if (b >= 0) {
            frr.set(a, b, f);
          } else {
            right.add(a, 0, f * w[i]);
          }
        }
      }
      DMatrixRMaj move = new DMatrixRMaj(rest.length, 1);
      CommonOps_DDRM.solve(frr, right, move);
      for (int a = 0; a < rest.length; a++) {
        assertThat(pruning.weights()[rest[a]])
            .isCloseTo(w[rest[a]] + move.get(a), Offset.offset(1e-9));
      }
    }
    for (int i = 0; i < D; i++) {
      assertThat(pruning.pruned()[i] && pruning.weights()[i] != 0).isFalse();
    }
  }

  @Test
  void theLowestScoresGo() {
    double[][] g = Samples.gradients(9, D, 1);
    double[] w = Samples.vector(D, 2);
    double[] scores = ObsPruner.scores(w, StaticFisher.of(g, 1e-3));
    Pruning pruning = oneShot(0.5).withBlockSize(D).withDamping(1e-3).prune(w, x -> g);
    int[] order =
        IntStream.range(0, D)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .mapToInt(i -> i)
            .toArray();
    for (int k = 0; k < D; k++) {
      assertThat(pruning.pruned()[order[k]]).isEqualTo(k < 15);
    }
  }

  @ParameterizedTest
  @EnumSource(Compensation.class)
  void aWeightThatIsZeroIsNotFrozen(Compensation compensation) {
    double[][] g = Samples.gradients(9, D, 1);
    double[] w = Samples.vector(D, 2);
    boolean[] prunable = new boolean[D];
    Arrays.fill(prunable, true);
    w[4] = 0;
    w[5] = 0;
    prunable[4] = false;
    Pruning pruning =
        oneShot(0.5).withBlockSize(D).withCompensation(compensation).prune(w, prunable, x -> g);
    assertThat(pruning.pruned()[4]).isFalse();
    assertThat(pruning.weights()[4]).isZero();
    assertThat(pruning.pruned()[5]).isTrue();
    assertThat(pruning.count()).isEqualTo(14);

    Pruning none = oneShot(0.03).withBlockSize(D).prune(w, x -> g);
    assertThat(none.count()).isZero();
    Pruning first = oneShot(1.0 / D).withBlockSize(D).prune(w, x -> g);
    assertThat(first.pruned()[4]).isTrue();
    assertThat(first.pruned()[5]).isFalse();
  }

  @Test
  void aZeroWeightTakesPartInTheCompensation() {
    double[][] g = Samples.gradients(9, 3, 1);
    double[] w = {0.01, 0, 5};
    boolean[] prunable = {true, true, true};
    Pruning pruning = oneShot(0.34).withBlockSize(3).prune(w, prunable, x -> g);
    assertThat(pruning.pruned()).containsExactly(false, true, false);
    Pruning two = oneShot(0.67).withBlockSize(3).prune(w, prunable, x -> g);
    assertThat(two.pruned()).containsExactly(true, true, false);
    assertThat(two.weights()[2]).isNotEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 16})
  void roundsFollowAGeometricScheduleOfDensities(int rounds) {
    ObsPruner pruner = ObsPruner.of(0.9).withRecomputations(rounds);
    assertThat(pruner.sparsityAfter(rounds)).isEqualTo(0.9);
    double factor = Math.pow(0.1, 1.0 / rounds);
    double density = 1;
    for (int round = 1; round < rounds; round++) {
      density *= factor;
      assertThat(pruner.sparsityAfter(round)).isCloseTo(1 - density, Offset.offset(1e-14));
    }
    int[] asked = {0};
    int[] zeros = {-1};
    Pruning pruning =
        pruner.prune(
            Samples.vector(200, 1),
            w -> {
              asked[0]++;
              int now = (int) Arrays.stream(w).filter(x -> x == 0).count();
              assertThat(now).isGreaterThan(zeros[0]);
              zeros[0] = now;
              return Samples.gradients(4, 200, asked[0]);
            });
    assertThat(asked[0]).isEqualTo(rounds);
    assertThat(pruning.count()).isEqualTo(180);
  }

  @Test
  void whatMayNotGoIsLeftExactlyAsItIs() {
    double[] w = Samples.vector(D, 2);
    boolean[] prunable = new boolean[D];
    Arrays.fill(prunable, 0, 20, true);
    double[] before = w.clone();
    Pruning pruning =
        ObsPruner.of(0.5).prune(w, prunable, x -> Samples.gradients(6, D, (long) (1e6 * x[0])));
    assertThat(w).isEqualTo(before);
    assertThat(pruning.count()).isEqualTo(10);
    assertThat(Arrays.copyOfRange(pruning.weights(), 20, D))
        .isEqualTo(Arrays.copyOfRange(w, 20, D));
  }

  @Test
  void aSparseNetworkIsPrunedFurtherWithItsMask() {
    ObsPruner.Gradients gradients = w -> Samples.gradients(6, 200, 1);
    Pruning half = oneShot(0.5).prune(Samples.vector(200, 2), gradients);
    boolean[] left = new boolean[200];
    for (int i = 0; i < 200; i++) {
      left[i] = !half.pruned()[i];
    }
    Pruning more = oneShot(1 - 0.2 / 0.5).prune(half.weights(), left, gradients);
    assertThat(more.count()).isEqualTo(60);
    for (int i = 0; i < 200; i++) {
      assertThat(more.pruned()[i] && half.pruned()[i]).isFalse();
      if (half.pruned()[i]) {
        assertThat(more.weights()[i]).isZero();
      }
    }
  }

  @Test
  void prunesATrainedNetworkBetterThanMagnitudeDoes() {
    TwoLayerNetwork train = new TwoLayerNetwork(800, 1);
    TwoLayerNetwork test = new TwoLayerNetwork(800, 2);
    Mfac mfac = Mfac.of(0.05).withMomentum(0.5).withWindow(WindowSettings.of(64, 1e-3));
    double[] dense =
        Minimizer.until(Stop.iterations(600))
            .minimize(mfac.plan().miniBatch(50), train, Start.at(TwoLayerNetwork.start(5)))
            .point();
    double[] magnitude = byMagnitude(dense, 0.8);
    ObsPruner obs = ObsPruner.of(0.8).withBlockSize(Integer.MAX_VALUE).withDamping(1e-4);
    ObsPruner.Gradients gradients = w -> train.gradients(w, 100, 8);
    boolean[] prunable = TwoLayerNetwork.prunable();
    Pruning once = obs.withRecomputations(1).prune(dense, prunable, gradients);
    Pruning often = obs.withRecomputations(8).prune(dense, prunable, gradients);
    Pruning joint =
        obs.withRecomputations(8)
            .withCompensation(Compensation.JOINT)
            .prune(dense, prunable, gradients);
    assertThat(test.accuracy(dense)).isGreaterThan(0.9);
    assertThat(test.value(once.weights())).isLessThan(test.value(magnitude));
    assertThat(test.accuracy(often.weights())).isGreaterThan(test.accuracy(magnitude) + 0.08);
    assertThat(test.accuracy(joint.weights())).isGreaterThan(test.accuracy(magnitude) + 0.08);
  }

  @ParameterizedTest
  @CsvSource({"0.29, 29", "0.57, 57", "0.58, 58", "0.299, 29", "0.999, 99", "0, 0"})
  void aWholeNumberIsNotRoundedDown(double sparsity, int count) {
    double[][] g = Samples.gradients(3, 100, 1);
    assertThat(oneShot(sparsity).prune(Samples.vector(100, 2), x -> g).count()).isEqualTo(count);
  }

  @Test
  void aBadGradientIsRefusedWhereverItIs() {
    double[] w = {1, 2, 3, 4, 5};
    boolean[] prunable = {true, false, true, true, false};
    for (int column = 0; column < 5; column++) {
      double[][] g = Samples.gradients(3, 5, 1);
      g[1][column] = Double.NaN;
      assertThatThrownBy(() -> ObsPruner.of(0.5).prune(w, prunable, x -> g))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("gradients[1][" + column + "] is NaN, must be a finite number");
    }
  }

  @Test
  void refusesWrongArguments() {
    double[] w = {1, 2, 3};
    assertThatThrownBy(() -> ObsPruner.of(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ObsPruner.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ObsPruner.of(0.5).withRecomputations(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ObsPruner.of(0.5).withDamping(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ObsPruner.of(0.5).withBlockSize(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ObsPruner.of(0.5).prune(new double[] {1, Double.NaN}, x -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights[1] is NaN");
    assertThatThrownBy(() -> ObsPruner.of(0.5).prune(w, new boolean[2], x -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("prunable has length 2, expected 3");
    assertThatThrownBy(() -> ObsPruner.of(0.5).prune(w, x -> new double[1][2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a gradient has length 2, expected 3");
    assertThatThrownBy(() -> ObsPruner.of(0.5).prune(w, x -> new double[0][]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                ObsPruner.of(0.5).prune(w, x -> new double[][] {{1, Double.POSITIVE_INFINITY, 0}}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(w).containsExactly(1, 2, 3);
  }

  private static ObsPruner oneShot(double sparsity) {
    return ObsPruner.of(sparsity).withRecomputations(1);
  }

  private static double[] byMagnitude(double[] weights, double sparsity) {
    double[] pruned = weights.clone();
    IntStream.range(0, TwoLayerNetwork.WEIGHTS)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> Math.abs(weights[i])))
        .limit((int) (TwoLayerNetwork.WEIGHTS * sparsity))
        .forEach(i -> pruned[i] = 0);
    return pruned;
  }
}
