package dev.optim.secondorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.update.Workers;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often the gradients of a full window are read: what a step costs where m d is large. */
class WindowPassesTest {

  private static final int D = GradientRows.COLUMNS + 77;
  private static final int M = 5;

  private final CountingRows rows = new CountingRows();
  private final FisherWindow window =
      new FisherWindow(rows, WindowSettings.of(M, 1e-3), new Workers(2));
  private final double[] g = Samples.vector(D, 1);
  private final double[] out = new double[D];

  /** Gradients in single precision that count how many of their elements are read. */
  private static final class CountingRows extends FloatRows {

    private final AtomicLong read = new AtomicLong();

    CountingRows() {
      super(M + 1, D);
    }

    @Override
    void take(int segment, int row, int from, double[] out, int at, int length) {
      read.addAndGet(length);
      super.take(segment, row, from, out, at, length);
    }

    @Override
    void dots(int segment, int count, double[] tile, double[] out) {
      read.addAndGet((long) count * length(segment));
      super.dots(segment, count, tile, out);
    }

    @Override
    void axpys(double[] c, int segment, int count, double[] tile) {
      read.addAndGet((long) count * length(segment));
      super.axpys(c, segment, count, tile);
    }
  }

  @BeforeEach
  void fill() {
    for (double[] gradient : Samples.gradients(2 * M, D, 2)) {
      window.add(gradient);
    }
    rows.read.set(0);
  }

  @Test
  void takingAGradientInAndMultiplyingWithItTakesTwoPasses() {
    window.addAndMultiply(g, out);
    // the first over the window and the new gradient, which is in the cache
    assertThat(rows.read).hasValue((M + 1L) * D + (long) M * D);
  }

  @Test
  void takingAGradientInTakesOnePass() {
    window.add(g);
    assertThat(rows.read).hasValue((M + 1L) * D);
  }

  @Test
  void aProductWithAHeldGradientTakesOnePass() {
    window.multiplyHeld(2, out);
    assertThat(rows.read).hasValue((long) M * D);
  }

  @Test
  void aProductWithAnyVectorTakesTwoPasses() {
    window.multiply(g, out);
    assertThat(rows.read).hasValue(2L * M * D);
  }

  @Test
  void aProductThatLostItsDigitsTakesFourPassesMoreForEveryFourOfThem() {
    FisherWindow nearlyUndamped =
        new FisherWindow(rows, WindowSettings.of(M, 1e-9), new Workers(1));
    nearlyUndamped.add(g);
    rows.read.set(0);
    nearlyUndamped.multiply(g, out);
    assertThat(rows.read.get()).isBetween((2L + 4) * D, (2L + 4 * 4) * D);
  }

  @Test
  void anOptimizerIsSparedThePassesOfARefinement() {
    FisherWindow nearlyUndamped =
        new FisherWindow(rows, WindowSettings.of(M, 1e-9), new Workers(1));
    nearlyUndamped.add(g);
    nearlyUndamped.add(g);
    rows.read.set(0);
    nearlyUndamped.multiplyNewest((tile, from, length) -> {}, new Workers(1));
    assertThat(rows.read).hasValue(2L * D);
    nearlyUndamped.multiplyHeld(0, out);
    assertThat(rows.read.get()).isGreaterThan((2L + 2 + 4) * D);
  }

  @Test
  void theDiagonalTakesOnePass() {
    window.diagonal(out);
    assertThat(rows.read).hasValue((long) M * D);
  }

  @Test
  void anElementTakesTwoColumns() {
    window.element(3, D - 1);
    assertThat(rows.read).hasValue(2L * M);
  }
}
