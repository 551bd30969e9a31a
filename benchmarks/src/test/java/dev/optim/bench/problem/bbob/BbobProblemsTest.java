package dev.optim.bench.problem.bbob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.DifferentiableObjective;
import dev.optim.Objective;
import dev.optim.RankingOracle;
import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.problem.Problem;
import dev.optim.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BbobProblemsTest {

  @Test
  void aNameTellsFunctionInstanceAndDimension() {
    assertThat(BbobProblems.function("bbob-f8-i2-d10")).hasToString("Optional[bbob-f8-i2-d10]");
    assertThat(BbobProblems.function("BBOB-F24-d40")).hasToString("Optional[bbob-f24-i1-d40]");
    assertThat(BbobProblems.values("bbob-f1-d5"))
        .extracting(Problem::name)
        .containsExactly("bbob-f1-i1-d5");
  }

  @Test
  void aNameWithoutAFunctionIsTheWholeSuite() {
    assertThat(BbobProblems.values("bbob-i3-d2"))
        .hasSize(24)
        .extracting(Problem::name)
        .startsWith("bbob-f1-i3-d2", "bbob-f2-i3-d2")
        .endsWith("bbob-f24-i3-d2");
    assertThat(BbobProblems.gradients("bbob-d2-gradient")).hasSize(22);
    assertThat(BbobProblems.function("bbob-d2")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bbob-f0-d5",
        "bbob-f25-d5",
        "bbob-d1",
        "bbob",
        "bbob-f1-d1",
        "bbob-f1-d321",
        "bbob-f1-i0-d5",
        "bbob-f1",
        "bbob-f1-d5-x",
        "bbob-d5-f1",
        "rosenbrock-10",
        "",
        "-gradient"
      })
  void otherNamesAreNotOfTheFamily(String name) {
    assertThat(BbobProblems.function(name)).isEmpty();
    assertThat(BbobProblems.values(name)).isEmpty();
    assertThat(BbobProblems.gradients(name)).isEmpty();
    assertThat(BbobProblems.rankings(name)).isEmpty();
  }

  @Test
  void theGradientIsOfferedUnderANameOfItsOwn() {
    Problem<DifferentiableObjective> problem =
        BbobProblems.gradients("bbob-f8-d10-Gradient").get(0);

    assertThat(problem.name()).isEqualTo("bbob-f8-i1-d10-gradient");
    assertThat(problem.budget()).isEqualTo(new Budget(CostUnit.GRADIENTS, 2000, 500));
    assertThat(BbobProblems.values("bbob-f8-d10-gradient")).isEmpty();
    assertThat(BbobProblems.gradients("bbob-f8-d10")).isEmpty();
    assertThat(BbobProblems.gradients("bbob-f7-d10-gradient")).as("f7 has none").isEmpty();
  }

  @Test
  void rankingsAreOfferedUnderANameOfTheirOwn() {
    Problem<RankingOracle> problem = BbobProblems.rankings("bbob-f1-i3-d4-ranking").get(0);
    BbobFunction f = Bbob.SPHERE.instance(3, 4);
    double[] zero = new double[4];
    Problem.Instance<RankingOracle> run = problem.open();

    assertThat(problem.name()).isEqualTo("bbob-f1-i3-d4-ranking");
    assertThat(problem.budget()).isEqualTo(new Budget(CostUnit.RANKINGS, 400, 400));
    assertThat(run.oracle().best(new double[][] {zero, f.optimum()}, 2)).containsExactly(1, 0);
    assertThat(run.measurement().at(zero)[0]).isZero();
  }

  @Test
  void theBestOfAllValuesIsMeasuredFromTheSmallest() {
    Problem<Objective> problem = BbobProblems.values("bbob-f1-i3-d4").get(0);
    BbobFunction f = Bbob.SPHERE.instance(3, 4);
    double[] start = problem.start().sample(RandomStream.of(7));
    double[] near = f.optimum();
    near[0] += 0.5;

    Problem.Instance<Objective> run = problem.open();
    double atStart = f.value(start) - f.optimalValue();
    assertThat(run.measurement().at(start)[0]).isEqualTo(atStart);
    assertThat(run.oracle().value(near)).isEqualTo(f.value(near));
    assertThat(run.oracle().value(start)).isEqualTo(f.value(start));
    double[] measured = run.measurement().at(near);
    assertThat(measured).containsExactly(f.value(near) - f.optimalValue(), 0.5);
    assertThat(run.measurement().at(start)[0]).as("the best stays").isEqualTo(measured[0]);
    assertThat(problem.open().measurement().at(start)[0]).as("another run").isEqualTo(atStart);
    assertThat(problem.budget()).isEqualTo(new Budget(CostUnit.VALUES, 4000, 500));
    assertThat(problem.metrics()).hasSize(measured.length);
  }

  @Test
  void runsStartAnywhereInTheBox() {
    Problem<Objective> problem = BbobProblems.values("bbob-f1-d2").get(0);
    RandomStream random = RandomStream.of(1);
    double low = 0;
    double high = 0;
    for (int k = 0; k < 1000; k++) {
      for (double t : problem.start().sample(random)) {
        low = Math.min(low, t);
        high = Math.max(high, t);
      }
    }
    assertThat(low).isBetween(-5.0, -4.9);
    assertThat(high).isBetween(4.9, 5.0);
  }
}
