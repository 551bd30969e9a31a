package dev.optim.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.CostUnit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  @Test
  void namesAreUnique() {
    for (Track<?> track : Catalogue.tracks()) {
      assertThat(track.methods()).extracting(Method::name).doesNotHaveDuplicates();
    }
    assertThat(Catalogue.tracks().stream().flatMap(track -> track.problems().stream()))
        .extracting("name")
        .doesNotHaveDuplicates();
  }

  @Test
  void everyPairingRuns() {
    for (Track<?> track : Catalogue.tracks()) {
      for (Pairing<?> pairing : track.withBudgets(b -> new Budget(b.unit(), 64, 1)).pairings()) {
        Outcome outcome = trial(pairing, 1).run();

        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        // the last iteration may go over the budget: a population by less than its size, a lower
        // level by what its solution takes
        assertThat(((Outcome.Completed) outcome).curve().total().evaluations())
            .isBetween(64L, 1000L);
      }
    }
  }

  @Test
  void aMethodIsToldByItsHyperParametersInEveryProcess() {
    for (Track<?> track : Catalogue.tracks()) {
      for (Pairing<?> pairing : track.pairings()) {
        assertThat(trial(pairing, 1).optimizer().toString())
            .isEqualTo(trial(pairing, 1).optimizer().toString())
            .doesNotContainPattern("@[0-9a-f]{5,}|Lambda");
      }
    }
  }

  @Test
  void theSameTrialGivesTheSameNumbers() {
    for (Track<?> track : Catalogue.tracks()) {
      for (Pairing<?> pairing : track.withBudgets(b -> new Budget(b.unit(), 640, 1)).pairings()) {
        assertThat(trial(pairing, 7).run().score()).isEqualTo(trial(pairing, 7).run().score());
      }
    }
  }

  private static Trial<?> trial(Pairing<?> pairing, long seed) {
    Setting small = pairing.method().settings(63, 1).get(0); // a 128th of the way up the ranges
    return pairing.trial(small, seed, Duration.ofMinutes(1));
  }

  @Test
  void aTrackKeepsWhatIsAskedFor() {
    Track<?> bowl = new Bowl().track();

    assertThat(bowl.only(name -> true, "adam"::equals).pairings()).hasSize(1);
    assertThat(bowl.only("other"::equals, name -> true).problems()).isEmpty();
    assertThat(bowl.withBudgets(b -> b.dividedBy(4)).problems())
        .extracting("budget")
        .isEqualTo(List.of(new Budget(CostUnit.GRADIENTS, 5, 1)));
  }
}
