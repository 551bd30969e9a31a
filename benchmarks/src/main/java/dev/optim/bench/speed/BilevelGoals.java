package dev.optim.bench.speed;

import dev.optim.bench.jmh.bilevel.Work;
import java.util.ArrayList;
import java.util.List;

/** Iterations of bilevel methods against the evaluations they make. */
final class BilevelGoals {

  private static final String EVALUATIONS = "its evaluations, each on a scratch copy";

  private BilevelGoals() {}

  static List<Goal> goals() {
    List<Goal> goals = new ArrayList<>();
    lvHba(100).stream().map(Goal::thoroughOnly).forEach(goals::add);
    goals.addAll(lvHba(1000));
    goals.add(
        Goal.cost(
            "bilevel-penalty-1000",
            1.2,
            EVALUATIONS,
            () -> new Race(Work.penalty(1000), Work.penaltyEvaluations(1000))));
    goals.add(Goal.noGarbage("bilevel-penalty-garbage", () -> Work.penalty(1000)));
    goals.add(
        Goal.cost(
            "bilevel-hypergradient-1000",
            1.2,
            EVALUATIONS,
            () -> new Race(Work.hypergradient(1000), Work.hypergradientEvaluations(1000))));
    goals.add(
        Goal.noGarbage("bilevel-hypergradient-garbage", () -> Work.hypergradient(1000))
            .thoroughOnly());
    return goals;
  }

  private static List<Goal> lvHba(int n) {
    return List.of(
        Goal.cost(
            "bilevel-lvhba-" + n,
            1.2,
            EVALUATIONS + ", and its projection",
            () -> new Race(Work.lvHba(n), Work.lvHbaEvaluationsAndProjection(n))),
        Goal.cost(
                "bilevel-lvhba-projection-" + n,
                1,
                EVALUATIONS,
                () -> new Race(Work.projection(n), Work.lvHbaEvaluations(n)))
            .thoroughOnly(),
        Goal.noGarbage("bilevel-lvhba-garbage-" + n, () -> Work.lvHba(n)),
        Goal.noGarbage("bilevel-bic-gaffa-garbage-" + n, () -> Work.bicGaffa(n)).thoroughOnly());
  }
}
