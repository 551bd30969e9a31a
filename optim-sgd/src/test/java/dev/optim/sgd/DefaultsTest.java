package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.update.UpdateRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The defaults that the pages give, in the text by which a checkpoint knows its rule. */
class DefaultsTest {

  static Arguments[] rules() {
    return new Arguments[] {
      rule(Sgd.of(0.1), "momentum=0.0, dampening=0.0, weightDecay=0.0, nesterov=false"),
      rule(
          Adam.defaults(),
          "stepSize=0.001, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0"),
      rule(
          AdamW.defaults(),
          "stepSize=0.001, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.01"),
      rule(
          AmsGrad.defaults(),
          "stepSize=0.001, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0"),
      rule(
          AdaMax.defaults(),
          "stepSize=0.002, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0"),
      rule(
          NAdam.defaults(),
          "stepSize=0.002, beta1=0.9, beta2=0.999, epsilon=1.0E-8, momentumDecay=0.004, "
              + "weightDecay=0.0, form=PAPER"),
      rule(
          RAdam.defaults(),
          "stepSize=0.001, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0"),
      rule(
          AdaGrad.defaults(),
          "stepSize=0.01, stepDecay=0.0, initialSum=0.0, epsilon=1.0E-10, weightDecay=0.0"),
      rule(AdaDelta.defaults(), "stepSize=1.0, rho=0.9, epsilon=1.0E-6, weightDecay=0.0"),
      rule(
          RmsProp.defaults(),
          "stepSize=0.01, alpha=0.99, epsilon=1.0E-8, momentum=0.0, centred=false, "
              + "weightDecay=0.0"),
      rule(
          AdaBelief.defaults(),
          "stepSize=0.001, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0"),
      rule(
          Adan.defaults(),
          "stepSize=0.001, beta1=0.98, beta2=0.92, beta3=0.99, epsilon=1.0E-8, "
              + "weightDecay=0.0"),
      rule(
          DiffGrad.defaults(),
          "stepSize=0.001, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0, "
              + "form=PAPER"),
      rule(
          AdamP.defaults(),
          "stepSize=0.001, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0, "
              + "delta=0.1, decayRatio=0.1, nesterov=false"),
      rule(
          SgdP.of(0.1),
          "momentum=0.0, dampening=0.0, nesterov=false, weightDecay=0.0, epsilon=1.0E-8, "
              + "delta=0.1, decayRatio=0.1, form=PAPER"),
      rule(
          Lion.defaults(),
          "stepSize=1.0E-4, beta1=0.9, beta2=0.99, weightDecay=0.0, cautiousFactor=1.0"),
      rule(LionK.of(1, new Kappas.L2()), "kappa=L2[], beta1=0.9, beta2=0.99, weightDecay=0.0"),
      rule(
          Muon.defaults(),
          "stepSize=0.02, momentum=0.95, nesterov=true, weightDecay=0.0, iterations=5, "
              + "others=AdamW[stepSize=3.0E-4, beta1=0.9, beta2=0.95, epsilon=1.0E-10, "
              + "weightDecay=0.0]"),
      rule(ScheduleFreeSgd.defaults(), "stepSize=1.0, momentum=0.9, weightDecay=0.0"),
      rule(
          ScheduleFreeAdamW.defaults(),
          "stepSize=0.0025, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0"),
      rule(Lookahead.of(Lion.of(1)), "alpha=0.5, k=5")
    };
  }

  private static Arguments rule(UpdateRule rule, String defaults) {
    return Arguments.of(rule, defaults);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void areThoseOfThePages(UpdateRule rule, String defaults) {
    assertThat(rule.toString()).endsWith(defaults + "]").startsWith(rule.name() + "[");
  }
}
