package dev.optim.sgd;

import dev.optim.schedule.Schedule;
import dev.optim.update.UpdateRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Every rule of this module, in every form in which it takes another path. Each contract is tested
 * on all of them: a new rule is added here, and nowhere else.
 */
final class Rules {

  private Rules() {}

  /** A rule under a name, for any step size. */
  record Named(String name, Function<Schedule, UpdateRule> make) {

    UpdateRule rule() {
      return make.apply(Schedule.constant(0.01));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A function of a user's own: twice that of Lion. */
  record TwiceL1() implements Kappa.Custom {

    @Override
    public UpdateRule.Scope scope() {
      return UpdateRule.Scope.ELEMENT;
    }

    @Override
    public void gradient(double[] z, int rows, int columns) {
      for (int i = 0; i < rows * columns; i++) {
        z[i] = 2 * Math.signum(z[i]);
      }
    }
  }

  static final List<Kappa> KAPPAS =
      List.of(
          new Kappas.L1(),
          new Kappas.L2(),
          new Kappas.Lp(1.5),
          new Kappas.LInfinity(),
          new Kappas.HalfSquaredL2(),
          new Kappas.Huber(0.1),
          new Kappas.DeadZone(0.05),
          new Kappas.TopK(5),
          new Kappas.PseudoHuber(0.1),
          new Kappas.LogCosh(0.1),
          new Kappas.GroupL2(),
          new Kappas.Nuclear());

  static List<Named> all() {
    List<Named> rules = new ArrayList<>();
    add(rules, "Sgd", s -> Sgd.of(0).withStepSize(s).withWeightDecay(0.1));
    add(rules, "Sgd momentum", s -> Sgd.of(0).withStepSize(s).withMomentum(0.9).withDampening(0.2));
    add(rules, "Sgd nesterov", s -> Sgd.of(0).withStepSize(s).withNesterov(0.9));
    add(rules, "Adam", s -> Adam.defaults().withStepSize(s).withWeightDecay(0.1));
    add(rules, "AdamW", s -> AdamW.defaults().withStepSize(s));
    add(rules, "AmsGrad", s -> AmsGrad.defaults().withStepSize(s).withBetas(0.9, 0.9));
    add(rules, "AdaMax", s -> AdaMax.defaults().withStepSize(s).withWeightDecay(0.1));
    add(rules, "AdaGrad", s -> AdaGrad.defaults().withStepSize(s).withStepDecay(0.1));
    add(rules, "AdaDelta", s -> AdaDelta.defaults().withStepSize(s).withWeightDecay(0.1));
    add(rules, "RmsProp", s -> RmsProp.defaults().withStepSize(s).withWeightDecay(0.1));
    add(rules, "RmsProp momentum", s -> RmsProp.defaults().withStepSize(s).withMomentum(0.5));
    add(rules, "RmsProp centred", s -> RmsProp.defaults().withStepSize(s).withCentred(true));
    add(
        rules,
        "RmsProp centred momentum",
        s -> RmsProp.defaults().withStepSize(s).withCentred(true).withMomentum(0.5));
    add(rules, "NAdam", s -> NAdam.defaults().withStepSize(s).withWeightDecay(0.1));
    add(rules, "NAdam code", s -> NAdam.defaults().withStepSize(s).withForm(Form.REFERENCE_CODE));
    add(rules, "RAdam", s -> RAdam.defaults().withStepSize(s).withBetas(0.9, 0.9));
    add(rules, "AdaBelief", s -> AdaBelief.defaults().withStepSize(s).withWeightDecay(0.1));
    add(rules, "Adan", s -> Adan.defaults().withStepSize(s).withWeightDecay(0.1));
    add(rules, "DiffGrad", s -> DiffGrad.defaults().withStepSize(s).withWeightDecay(0.1));
    add(
        rules,
        "DiffGrad code",
        s -> DiffGrad.defaults().withStepSize(s).withForm(Form.REFERENCE_CODE));
    add(rules, "AdamP", s -> AdamP.defaults().withStepSize(s).withWeightDecay(0.1));
    add(rules, "AdamP nesterov", s -> AdamP.defaults().withStepSize(s).withNesterov(true));
    add(rules, "SgdP", s -> SgdP.of(0).withStepSize(s).withMomentum(0.9).withWeightDecay(0.1));
    add(
        rules,
        "SgdP nesterov",
        s -> SgdP.of(0).withStepSize(s).withMomentum(0.9).withNesterov(true));
    add(
        rules,
        "SgdP code",
        s -> SgdP.of(0).withStepSize(s).withMomentum(0.9).withForm(Form.REFERENCE_CODE));
    add(rules, "Lion", s -> Lion.defaults().withStepSize(s).withWeightDecay(0.1));
    add(rules, "Lion cautious", s -> Lion.defaults().withStepSize(s).withCautiousFactor(0));
    for (Kappa kappa : KAPPAS) {
      add(
          rules,
          "LionK " + kappa.getClass().getSimpleName(),
          s -> LionK.of(0, kappa).withStepSize(s).withWeightDecay(0.1));
    }
    add(
        rules,
        "LionK AutoScaled",
        s -> LionK.of(0, new AutoScaled(new Kappas.GroupL2())).withStepSize(s));
    add(rules, "LionK custom", s -> LionK.of(0, new TwiceL1()).withStepSize(s));
    add(
        rules,
        "Muon",
        s -> Muon.defaults().withStepSize(s).withOthers(AdamW.defaults().withStepSize(s)));
    add(
        rules,
        "Muon plain",
        s ->
            Muon.defaults()
                .withStepSize(s)
                .withMomentum(0.9, false)
                .withOthers(Sgd.of(0).withStepSize(s)));
    add(rules, "ScheduleFreeSgd", s -> ScheduleFreeSgd.defaults().withStepSize(s));
    add(rules, "ScheduleFreeAdamW", s -> ScheduleFreeAdamW.defaults().withStepSize(s));
    add(rules, "Averaged Adan", s -> Averaged.exponentially(Adan.defaults().withStepSize(s), 0.7));
    add(rules, "Averaged AdamP", s -> Averaged.uniformly(AdamP.defaults().withStepSize(s), 2));
    add(
        rules,
        "Lookahead Muon",
        s ->
            Lookahead.of(
                Muon.defaults().withStepSize(s).withOthers(NAdam.defaults().withStepSize(s))));
    add(rules, "Lookahead Sgd", s -> new Lookahead(Sgd.of(0).withStepSize(s), 0.5, 2));
    return List.copyOf(rules);
  }

  /** The list as a source of parameterised tests. */
  static List<Arguments> arguments() {
    return all().stream().map(Arguments::of).toList();
  }

  private static void add(List<Named> rules, String name, Function<Schedule, UpdateRule> make) {
    rules.add(new Named(name, make));
  }
}
