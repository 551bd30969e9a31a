package dev.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PlateauTest {

  private static Plateau.State after(Plateau plateau, double... losses) {
    Plateau.State state = Plateau.State.INITIAL;
    for (double loss : losses) {
      state = plateau.report(state, loss);
    }
    return state;
  }

  @Test
  void fallsWhenPatienceIsOver() {
    Plateau plateau = Plateau.of(0.5, 2);
    assertThat(after(plateau, 10, 9, 9, 9).scale()).isEqualTo(1);
    assertThat(after(plateau, 10, 9, 9, 9, 9).scale()).isEqualTo(0.5);
    assertThat(after(plateau, 10, 9, 9, 9, 8, 8, 8).scale()).isEqualTo(1);
  }

  @Test
  void smallImprovementsDoNotCountAndNegativeLossesWork() {
    Plateau plateau = new Plateau(0.5, 0, 0.1, 0, 0);
    assertThat(after(plateau, 10, 9.5).scale()).isEqualTo(0.5);
    assertThat(after(plateau, 10, 8.5).scale()).isEqualTo(1);
    assertThat(after(plateau, -10, -10.5).scale()).isEqualTo(0.5);
    assertThat(after(plateau, -10, -11.5).scale()).isEqualTo(1);
  }

  @Test
  void coolsDownAndStopsAtTheLeast() {
    Plateau plateau = new Plateau(0.1, 0, 0, 2, 0.05);
    assertThat(after(plateau, 1, 1).scale()).isEqualTo(0.1);
    assertThat(after(plateau, 1, 1, 1, 1).scale()).isEqualTo(0.1);
    assertThat(after(plateau, 1, 1, 1, 1, 1).scale()).isEqualTo(0.05);
  }

  @Test
  void notANumberIsNoImprovement() {
    assertThat(after(Plateau.of(0.5, 0), 1, Double.NaN).scale()).isEqualTo(0.5);
    assertThat(after(Plateau.of(0.5, 0), Double.NaN).best()).isInfinite();
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> Plateau.of(1, 0)).hasMessageContaining("factor is 1.0");
    assertThatThrownBy(() -> Plateau.of(0.5, -1)).hasMessageContaining("patience is -1");
  }
}
