package dev.optim.zeroth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.DifferentiableObjective;
import dev.optim.EvaluationException;
import dev.optim.Minimizer;
import dev.optim.Result;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.StopReason;
import dev.optim.random.RandomStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GradientCboTest {

  private static final Start START = Start.uniform(3, -3, 3);
  private static final GradientCbo METHOD = new GradientCbo(Cbo.standard().withParticles(10), 0.5);

  private static final DifferentiableObjective BOWL =
      DifferentiableObjective.of(
          Functions::sphere,
          (x, out) -> {
            for (int i = 0; i < x.length; i++) {
              out[i] = 2 * x[i];
            }
          });

  @Test
  void gradientsHelp() {
    Minimizer minimizer = Minimizer.until(Stop.iterations(300)).seed(1);
    Cbo weak = Cbo.standard().withNoise(Noise.anisotropic(2)).withParticles(10);

    assertThat(minimizer.minimize(new GradientCbo(weak, 5), BOWL, START).value())
        .isLessThan(1e-3 * minimizer.minimize(weak, Functions::sphere, START).value());
  }

  @Test
  void everyGradientIsCounted() {
    Run run = METHOD.start(BOWL, START, RandomStream.of(1));
    for (int i = 0; i < 7; i++) {
      run.advance();
    }

    assertThat(run.iterate().iteration()).isEqualTo(7);
    assertThat(run.iterate().evaluations().values()).isEqualTo(70);
    assertThat(run.iterate().evaluations().gradients()).isEqualTo(70);
  }

  @Test
  void aGradientThatThrowsIsAskedForAgain() {
    AtomicInteger calls = new AtomicInteger();
    DifferentiableObjective sometimes =
        DifferentiableObjective.of(
            Functions::sphere,
            (x, out) -> {
              if (calls.incrementAndGet() == 25) {
                throw new IllegalStateException("broken");
              }
              BOWL.gradient(x, out);
            });
    Run run = METHOD.start(sometimes, START, RandomStream.of(1));
    Run undisturbed = METHOD.start(BOWL, START, RandomStream.of(1));
    run.advance();
    run.advance();
    assertThatThrownBy(run::advance).isInstanceOf(EvaluationException.class);
    assertThat(run.iterate().iteration()).isEqualTo(2);
    Run resumed = METHOD.start(BOWL, START, RandomStream.of(9));
    resumed.restore(run.checkpoint()); // in the middle of a step
    run.advance();
    resumed.advance();
    for (int i = 0; i < 3; i++) {
      undisturbed.advance();
    }

    assertThat(run.checkpoint()).isEqualTo(undisturbed.checkpoint());
    assertThat(resumed.checkpoint()).isEqualTo(undisturbed.checkpoint());
  }

  @Test
  void badGradientsMoveNothing() {
    DifferentiableObjective bad =
        DifferentiableObjective.of(Functions::sphere, (x, out) -> out[0] = Double.NaN);
    Minimizer minimizer = Minimizer.until(Stop.iterations(50)).seed(1);

    assertThat(minimizer.minimize(METHOD, bad, START).point())
        .isEqualTo(minimizer.minimize(METHOD.cbo(), Functions::sphere, START).point());
  }

  @Test
  void nothingButBadValuesIsSaid() {
    Result result =
        Minimizer.until(Stop.iterations(50))
            .minimize(METHOD, DifferentiableObjective.of(x -> Double.NaN, BOWL), START);

    assertThat(result.reason()).isEqualTo(StopReason.NON_FINITE);
  }

  @Test
  void runsByAskAndTell() {
    AskTell run = METHOD.open(START, RandomStream.of(1));
    Run evaluated = METHOD.start(BOWL, START, RandomStream.of(1));
    for (int i = 0; i < 5; i++) {
      double[][] points = run.ask();
      assertThat(run.wantsGradients()).isFalse();
      assertThatThrownBy(() -> run.tellGradients(points)).hasMessageContaining("values are wanted");
      run.tell(Arrays.stream(points).mapToDouble(Functions::sphere).toArray());
      double[][] gradients = run.ask();
      assertThat(run.wantsGradients()).isTrue();
      assertThatThrownBy(() -> run.tell(0, 1)).hasMessageContaining("gradients are wanted");
      assertThatThrownBy(() -> run.tellGradients(new double[10][2]))
          .hasMessage("gradients[0] has length 2, expected 3");
      for (double[] x : gradients) {
        BOWL.gradient(x.clone(), x);
      }
      run.tellGradients(gradients);
      evaluated.advance();
    }

    assertThat(run.checkpoint()).isEqualTo(evaluated.checkpoint());
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> new GradientCbo(Cbo.standard(), 0)).hasMessageContaining("gamma is 0");
  }
}
