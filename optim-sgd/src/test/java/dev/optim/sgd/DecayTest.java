package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.UpdateRule;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What weight decay does, coupled and decoupled, for every rule that has it. */
class DecayTest {

  private static final double DECAY = 0.25; // exact in both precisions
  private static final double STEP_SIZE = 0.01;
  private static final int STEPS = 12;
  private static final Training SMALL = Training.SMALL;
  private static final Training LINE = new Training(Parameters.vector(9), 41);
  private static final Training MATRIX =
      new Training(Parameters.builder().add("weight", 5, 3).build(), 42);

  /** A rule of a weight decay. */
  record Decaying(String name, DoubleFunction<UpdateRule> of) {

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Decaying> coupled() {
    return List.of(
        new Decaying("Sgd", w -> Sgd.of(STEP_SIZE).withWeightDecay(w)),
        new Decaying("Sgd momentum", w -> Sgd.of(STEP_SIZE).withMomentum(0.9).withWeightDecay(w)),
        new Decaying("Adam", w -> Adam.of(STEP_SIZE).withWeightDecay(w)),
        new Decaying("AmsGrad", w -> AmsGrad.of(STEP_SIZE).withWeightDecay(w)),
        new Decaying("AdaMax", w -> AdaMax.of(STEP_SIZE).withWeightDecay(w)),
        new Decaying("AdaGrad", w -> AdaGrad.of(STEP_SIZE).withWeightDecay(w)),
        new Decaying("AdaDelta", w -> AdaDelta.of(STEP_SIZE).withWeightDecay(w)),
        new Decaying("RmsProp", w -> RmsProp.of(STEP_SIZE).withWeightDecay(w)),
        new Decaying(
            "RmsProp momentum", w -> RmsProp.of(STEP_SIZE).withMomentum(0.5).withWeightDecay(w)),
        new Decaying(
            "RmsProp centred", w -> RmsProp.of(STEP_SIZE).withCentred(true).withWeightDecay(w)),
        new Decaying(
            "RmsProp centred momentum",
            w -> RmsProp.of(STEP_SIZE).withCentred(true).withMomentum(0.5).withWeightDecay(w)),
        new Decaying("NAdam", w -> NAdam.of(STEP_SIZE).withWeightDecay(w)),
        new Decaying("RAdam", w -> RAdam.of(STEP_SIZE).withBetas(0.9, 0.9).withWeightDecay(w)),
        new Decaying("DiffGrad", w -> DiffGrad.of(STEP_SIZE).withWeightDecay(w)),
        new Decaying("ScheduleFreeSgd", w -> ScheduleFreeSgd.of(STEP_SIZE).withWeightDecay(w)));
  }

  static List<Decaying> decoupled() {
    return List.of(
        new Decaying("AdamW", w -> AdamW.of(STEP_SIZE).withWeightDecay(w)),
        new Decaying("AdaBelief", w -> AdaBelief.of(STEP_SIZE).withWeightDecay(w)),
        new Decaying("AdamP", w -> AdamP.of(STEP_SIZE).withWeightDecay(w)),
        new Decaying(
            "AdamP nesterov", w -> AdamP.of(STEP_SIZE).withNesterov(true).withWeightDecay(w)),
        new Decaying("SgdP", w -> SgdP.of(STEP_SIZE).withWeightDecay(w)),
        new Decaying("Lion", w -> Lion.of(STEP_SIZE).withWeightDecay(w)),
        new Decaying(
            "Lion cautious", w -> Lion.of(STEP_SIZE).withCautiousFactor(0.5).withWeightDecay(w)),
        new Decaying("LionK", w -> LionK.of(STEP_SIZE, new Kappas.L2()).withWeightDecay(w)),
        new Decaying("Muon", w -> Muon.of(STEP_SIZE).withWeightDecay(w)));
  }

  /** To the bit the same as weightDecay x added to the gradient by the caller. */
  @ParameterizedTest
  @MethodSource("coupled")
  void coupledDecayIsPartOfTheGradient(Decaying rule) {
    DoubleUpdater decaying = SMALL.doubles(rule.of.apply(DECAY));
    DoubleUpdater plain = SMALL.doubles(rule.of.apply(0));
    double[] x = SMALL.start();
    double[] y = SMALL.start();
    for (int step = 0; step < STEPS; step++) {
      double[] g = SMALL.gradient(step);
      decaying.step(x, g);
      for (int i = 0; i < g.length; i++) {
        g[i] += DECAY * y[i];
      }
      plain.step(y, g);
      assertThat(x).isEqualTo(y);
    }
  }

  @ParameterizedTest
  @MethodSource("coupled")
  void coupledDecayIsPartOfTheGradientInSinglePrecision(Decaying rule) {
    FloatUpdater decaying = SMALL.floats(rule.of.apply(DECAY));
    FloatUpdater plain = SMALL.floats(rule.of.apply(0));
    float[] x = SMALL.floatStart();
    float[] y = SMALL.floatStart();
    for (int step = 0; step < STEPS; step++) {
      float[] g = SMALL.floatGradient(step);
      decaying.step(x, g);
      for (int i = 0; i < g.length; i++) {
        g[i] += (float) DECAY * y[i];
      }
      plain.step(y, g);
      assertThat(x).isEqualTo(y);
    }
  }

  /** The first step falls short of the one without decay by stepSize weightDecay x. */
  @ParameterizedTest
  @MethodSource("decoupled")
  void decoupledDecayShrinksTheParameters(Decaying rule) {
    Training training = rule.name.equals("Muon") ? MATRIX : LINE;
    double[] x = training.run(training.doubles(rule.of.apply(DECAY)), 1);
    double[] y = training.run(training.doubles(rule.of.apply(0)), 1);
    float[] xs = training.run(training.floats(rule.of.apply(DECAY)), 1);
    float[] ys = training.run(training.floats(rule.of.apply(0)), 1);
    double[] start = training.start();
    for (int i = 0; i < x.length; i++) {
      double shrunk = STEP_SIZE * DECAY * start[i];
      assertThat(y[i] - x[i]).isCloseTo(shrunk, offset(1e-15));
      assertThat((double) ys[i] - xs[i]).isCloseTo(shrunk, offset(3e-7));
    }
  }
}
