package dev.optim.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.Problem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemFamiliesTest {

  @Test
  void theNameOfAFamilyStandsForItsProblems() {
    assertThat(ProblemFamilies.expand(List.of("digits-mlp", "bbob-f1-d5", "BBOB-F1-I1-D5")))
        .containsExactly("digits-mlp", "bbob-f1-i1-d5");
    assertThat(ProblemFamilies.expand(List.of("bbob-d5", "more-wild", "global-d2")))
        .hasSize(24 + 53 + 10)
        .contains("bbob-f24-i1-d5", "mw-watson-12-far", "levy-d2");
    assertThat(ProblemFamilies.expand(List.of("bbob-d5-gradient", "bbob-d5-ranking")))
        .hasSize(22 + 24);
    assertThat(ProblemFamilies.expand(List.of())).isEmpty();
  }

  @Test
  void everyFormIsANameOfTheFamily() {
    for (String form : ProblemFamilies.forms().keySet()) {
      String name = form.replace("...", "bbob-f8-d10");
      assertThat(ProblemFamilies.tracks(List.of(name))).as(name).isNotEmpty();
    }
  }

  @Test
  void problemsThatOfferTheSameAreInOneTrackOnce() {
    List<Track<?>> tracks =
        ProblemFamilies.tracks(
            List.of("bbob-f1-d2", "nothing", "ackley-d3", "bbob-f1-i1-d2", "mw-bard-3-gradient"));

    assertThat(tracks).hasSize(2);
    assertThat(names(tracks.get(0))).containsExactly("bbob-f1-i1-d2", "ackley-d3");
    assertThat(names(tracks.get(1))).containsExactly("mw-bard-3-gradient");
    assertThat(tracks.get(0).methods()).extracting(Method::name).contains("CMA-ES", "CBO");
    assertThat(tracks.get(1).methods()).extracting(Method::name).contains("Adam", "Lion");
    assertThat(ProblemFamilies.tracks(List.of("nothing"))).isEmpty();
  }

  private static Trial<?> trial(Pairing<?> pairing) {
    Setting small = pairing.method().settings(63, 1).get(0); // a 128th of the way up the ranges
    return pairing.trial(small, 1, Duration.ofMinutes(1));
  }

  private static List<String> names(Track<?> track) {
    return track.problems().stream().map(Problem::name).toList();
  }

  @Test
  void everyMethodRunsOnEveryKindOfProblem() {
    List<String> names =
        List.of(
            "bbob-f24-d3", "mw-helix-3", "levy-d3", "bbob-f8-d3-gradient", "bbob-f8-d3-ranking");
    for (Track<?> track : ProblemFamilies.tracks(names)) {
      for (Pairing<?> pairing : track.withBudgets(b -> new Budget(b.unit(), 64, 4)).pairings()) {
        Outcome outcome = trial(pairing).run();

        assertThat(outcome).as("%s", pairing).isInstanceOf(Outcome.Completed.class);
        assertThat(outcome.score()).isGreaterThanOrEqualTo(0);
        assertThat(trial(pairing).run().score()).isEqualTo(outcome.score());
      }
    }
  }
}
