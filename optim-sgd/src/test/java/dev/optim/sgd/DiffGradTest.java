package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.optim.schedule.Schedule;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import org.junit.jupiter.api.Test;

class DiffGradTest {

  private static final Parameters LINE = Parameters.vector(1);

  @Test
  void stepsAreBetweenHalfOfAdamsAndAdams() {
    Training training = Training.SMALL;
    DoubleUpdater diffGrad = training.doubles(DiffGrad.of(0.01));
    DoubleUpdater adam = training.doubles(Adam.of(0.01));
    for (int step = 0; step < 30; step++) {
      // from 0, so that the new point is the step itself
      double[] x = new double[training.layout().length()];
      double[] y = new double[x.length];
      double[] g = training.gradient(step);
      diffGrad.step(x, g);
      adam.step(y, g);
      for (int i = 0; i < x.length; i++) {
        assertThat(x[i] / y[i]).isBetween(0.5, 1.0);
      }
    }
  }

  @Test
  void aConstantGradientHalvesAdamsStep() {
    DoubleUpdater diffGrad = UpdatePlan.of(DiffGrad.of(0.01)).doubles(LINE);
    DoubleUpdater adam = UpdatePlan.of(Adam.of(0.01)).doubles(LINE);
    for (int step = 1; step <= 20; step++) {
      double[] x = {0};
      double[] y = {0};
      diffGrad.step(x, new double[] {3});
      adam.step(y, new double[] {3});
      if (step > 1) {
        assertThat(x[0]).isCloseTo(y[0] / 2, offset(1e-17));
      }
    }
  }

  /** On lambda/2 x^2 near 0, where v is 0 and friction 1/2: twice the step size Adam can take. */
  @Test
  void isStableUpToTwiceTheStepSizeOfAdam() {
    double limit = 2 * (1 + 0.9) / (1 - 0.9);
    assertThat(end(Adam.of(1e-3 * (limit - 0.1)).withEpsilon(1e-3))).isLessThan(1e-20);
    assertThat(end(Adam.of(1e-3 * (limit + 0.1)).withEpsilon(1e-3))).isGreaterThan(2e-12);
    assertThat(end(DiffGrad.of(1e-3 * (2 * limit - 0.1)).withEpsilon(1e-3))).isLessThan(1e-20);
    assertThat(end(DiffGrad.of(1e-3 * (2 * limit + 0.1)).withEpsilon(1e-3))).isGreaterThan(2e-12);
  }

  private static double end(UpdateRule rule) {
    DoubleUpdater updater = UpdatePlan.of(rule).doubles(LINE);
    double[] x = {1e-12};
    double largest = 0;
    for (int step = 0; step < 60_000; step++) {
      updater.step(x, x.clone());
      if (step >= 59_900) {
        largest = Math.max(largest, Math.abs(x[0]));
      }
    }
    return largest;
  }

  /** The paper's selling point: over the hill to the global minimum of F1. */
  @Test
  void leavesTheLocalMinimumOfThePaperWhereAdamStays() {
    Schedule stepSize = Schedule.constant(0.1);
    DiffGrad diffGrad = DiffGrad.defaults().withStepSize(stepSize).withBetas(0.95, 0.999);
    Adam adam = Adam.defaults().withStepSize(stepSize).withBetas(0.95, 0.999);
    assertThat(PaperFunction.F1.end(diffGrad, 299)).isCloseTo(-0.3000711663, offset(1e-9));
    assertThat(PaperFunction.F1.end(adam, 299)).isCloseTo(0.2001149, offset(1e-6));
    assertThat(PaperFunction.F2.end(diffGrad, 299)).isCloseTo(-0.8121445901, offset(1e-9));
    assertThat(PaperFunction.F3.end(diffGrad, 299)).isCloseTo(0.0135651244, offset(1e-9));
  }

  @Test
  void theFormsDifferInEpsilonOnly() {
    double tiny = 1e-200;
    Training training = Training.SMALL;
    double[] paper = training.run(training.doubles(DiffGrad.of(0.01).withEpsilon(tiny)), 10);
    double[] code =
        training.run(
            training.doubles(DiffGrad.of(0.01).withEpsilon(tiny).withForm(Form.REFERENCE_CODE)),
            10);
    for (int i = 0; i < paper.length; i++) {
      assertThat(code[i]).isCloseTo(paper[i], offset(1e-14));
    }
  }
}
