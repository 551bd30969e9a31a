package dev.optim.bench.experiment;

import dev.optim.DifferentiableObjective;
import dev.optim.FiniteSum;
import dev.optim.sgd.AdaBelief;
import dev.optim.sgd.AdaDelta;
import dev.optim.sgd.AdaGrad;
import dev.optim.sgd.AdaMax;
import dev.optim.sgd.Adam;
import dev.optim.sgd.AdamP;
import dev.optim.sgd.AdamW;
import dev.optim.sgd.Adan;
import dev.optim.sgd.AmsGrad;
import dev.optim.sgd.DiffGrad;
import dev.optim.sgd.Kappas;
import dev.optim.sgd.Lion;
import dev.optim.sgd.LionK;
import dev.optim.sgd.Muon;
import dev.optim.sgd.NAdam;
import dev.optim.sgd.RAdam;
import dev.optim.sgd.RmsProp;
import dev.optim.sgd.ScheduleFreeAdamW;
import dev.optim.sgd.ScheduleFreeSgd;
import dev.optim.sgd.Sgd;
import dev.optim.sgd.SgdP;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/**
 * An update rule of the comparison, its step size to be found within three decades.
 *
 * @param name the name on the command line and in the report
 * @param summary what it is, in one line
 * @param of the rule of a step size, its other hyper-parameters at their defaults
 * @param training the largest step size for models trained on mini-batches
 * @param smooth the largest step size for functions with whole gradients
 */
record FirstOrderRule(
    String name, String summary, DoubleFunction<UpdateRule> of, double training, double smooth) {

  static final String STEP_SIZE = "step size";
  static final Range BATCH_SIZE = Range.fixed("batch size", 64);

  /** The rules, those of the tour first. */
  static Stream<FirstOrderRule> all() {
    return Stream.of(
        new FirstOrderRule("SGD", "gradient descent", Sgd::of, 10, 0.01),
        new FirstOrderRule(
            "Momentum",
            "gradient descent with momentum 0.9 (Polyak 1964)",
            s -> Sgd.of(s).withMomentum(0.9),
            3,
            0.01),
        new FirstOrderRule(
            "Nesterov",
            "gradient descent with Nesterov momentum 0.9 (Sutskever et al. 2013)",
            s -> Sgd.of(s).withNesterov(0.9),
            3,
            0.01),
        new FirstOrderRule(
            "Adam", "adaptive moments, betas 0.9 and 0.999 (Kingma and Ba 2015)", Adam::of, 1, 0.1),
        new FirstOrderRule(
            "AdamW",
            "Adam with decoupled weight decay 0.01 (Loshchilov and Hutter 2019)",
            AdamW::of,
            1,
            0.1),
        new FirstOrderRule(
            "Lion",
            "sign of an interpolated momentum, betas 0.9 and 0.99 (Chen et al. 2023)",
            Lion::of,
            0.1,
            0.03),
        new FirstOrderRule(
            "diffGrad",
            "Adam slowed where the gradient changes little (Dubey et al. 2019)",
            DiffGrad::of,
            1,
            0.1),
        new FirstOrderRule(
            "AdamP",
            "AdamW without growth of scale-invariant weights (Heo et al. 2021)",
            AdamP::of,
            1,
            0.1),
        new FirstOrderRule(
            "SGDP",
            "momentum 0.9 without growth of scale-invariant weights (Heo et al. 2021)",
            s -> SgdP.of(s).withMomentum(0.9),
            3,
            0.01),
        new FirstOrderRule(
            "Lion-K",
            "Lion with the smoothed sign, Huber at 1e-3 (Chen et al. 2024)",
            s -> LionK.of(s, new Kappas.Huber(1e-3)),
            0.1,
            0.03),
        new FirstOrderRule(
            "AMSGrad",
            "Adam with the largest second moment so far (Reddi et al. 2018)",
            AmsGrad::of,
            1,
            0.1),
        new FirstOrderRule(
            "AdaMax", "Adam with the infinity norm (Kingma and Ba 2015)", AdaMax::of, 1, 0.1),
        new FirstOrderRule(
            "RMSProp",
            "running root mean square, 0.99 (Tieleman and Hinton 2012)",
            RmsProp::of,
            0.1,
            0.1),
        new FirstOrderRule(
            "AdaGrad", "sums of squared gradients (Duchi et al. 2011)", AdaGrad::of, 3, 1),
        new FirstOrderRule(
            "AdaDelta", "ratio of running root mean squares (Zeiler 2012)", AdaDelta::of, 100, 100),
        new FirstOrderRule("NAdam", "Adam with Nesterov momentum (Dozat 2016)", NAdam::of, 1, 0.1),
        new FirstOrderRule(
            "RAdam", "Adam with rectified variance (Liu et al. 2020)", RAdam::of, 1, 0.1),
        new FirstOrderRule(
            "AdaBelief",
            "Adam by the deviation from the predicted gradient (Zhuang et al. 2020)",
            AdaBelief::of,
            1,
            0.1),
        new FirstOrderRule(
            "Adan", "Nesterov momentum estimation (Xie et al. 2022)", Adan::of, 1, 0.1),
        new FirstOrderRule(
            "Muon",
            "orthogonalised momentum of matrices, AdamW for the rest (Jordan et al. 2024)",
            Muon::of,
            1,
            0.1),
        new FirstOrderRule(
            "SF-SGD",
            "Schedule-Free gradient descent (Defazio et al. 2024)",
            ScheduleFreeSgd::of,
            10,
            0.01),
        new FirstOrderRule(
            "SF-AdamW",
            "Schedule-Free AdamW (Defazio et al. 2024)",
            ScheduleFreeAdamW::of,
            1,
            0.1));
  }

  private static Range upTo(double largest) {
    return Range.log(STEP_SIZE, largest / 1000, largest);
  }

  Method<FiniteSum> onBatches() {
    return new Method<>(
        name,
        summary,
        List.of(upTo(training), BATCH_SIZE),
        setting ->
            UpdatePlan.of(of.apply(setting.get(STEP_SIZE)))
                .miniBatch(setting.count(BATCH_SIZE.name())));
  }

  Method<DifferentiableObjective> onWholeGradients() {
    return Method.of(name, summary, upTo(smooth), of::apply);
  }
}
