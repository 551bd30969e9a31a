package dev.optim.secondorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.GradientCheck;
import dev.optim.Minimizer;
import dev.optim.Result;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.random.RandomStream;
import dev.optim.schedule.Schedule;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import org.junit.jupiter.api.Test;

class MfacTest {

  private static final WindowSettings WINDOW =
      WindowSettings.of(64, 1e-3).withStorage(Storage.FLOAT64);

  @Test
  void theGradientOfTheTestNetworkIsRight() {
    GradientCheck.at(new TwoLayerNetwork(20, 1), TwoLayerNetwork.start(2)).orThrow(1e-6);
  }

  @Test
  void trainsANetworkOnMiniBatches() {
    TwoLayerNetwork network = new TwoLayerNetwork(600, 1);
    Mfac mfac = Mfac.of(0.05).withMomentum(0.5).withWindow(WINDOW);
    Run run =
        mfac.plan()
            .miniBatch(50)
            .start(network, Start.at(TwoLayerNetwork.start(2)), RandomStream.of(3));
    double before = network.value(run.iterate().point());
    for (int k = 0; k < 360; k++) {
      assertThat(run.advance()).isEmpty();
    }
    assertThat(before).isGreaterThan(1);
    assertThat(network.value(run.iterate().point())).isLessThan(0.25);
    assertThat(network.accuracy(run.iterate().point())).isGreaterThan(0.93);
  }

  @Test
  void runsThroughTheMinimizerAndResumesBitForBit() {
    TwoLayerNetwork network = new TwoLayerNetwork(60, 1);
    Mfac mfac = Mfac.of(0.02).withWindow(WINDOW).withWeightDecay(1e-4);
    Result result =
        Minimizer.until(Stop.iterations(40))
            .seed(1)
            .minimize(mfac, network, Start.at(TwoLayerNetwork.start(2)));
    assertThat(result.value()).isLessThan(network.value(TwoLayerNetwork.start(2)));

    Start start = Start.at(TwoLayerNetwork.start(2));
    Run original = mfac.start(network, start, RandomStream.of(1));
    for (int k = 0; k < 20; k++) {
      original.advance();
    }
    Run resumed = mfac.start(network, start, RandomStream.of(1));
    resumed.restore(original.checkpoint());
    for (int k = 0; k < 20; k++) {
      original.advance();
      resumed.advance();
    }
    assertThat(resumed.iterate().point()).isEqualTo(original.iterate().point());
  }

  @Test
  void groupsHaveTheirOwnStepSizes() {
    Parameters layout = Parameters.builder().add("weight", 5).add("bias", 3).build();
    Mfac mfac = Mfac.of(0.1).withWindow(WINDOW);
    UpdatePlan plan =
        mfac.plan().withRule("bias", mfac.withStepSize(Schedule.constant(0.2)).rule());
    double[] x = new double[8];
    double[] y = new double[8];
    double[] g = Samples.vector(8, 1);
    plan.doubles(layout).step(x, g);
    mfac.plan().doubles(layout).step(y, g);
    for (int i = 0; i < 8; i++) {
      assertThat(x[i]).isEqualTo(i < 5 ? y[i] : 2 * y[i]);
    }
  }

  @Test
  void theAverageBeginsAtZero() {
    double[] x = new double[3];
    double[] y = new double[3];
    double[] g = {1, 2, 3};
    Mfac mfac = Mfac.of(1).withWindow(WINDOW);
    DoubleUpdater averaged = mfac.withMomentum(0.75).plan().doubles(Parameters.vector(3));
    averaged.step(x, g);
    mfac.plan().doubles(Parameters.vector(3)).step(y, g);
    assertThat(x).containsExactly(y[0] / 4, y[1] / 4, y[2] / 4);
  }

  @Test
  void defaultsAreTheAuthors() {
    assertThat(Mfac.defaults())
        .isEqualTo(
            new Mfac(
                Schedule.constant(1e-3),
                0,
                0,
                new WindowSettings(1024, 1e-5, Storage.FLOAT32, Divisor.WINDOW)));
    assertThat(Mfac.defaults().name()).isEqualTo("Mfac");
    assertThat(Mfac.defaults().plan().miniBatch(1).name()).isEqualTo("Mfac");
  }

  @Test
  void refusesWrongArguments() {
    assertThatThrownBy(() -> Mfac.of(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Mfac.defaults().withMomentum(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("momentum is 1.0, must be in [0, 1)");
    assertThatThrownBy(() -> Mfac.defaults().withWeightDecay(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Mfac.defaults().withWindow(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("window");
  }
}
