package dev.optim.bench.problem.bilevel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The search for a setting that reaches a known solution. */
class ReachTest {

  @Test
  void everyFamilyReachesTheEasiestProblemAtACost() {
    KnownBilevel known = KnownBilevels.named("LamparielloSagratella2017Ex32");
    for (Reach.Family family : Reach.Family.values()) {
      assertThat(family.takes(known)).isTrue();
      Reach reach = Reach.of(family, known).orElseThrow();
      assertThat(reach.gradients()).as(family.toString()).isBetween(1000L, 1_000_000L);
      assertThat(reach.setting()).isNotEmpty();
    }
  }

  @Test
  void constraintsThatAFamilyCannotTakeAreKnown() {
    KnownBilevel coupledAbove = KnownBilevels.named("Colson2002BIPA1");
    assertThat(Reach.Family.LV_HBA.takes(coupledAbove)).isTrue();
    assertThat(Reach.Family.BIC_GAFFA.takes(coupledAbove)).isFalse();
    assertThat(Reach.Family.PENALTY.takes(coupledAbove)).isFalse();
    KnownBilevel coupledBelow = KnownBilevels.named("Bard1988Ex1");
    assertThat(Reach.Family.BIC_GAFFA.takes(coupledBelow)).isTrue();
    assertThat(Reach.Family.IMPLICIT.takes(coupledBelow)).isFalse();
  }
}
