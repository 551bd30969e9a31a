package dev.optim.bench.speed;

import dev.optim.sgd.AdamP;
import dev.optim.sgd.AdamW;
import dev.optim.sgd.Kappa;
import dev.optim.sgd.Kappas;
import dev.optim.sgd.LionK;
import dev.optim.update.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Update rules run at the speed of memory: float32 on one thread unless said. */
final class FirstOrderGoals {

  private static final int SMALL = 100_000;
  private static final int MEDIUM = 1_000_000;
  private static final int LARGE = 10_000_000;

  /** JDK 25 compiles the Vector API and plain loops better. */
  private static final boolean LATER_JDK = Runtime.version().feature() >= 25;

  private FirstOrderGoals() {}

  static List<Goal> goals() {
    List<Goal> goals = new ArrayList<>();
    for (RuleStep rule : RuleStep.values()) {
      String name = rule.label();
      goals.add(ofLoop(name + "-100k", rule, RuleStep::matrix, SMALL).thoroughOnly());
      goals.add(ofLoop(name + "-1m", rule, RuleStep::matrix, MEDIUM));
      goals.add(ofLoop(name + "-10m", rule, RuleStep::matrix, LARGE));
      goals.add(
          ofLoop(name + "-1000-tensors", rule, n -> RuleStep.matrices(n / 10_000), LARGE)
              .thoroughOnly());
      goals.add(twoThreads(name + "-two-threads-1m", rule, MEDIUM).thoroughOnly());
      goals.add(float64(name + "-float64-100k", rule, SMALL).thoroughOnly());
      goals.add(float64(name + "-float64-1m", rule, MEDIUM));
      goals.add(float64(name + "-float64-10m", rule, LARGE).thoroughOnly());
      goals.add(composed("composed-" + name + "-1m", rule, MEDIUM).thoroughOnly());
      goals.add(composed("composed-" + name + "-10m", rule, LARGE).thoroughOnly());
      goals.add(bfloat16(name + "-bfloat16-1m", rule).thoroughOnly());
      // What holds for one rule nearly always does for all: they share the machinery around them.
      Stream.of(
              twoThreads(name + "-two-threads-10m", rule, LARGE),
              dead(name + "-dead-parameters", rule),
              Goal.noGarbage(name + "-garbage", () -> rule.floats(RuleStep.matrix(MEDIUM), 2)))
          .map(goal -> rule == RuleStep.LION ? goal : goal.thoroughOnly())
          .forEach(goals::add);
    }
    goals.add(
        Goal.speed(
                "adamp-projected-1m",
                LATER_JDK ? 0.8 : 0.75,
                RuleStep.ADAMP.traffic(),
                () -> new Race(RuleStep.projected(MEDIUM), RuleStep.ADAMP.loop(MEDIUM)))
            .per(MEDIUM, "element"));
    goals.add(twoPasses("adamp-two-passes-1m", MEDIUM).thoroughOnly());
    goals.add(twoPasses("adamp-two-passes-10m", LARGE).thoroughOnly());
    for (int columns : new int[] {1, 4, 16, 100, 1000, 100_000, MEDIUM}) {
      goals.add(rows("adamp-rows-of-" + columns, columns, 0, 2).thoroughOnly());
      goals.add(rows("adamp-projected-rows-of-" + columns, columns, 1e9, 4).thoroughOnly());
    }
    goals.add(lionK("lion-k-huber-1m", new Kappas.Huber(1e-3), 4).thoroughOnly());
    goals.add(lionK("lion-k-l2-1m", new Kappas.L2(), 5).thoroughOnly());
    goals.add(lionK("lion-k-group-l2-1m", new Kappas.GroupL2(), 5).thoroughOnly());
    goals.add(lionK("lion-k-log-cosh-1m", new Kappas.LogCosh(1e-3), 7).thoroughOnly());
    goals.add(lionK("lion-k-lp-1m", new Kappas.Lp(1.5), 12).thoroughOnly());
    goals.add(lionK("lion-k-top-k-1m", new Kappas.TopK(MEDIUM / 100), 15).thoroughOnly());
    // What the machine's memory allows, not what we do with it.
    goals.add(loopFloat64("loop-float64-1m", MEDIUM).thoroughOnly());
    goals.add(loopFloat64("loop-float64-10m", LARGE).thoroughOnly());
    goals.add(
        Goal.speed(
                "loop-two-threads-10m",
                1.8,
                "one thread",
                () -> new Race(RuleStep.ADAMW.loop(LARGE, 2), RuleStep.ADAMW.loop(LARGE, 1)))
            .per(LARGE, "element"));
    return goals;
  }

  private static Goal ofLoop(
      String name, RuleStep rule, IntFunction<Parameters> layout, int elements) {
    boolean simple = rule == RuleStep.LION || rule == RuleStep.ADAMW;
    double part = !LATER_JDK ? 0.75 : simple ? 0.9 : 0.8;
    return Goal.speed(
            name,
            part,
            rule.traffic(),
            () -> new Race(rule.floats(layout.apply(elements), 1), rule.loop(elements)))
        .per(elements, "element");
  }

  private static Goal twoThreads(String name, RuleStep rule, int elements) {
    return Goal.speed(
            name,
            1.8,
            "one thread",
            () -> {
              Parameters layout = RuleStep.matrix(elements);
              return new Race(rule.floats(layout, 2), rule.floats(layout, 1));
            })
        .per(elements, "element");
  }

  private static Goal float64(String name, RuleStep rule, int elements) {
    return Goal.cost(
            name,
            2.2,
            "float32",
            () -> {
              Parameters layout = RuleStep.matrix(elements);
              return new Race(rule.doubles(layout, 1), rule.floats(layout, 1));
            })
        .per(elements, "element");
  }

  /** What fusing saves: the same step as a library of vector operations would compose it. */
  private static Goal composed(String name, RuleStep rule, int elements) {
    return Goal.speed(
            name,
            2,
            "array operations, each a pass over memory",
            () ->
                new Race(
                    rule.floats(RuleStep.matrix(elements), 1),
                    Composition.valueOf(rule.name()).steps(elements)))
        .per(elements, "element");
  }

  private static Goal loopFloat64(String name, int elements) {
    return Goal.cost(
            name,
            2.2,
            "float32",
            () -> new Race(RuleStep.ADAMW.doubleLoop(elements), RuleStep.ADAMW.loop(elements)))
        .per(elements, "element");
  }

  /** What is left of AdamP's distance to the loop once its second pass is granted. */
  private static Goal twoPasses(String name, int elements) {
    return Goal.speed(
            name,
            0.8,
            "loop of 2 reads, then one of 4 reads and 3 writes",
            () ->
                new Race(
                    RuleStep.ADAMP.floats(RuleStep.matrix(elements), 1),
                    RuleStep.twoPasses(elements)))
        .per(elements, "element");
  }

  /** A million parameters in rows of some length; the threshold 0 never projects, 1e9 always. */
  private static Goal rows(String name, int columns, double threshold, double atMost) {
    return Goal.cost(
            name,
            atMost,
            "AdamW",
            () -> {
              Parameters layout = Parameters.builder().add("w", MEDIUM / columns, columns).build();
              return new Race(
                  RuleStep.steps(AdamP.of(0).withProjection(threshold, 0.1), layout),
                  RuleStep.steps(AdamW.of(0), layout));
            })
        .per(MEDIUM, "element");
  }

  /** A function of Lion-K; the bounds are what they took when they were made, and a half more. */
  private static Goal lionK(String name, Kappa kappa, double atMost) {
    return Goal.cost(
            name,
            atMost,
            "Lion",
            () -> {
              Parameters layout = RuleStep.matrix(MEDIUM);
              return new Race(
                  RuleStep.steps(LionK.of(1e-4, kappa), layout), RuleStep.LION.floats(layout, 1));
            })
        .per(MEDIUM, "element");
  }

  /** State and parameters rounded at random. */
  private static Goal bfloat16(String name, RuleStep rule) {
    return Goal.cost(
            name,
            2,
            "float32",
            () -> {
              Parameters layout = RuleStep.matrix(MEDIUM);
              return new Race(rule.bfloat16(layout), rule.floats(layout, 1));
            })
        .per(MEDIUM, "element");
  }

  private static Goal dead(String name, RuleStep rule) {
    return Goal.cost(
            name,
            1.2,
            "all parameters alive",
            () -> {
              Parameters layout = RuleStep.matrix(SMALL);
              return new Race(rule.withDeadParameters(layout), rule.floats(layout, 1));
            })
        .per(SMALL, "element");
  }
}
