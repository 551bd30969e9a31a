package dev.optim.bench.problem.leastsquares;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.DifferentiableObjective;
import dev.optim.Objective;
import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.problem.Problem;
import dev.optim.random.RandomStream;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MoreWildProblemsTest {

  static List<MoreWild> problems() {
    return MoreWild.all();
  }

  @ParameterizedTest
  @MethodSource("problems")
  void everyProblemIsFoundByItsNames(MoreWild known) {
    Problem<Objective> values = MoreWildProblems.values(known.name()).get(0);
    Problem<DifferentiableObjective> gradients =
        MoreWildProblems.gradients(known.name().toUpperCase(Locale.ROOT) + "-GRADIENT").get(0);

    assertThat(values.name()).isEqualTo(known.name());
    assertThat(gradients.name()).isEqualTo(known.name() + "-gradient");
    assertThat(MoreWildProblems.values(gradients.name())).isEmpty();
    assertThat(MoreWildProblems.gradients(values.name())).isEmpty();
    assertThat(gradients.budget()).isEqualTo(new Budget(CostUnit.GRADIENTS, 2000, 500));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void runsStartNearThePublishedPoint(MoreWild known) {
    double[] published = known.start();
    Problem<Objective> problem = MoreWildProblems.values(known);
    double[] start = problem.start().sample(RandomStream.of(1));

    assertThat(start).isNotEqualTo(problem.start().sample(RandomStream.of(2)));
    for (int j = 0; j < start.length; j++) {
      double reach = 0.05 * (published[j] == 0 ? 1 : Math.abs(published[j]));
      assertThat(Math.abs(start[j] - published[j])).isLessThanOrEqualTo(reach);
    }
  }

  @Test
  void theWholeSetHasANameToo() {
    assertThat(MoreWildProblems.values("more-wild")).hasSize(53);
    assertThat(MoreWildProblems.gradients("more-wild-gradient")).hasSize(53);
    assertThat(MoreWildProblems.values("more-wild-gradient")).isEmpty();
  }

  @Test
  void theBestOfAllValuesCounts() {
    MoreWild known = MoreWild.all().get(6);
    Problem.Instance<Objective> run = MoreWildProblems.values(known).open();
    double[] ones = {1, 1};

    assertThat(known.name()).isEqualTo("mw-rosenbrock-2");
    assertThat(run.measurement().at(known.start()))
        .containsExactly(24.199999999999996, 24.199999999999996);
    assertThat(run.oracle().value(ones)).isZero();
    assertThat(run.measurement().at(known.start())[0]).isZero();
    assertThat(run.measurement().at(known.start())[1]).isGreaterThan(24);
  }
}
