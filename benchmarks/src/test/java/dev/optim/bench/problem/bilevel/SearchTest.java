package dev.optim.bench.problem.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.Minimizer;
import dev.optim.Objective;
import dev.optim.Result;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Searches by values: where they look, and what they keep. */
class SearchTest {

  @Test
  void theGridIsHalvedAgainAndAgain() {
    List<Double> asked = new ArrayList<>();
    Objective objective =
        x -> {
          asked.add(x[0]);
          assertThat(x[1]).isIn(x[0], 7.0);
          return Math.abs(x[0] - 1);
        };
    Search search = new Search(Search.Pattern.GRID, 0, 8);
    Result result = Minimizer.minimize(search, objective, Start.at(7, 7), Stop.iterations(7));
    assertThat(asked).containsExactly(7.0, 4.0, 2.0, 6.0, 1.0, 5.0, 3.0, 7.0);
    assertThat(result.point()).containsExactly(1, 1);
    assertThat(result.value()).isZero();
  }

  @Test
  void randomPointsFillTheCubeAndAResumedSearchGoesOn() {
    Objective objective = x -> x[0] * x[0] + x[1] * x[1];
    Search search = new Search(Search.Pattern.RANDOM, -1, 1);
    Run first = search.start(objective, Start.at(5, 5), RandomStream.of(1));
    for (int k = 0; k < 50; k++) {
      first.advance();
    }
    Run second = search.start(objective, Start.at(5, 5), RandomStream.of(1));
    second.restore(first.checkpoint());
    for (int k = 0; k < 200; k++) {
      first.advance();
      second.advance();
    }
    assertThat(second.checkpoint()).isEqualTo(first.checkpoint());
    assertThat(first.iterate().value()).isLessThan(0.05);
    assertThatThrownBy(() -> new Search(Search.Pattern.GRID, 1, 1))
        .hasMessageContaining("low is 1.0, must be less than high");
  }
}
