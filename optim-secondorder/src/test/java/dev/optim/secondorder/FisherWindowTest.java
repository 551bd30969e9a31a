package dev.optim.secondorder;

import static dev.optim.secondorder.Samples.deviation;
import static dev.optim.secondorder.Samples.diagonal;
import static dev.optim.secondorder.Samples.multiply;
import static dev.optim.secondorder.Samples.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.state.Checkpoint;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FisherWindowTest {

  /** Three segments of columns, the last one short. */
  private static final int LONG = 2 * GradientRows.COLUMNS + 100;

  @Property(tries = 100)
  void holdsTheLastGradients(
      @ForAll @IntRange(min = 1, max = 10) int m,
      @ForAll @IntRange(min = 0, max = 45) int count,
      @ForAll Divisor divisor,
      @ForAll boolean fewElements) {
    int d = fewElements ? 7 : 25;
    double[][] g = Samples.gradients(count, d, 1);
    WindowSettings settings = new WindowSettings(m, 0.01, Storage.FLOAT32, divisor);
    FisherWindow window = FisherWindow.of(d, settings);
    for (double[] gradient : g) {
      window.add(gradient);
    }
    double[][] held = Arrays.copyOfRange(g, Math.max(0, count - m), count);
    assertThat(window.size()).isEqualTo(held.length);
    double[][] some = held.length == 0 ? new double[1][d] : held;
    int divideBy = divisor == Divisor.WINDOW ? m : some.length;
    double[][] dense = Samples.denseInverse(some, divideBy, 0.01, d);
    double[] x = Samples.vector(d, 2);
    assertThat(deviation(multiply(window, x), Samples.product(dense, x))).isLessThan(1e-11);
    double[] out = new double[d];
    for (int age = 0; age < held.length; age++) {
      window.multiplyHeld(age, out);
      double[] expected = Samples.product(dense, held[held.length - 1 - age]);
      assertThat(deviation(out, expected)).isLessThan(1e-10);
    }
  }

  @Property(tries = 30)
  void theOrderOfTheGradientsDoesNotMatter(@ForAll long seed) {
    double[][] g = Samples.gradients(8, 40, seed);
    double[] x = Samples.vector(40, seed + 1);
    WindowSettings settings = WindowSettings.of(8, 1e-3);
    double[] one = multiply(window(g, settings), x);
    Collections.shuffle(Arrays.asList(g), new Random(seed));
    assertThat(deviation(multiply(window(g, settings), x), one)).isLessThan(1e-12);
  }

  @Property(tries = 40)
  void everyFormKeepsItsDigits(
      @ForAll @IntRange(min = 1, max = 16) int m,
      @ForAll @IntRange(min = 2, max = 40) int d,
      @ForAll @IntRange(min = 2, max = 10) int decimals,
      @ForAll Spread spread) {
    double damping = StrictMath.pow(10, -decimals);
    double[][] g = Samples.gradients(m, d, m);
    for (int k = 1; k < m; k++) {
      for (int i = 0; i < d; i++) {
        g[k][i] = (float) (spread.original * g[k][i] + (1 - spread.original) * g[0][i]);
      }
    }
    FisherWindow window = window(g, WindowSettings.of(m, damping));
    double[] held = g[m / 2];
    double[] exact = Samples.exactProduct(g, damping, held);
    assertThat(deviation(multiply(window, held), exact)).isLessThan(1e-9);
    double[] out = new double[d];
    window.multiplyHeld(m - 1 - m / 2, out);
    assertThat(deviation(out, exact)).isLessThan(1e-9);
    double[] x = Samples.vector(d, 99);
    assertThat(deviation(multiply(window, x), Samples.exactProduct(g, damping, x)))
        .isLessThan(1e-9);
  }

  /** How far gradients are from being the same. */
  enum Spread {
    APART(1),
    CLOSE(1e-4),
    SAME(0);

    private final double original;

    Spread(double original) {
      this.original = original;
    }
  }

  @ParameterizedTest
  @EnumSource(Storage.class)
  void tenThousandReplacementsWithNearlyCollinearGradientsDriftNowhere(Storage storage) {
    int d = 30;
    int m = 12;
    double damping = 1e-6;
    WindowSettings settings = WindowSettings.of(m, damping).withStorage(storage);
    FisherWindow window = FisherWindow.of(d, settings);
    Random random = new Random(1);
    double[] direction = Samples.vector(d, 2);
    double[][] last = new double[m][];
    for (int k = 0; k < 10_000 + m / 2; k++) {
      double[] gradient = direction.clone();
      for (int i = 0; i < d; i++) {
        gradient[i] += 1e-4 * random.nextGaussian();
      }
      last[k % m] = gradient;
      window.add(gradient);
    }
    FisherWindow fresh = FisherWindow.of(d, settings);
    for (int k = 0; k < m; k++) {
      fresh.add(last[(10_000 + m / 2 + k) % m]);
    }
    double[] x = Samples.vector(d, 3);
    double condition = m * 30 / (m * damping);
    assertThat(deviation(multiply(window, x), multiply(fresh, x))).isLessThan(1e-16 * condition);
    double[] old = new double[d];
    double[] young = new double[d];
    window.multiplyHeld(0, old);
    fresh.multiplyHeld(0, young);
    assertThat(deviation(old, young)).isLessThan(1e-14 * condition);
  }

  @ParameterizedTest
  @EnumSource(Storage.class)
  void aWindowIsThatOfItsGradientsAsKept(Storage storage) {
    double[][] g = new double[5][300];
    Random random = new Random(1);
    for (double[] gradient : g) {
      Arrays.setAll(gradient, i -> random.nextGaussian());
    }
    FisherWindow window = window(g, WindowSettings.of(5, 1e-3).withStorage(storage));
    double[][] kept = new double[5][300];
    for (int k = 0; k < 5; k++) {
      for (int i = 0; i < 300; i++) {
        kept[k][i] = asKept(g[k][i], storage);
      }
    }
    double[] expected =
        multiply(window(kept, WindowSettings.of(5, 1e-3).withStorage(Storage.FLOAT64)), g[0]);
    assertThat(multiply(window, g[0])).isEqualTo(expected);
  }

  private static double asKept(double x, Storage storage) {
    return switch (storage) {
      case FLOAT64 -> x;
      case FLOAT32 -> (float) x;
      case BFLOAT16 -> {
        // the neighbours of x among the floats whose lower 16 bits are zero
        float down = Float.intBitsToFloat(Float.floatToRawIntBits((float) x) & 0xffff0000);
        float up = Float.intBitsToFloat((Float.floatToRawIntBits((float) x) & 0xffff0000) + 65536);
        yield Math.abs(x - down) < Math.abs(up - x) ? down : up;
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void givesTheSameBitsOnAnyNumberOfThreads(int threads) {
    double[][] g = Samples.gradients(9, LONG, 1);
    WindowSettings settings = WindowSettings.of(4, 1e-5);
    FisherWindow one = FisherWindow.of(LONG, settings);
    FisherWindow several = FisherWindow.of(LONG, settings, threads);
    double[] a = new double[LONG];
    double[] b = new double[LONG];
    for (double[] gradient : g) {
      one.addAndMultiply(gradient, a);
      several.addAndMultiply(gradient, b);
      assertThat(b).isEqualTo(a);
    }
    assertThat(multiply(several, g[0])).isEqualTo(multiply(one, g[0]));
    assertThat(several.checkpoint()).isEqualTo(one.checkpoint());
  }

  @Test
  void longVectorsAgreeWithShortOnes() {
    // the gradients of a long window, squeezed: the same inner products
    double[][] g = Samples.gradients(6, 50, 1);
    double[][] spread = new double[6][LONG];
    double[] x = Samples.vector(50, 2);
    double[] spreadX = new double[LONG];
    for (int i = 0; i < 50; i++) {
      int to = i * (LONG / 50) + 13;
      spreadX[to] = x[i];
      for (int k = 0; k < 6; k++) {
        spread[k][to] = g[k][i];
      }
    }
    FisherWindow shortWindow = window(g, WindowSettings.of(6, 1e-3));
    FisherWindow longWindow = window(spread, WindowSettings.of(6, 1e-3));
    double[] expected = multiply(shortWindow, x);
    double[] y = multiply(longWindow, spreadX);
    double[] diagonal = diagonal(longWindow);
    double[] picked = new double[50];
    for (int i = 0; i < 50; i++) {
      int to = i * (LONG / 50) + 13;
      picked[i] = y[to];
      assertThat(diagonal[to]).isCloseTo(diagonal(shortWindow)[i], offset(1e-12 / 1e-3));
      assertThat(longWindow.element(to, to)).isCloseTo(diagonal[to], offset(1e-12 / 1e-3));
    }
    assertThat(deviation(picked, expected)).isLessThan(1e-14);
    assertThat(diagonal[LONG - 1]).isEqualTo(1 / 1e-3);
  }

  @ParameterizedTest
  @EnumSource(Storage.class)
  void goesOnFromACheckpointBitForBit(Storage storage) {
    double[][] g = Samples.gradients(40, LONG, 1);
    WindowSettings settings = WindowSettings.of(6, 1e-4).withStorage(storage);
    for (int at : new int[] {0, 3, 6, 11, 13}) {
      FisherWindow original = FisherWindow.of(LONG, settings);
      for (int k = 0; k < at; k++) {
        original.add(g[k]);
      }
      FisherWindow resumed = FisherWindow.of(LONG, settings);
      resumed.add(g[39]);
      resumed.restore(original.checkpoint());
      double[] a = new double[LONG];
      double[] b = new double[LONG];
      for (int k = at; k < at + 20; k++) {
        original.addAndMultiply(g[k], a);
        resumed.addAndMultiply(g[k], b);
        assertThat(b).isEqualTo(a);
      }
      assertThat(resumed.checkpoint()).isEqualTo(original.checkpoint());
    }
  }

  @Test
  void refusesACheckpointOfSomethingElse() {
    double[][] g = Samples.gradients(4, 10, 1);
    FisherWindow window = window(g, WindowSettings.of(3, 1e-4));
    Checkpoint before = window.checkpoint();
    Checkpoint longer =
        window(Samples.gradients(2, 11, 1), WindowSettings.of(3, 1e-4)).checkpoint();
    Checkpoint damped = window(g, WindowSettings.of(3, 1e-3)).checkpoint();
    Checkpoint wide =
        window(g, WindowSettings.of(3, 1e-4).withStorage(Storage.FLOAT64)).checkpoint();
    for (Checkpoint other : new Checkpoint[] {longer, damped, wide, Checkpoint.builder().build()}) {
      assertThatThrownBy(() -> window.restore(other)).isInstanceOf(IllegalArgumentException.class);
      assertThat(window.checkpoint()).isEqualTo(before);
    }
    Checkpoint truncated =
        Checkpoint.builder()
            .meta("kind", "Fisher window")
            .meta("settings", WindowSettings.of(3, 1e-4).toString())
            .meta("dimension", 10)
            .meta("size", 4)
            .build();
    assertThatThrownBy(() -> window.restore(truncated))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("size is 4");
    assertThat(window.checkpoint()).isEqualTo(before);
  }

  @Test
  void saysTheMemoryItNeedsBeforeItTakesIt() {
    WindowSettings settings = WindowSettings.of(1024, 1e-5);
    assertThat(settings.bytes(1_000_000_000)).isEqualTo(1025L * 4_000_000_000L + 37_748_736);
    assertThatThrownBy(() -> FisherWindow.of(1_000_000_000, settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1024 gradients of 1000000000 elements in FLOAT32")
        .hasMessageContaining("4,100,037,748,736 bytes");
  }

  private static Offset<Double> offset(double offset) {
    return Offset.offset(offset);
  }
}
