package dev.optim.bench.problem.global;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.optim.Objective;
import dev.optim.bench.problem.Problem;
import dev.optim.random.RandomStream;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GlobalFunctionTest {

  /** Values at (0.1, -0.2, 0.3), worked out from the published formulas. */
  @ParameterizedTest
  @CsvSource({
    "ACKLEY, 2.254444586605359",
    "ALPINE, 0.15837326982209693",
    "DIXON_PRICE, 1.244",
    "GRIEWANK, 0.029703461232568545",
    "LEVY, 0.6625915463636881",
    "RASTRIGIN, 22.049830056250524",
    "SALOMON, 1.740807132187492",
    "SCHWEFEL, 1256.847831135948",
    "STYBLINSKI_TANG, 116.88339711131427",
    "ZAKHAROV, 0.2381"
  })
  void theValueIsTheFormulas(GlobalFunction function, double value) {
    double[] x = {0.1, -0.2, 0.3};

    assertThat(function.objective().value(x)).isCloseTo(value, within(1e-12 * (1 + value)));
  }

  @ParameterizedTest
  @EnumSource
  void theMinimumIsZeroAndNothingIsBelow(GlobalFunction function) {
    for (int n = 1; n <= 12; n += 3) {
      double[] minimum = function.minimum(n);
      Objective f = function.objective();

      assertThat(f.value(minimum)).isCloseTo(0, within(1e-9));
      for (double coordinate : minimum) {
        assertThat(coordinate).isBetween(function.low(), function.high());
      }
      RandomStream random = RandomStream.of(n);
      for (int k = 0; k < 500; k++) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
          double anywhere =
              function.low() + (function.high() - function.low()) * random.nextDouble();
          x[i] = k % 2 == 0 ? anywhere : minimum[i] + 0.01 * random.nextGaussian();
        }
        assertThat(f.value(x)).isGreaterThan(-1e-9);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theProblemIsFoundByItsName(GlobalFunction function) {
    Problem<Objective> problem =
        GlobalFunction.problems(function.title().toUpperCase(Locale.ROOT) + "-D7").get(0);
    double[] start = problem.start().sample(RandomStream.of(1));

    assertThat(problem.name()).isEqualTo(function.title() + "-d7");
    assertThat(start).hasSize(7);
    assertThat(problem.open().measurement().at(function.minimum(7))[1]).isZero();
    assertThat(problem.open().measurement().at(start)[0])
        .isEqualTo(function.objective().value(start));
  }

  @Test
  void allOfADimensionHaveANameToo() {
    assertThat(GlobalFunction.problems("global-d3"))
        .hasSize(GlobalFunction.values().length)
        .extracting(Problem::name)
        .contains("ackley-d3", "styblinski-tang-d3");
  }

  @Test
  void otherNamesAreNot() {
    for (String name : new String[] {"ackley", "ackley-d0", "ackley-10", "bbob-f1-d10", ""}) {
      assertThat(GlobalFunction.problems(name)).as(name).isEmpty();
    }
  }
}
