package dev.optim.secondorder;

import static dev.optim.secondorder.Samples.deviation;
import static dev.optim.secondorder.Samples.diagonal;
import static dev.optim.secondorder.Samples.multiply;
import static dev.optim.secondorder.Samples.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.state.Checkpoint;
import dev.optim.update.Bfloat16;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.NonFinite;
import dev.optim.update.Parameters;
import dev.optim.update.StepOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a window, a static inverse, the optimizer and the pruner make of gradients that are no good:
 * a defined result, or a typed error that leaves everything as it was.
 */
class BadInputTest {

  private static final int D = 20;

  @ParameterizedTest
  @EnumSource(Storage.class)
  void zeroGradients(Storage storage) {
    double[][] zeros = new double[4][D];
    double[] x = Samples.vector(D, 1);
    double[] scaled = Arrays.stream(x).map(xi -> xi * 4).toArray();
    FisherWindow window = window(zeros, WindowSettings.of(4, 0.25).withStorage(storage));
    for (InverseFisher fisher : List.of(window, StaticFisher.of(zeros, 0.25))) {
      assertThat(multiply(fisher, x)).isEqualTo(scaled);
      assertThat(diagonal(fisher)).containsOnly(4);
    }
    double[] out = x.clone();
    window.addAndMultiply(zeros[0], out);
    assertThat(out).containsOnly(0);

    double[] parameters = x.clone();
    assertThat(updater(storage).step(parameters, zeros[0])).isEqualTo(StepOutcome.APPLIED);
    assertThat(parameters).isEqualTo(x);

    Pruning pruning = ObsPruner.of(0.5).prune(x, w -> zeros);
    for (int i = 0; i < D; i++) {
      assertThat(pruning.weights()[i]).isEqualTo(pruning.pruned()[i] ? 0 : x[i]);
    }
  }

  @ParameterizedTest
  @EnumSource(Storage.class)
  void repeatedGradients(Storage storage) {
    double damping = 1e-8;
    double[] g = asBfloat16(Samples.vector(D, 1));
    double[][] repeated = {g, g, g, g, g, g};
    FisherWindow window = window(repeated, WindowSettings.of(6, damping).withStorage(storage));
    double[] out = new double[D];
    for (int k = 0; k < 20; k++) {
      window.addAndMultiply(g, out);
    }
    double squares = Samples.dot(g, g);
    double[] expected = Arrays.stream(g).map(gi -> gi / (damping + squares)).toArray();
    assertThat(deviation(out, expected)).isLessThan(5e-6);
    assertThat(Arrays.stream(diagonal(window))).allMatch(element -> element > 0);

    StaticFisher fixed = StaticFisher.of(repeated, damping);
    double[] x = Samples.vector(D, 2);
    double part = Samples.dot(g, x) / (damping + squares);
    double[] product = new double[D];
    Arrays.setAll(product, i -> (x[i] - part * g[i]) / damping);
    assertThat(deviation(multiply(fixed, x), product)).isLessThan(1e-7);
    assertThat(deviation(multiply(window, x), product)).isLessThan(1e-7);
    assertThat(Arrays.stream(diagonal(fixed))).allMatch(element -> element > 0);
    assertThat(ObsPruner.of(0.5).prune(x, w -> repeated).weights()).doesNotContain(Double.NaN);

    double[][] zeros = new double[6][D];
    for (double[] zero : zeros) {
      window.add(zero);
    }
    assertThat(deviation(multiply(window, g), multiply(StaticFisher.of(zeros, damping), g)))
        .isLessThan(1e-15);
  }

  @Test
  void nearlyCollinearGradients() {
    double damping = 1e-6;
    double[][] g = new double[8][];
    double[] direction = Samples.vector(D, 1);
    Random random = new Random(2);
    for (int k = 0; k < g.length; k++) {
      g[k] = Arrays.stream(direction).map(x -> x + 1e-4 * random.nextGaussian()).toArray();
    }
    WindowSettings settings = WindowSettings.of(8, damping).withStorage(Storage.FLOAT64);
    FisherWindow window = window(g, settings);
    StaticFisher fixed = StaticFisher.of(g, damping);
    double[] x = Samples.vector(D, 3);
    double condition = Samples.dot(direction, direction) / damping;
    assertThat(deviation(multiply(window, x), multiply(fixed, x))).isLessThan(1e-15 * condition);
    // through the matrix itself: F (F^-1 x) = x
    double[] y = multiply(window, x);
    double[] back = Arrays.stream(y).map(yi -> damping * yi).toArray();
    for (double[] gradient : g) {
      double part = Samples.dot(gradient, y) / g.length;
      Arrays.setAll(back, i -> back[i] + part * gradient[i]);
    }
    assertThat(deviation(back, x)).isLessThan(1e-14 * condition);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e160, 1e39})
  void hugeGradients(double huge) {
    double[] gradient = Samples.vector(D, 1);
    gradient[4] = huge;
    assertRefused(gradient, "gradient has the norm ");
    StepOutcome outcome = huge > 1e150 ? StepOutcome.SKIPPED : StepOutcome.APPLIED;
    double[] x = new double[D];
    assertThat(updater(Storage.FLOAT64).step(x, gradient)).isEqualTo(outcome);
    assertThat(updater(Storage.FLOAT32).step(x, gradient)).isEqualTo(StepOutcome.SKIPPED);
    assertThat(x).doesNotContain(Double.NaN);

    double[] large = {1e140, 0};
    FisherWindow window =
        FisherWindow.of(2, WindowSettings.of(2, 1e-3).withStorage(Storage.FLOAT64));
    double[] out = new double[2];
    window.addAndMultiply(large, out);
    assertThat(out[0]).isCloseTo(2e-140, Offset.offset(1e-154));
    assertThatThrownBy(() -> StaticFisher.of(new double[][] {{1, 1e200}}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gradients have a sum of squares of Infinity, must be finite");
  }

  /** Their differences are rounding. No product is longer than |x| / damping for all that. */
  @ParameterizedTest
  @CsvSource({"3e38, 1e15", "1e15, 3e38", "1e18, 1e-3", "1e15, 1e15", "1e12, 1e13", "3e38, 3e38"})
  void hugeGradientsBesideOthers(double first, double second) {
    double[][] g = {{1, first, 2}, {1, second, 2}, {2, first, -1}};
    double[] x = {1, 2, 3};
    double longest = (1 + 1e-6) * Math.sqrt(14) / 1e-3;
    for (Storage storage : Storage.values()) {
      FisherWindow window = FisherWindow.of(3, WindowSettings.of(4, 1e-3).withStorage(storage));
      for (int k = 0; k < 9; k++) {
        window.add(g[k % 3]);
        for (int held = 0; held < window.size(); held++) {
          double[] out = new double[3];
          window.multiplyHeld(held, out);
          assertThat(Samples.dot(out, out)).isLessThan(1e8);
        }
        double[] product = multiply(window, x);
        assertThat(Math.sqrt(Samples.dot(product, product))).isLessThan(longest);
        assertThat(Samples.dot(product, x)).isPositive();
      }
    }
    StaticFisher fixed = StaticFisher.of(g, 1e-3);
    double[] product = multiply(fixed, x);
    assertThat(Math.sqrt(Samples.dot(product, product))).isLessThan(longest);
    assertThat(Samples.dot(product, x)).isPositive();
  }

  @Test
  void anArrayThatIsNotThereIsNamed() {
    FisherWindow window = FisherWindow.of(1, WindowSettings.of(1, 1));
    StaticFisher fixed = StaticFisher.of(new float[][] {{1}}, 1);
    double[] one = {1};
    Map.<String, ThrowingCallable>of(
            "gradient", () -> window.add(null),
            "out", () -> window.addAndMultiply(one, null),
            "x", () -> window.multiply(null, one),
            "gradients", () -> StaticFisher.of((float[][]) null, 1),
            "gradients[1]", () -> StaticFisher.of(new float[][] {{1}, null}, 1),
            "settings", () -> FisherWindow.of(1, null),
            "checkpoint", () -> window.restore(null),
            "weights", () -> ObsPruner.of(0.5).prune(null, w -> new double[][] {one}),
            "prunable", () -> ObsPruner.of(0.5).prune(one, null, w -> new double[][] {one}),
            "the gradients", () -> ObsPruner.of(0.5).prune(new double[] {1, 2}, w -> null))
        .forEach(
            (name, door) ->
                assertThatThrownBy(door).isInstanceOf(NullPointerException.class).hasMessage(name));
    assertThatThrownBy(() -> fixed.multiply(one, null)).hasMessage("out");
    assertThat(window.size()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Storage.class)
  void tinyGradients(Storage storage) {
    double tiny = storage == Storage.FLOAT64 ? 1e-146 : 1e-31;
    FisherWindow window = FisherWindow.of(2, WindowSettings.of(3, 1).withStorage(storage));
    double[] out = {7, 7};
    window.addAndMultiply(new double[] {tiny, 1}, out);
    assertThat(out[0]).isZero();
    assertThat(out[1]).isCloseTo(0.75, Offset.offset(1e-15));
    window.addAndMultiply(new double[] {10 * tiny, 0}, out);
    assertThat(out[0]).isCloseTo(10 * tiny, Offset.offset(0.1 * tiny));

    StaticFisher fixed = StaticFisher.of(new double[][] {{Double.MIN_VALUE, 1}}, 1);
    assertThat(multiply(fixed, new double[] {1, 0})).containsExactly(1, 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void gradientsThatAreNotFinite(double bad) {
    double[] gradient = Samples.vector(D, 1);
    gradient[4] = bad;
    assertRefused(gradient, "gradient[4] is " + bad + ", must be a finite number");
    assertThatThrownBy(() -> StaticFisher.of(new double[][] {gradient}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gradients[0][4] is " + bad + ", must be a finite number");
    assertThatThrownBy(() -> StaticFisher.of(new float[][] {{1}, {(float) bad}}, 1))
        .hasMessage("gradients[1][0] is " + bad + ", must be a finite number");
    double[] w = Samples.vector(D, 2);
    double[] before = w.clone();
    assertThatThrownBy(() -> ObsPruner.of(0.5).prune(w, x -> new double[][] {gradient}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(w).isEqualTo(before);

    double[] x = new double[D];
    double[] clean = new double[D];
    DoubleUpdater updater = updater(Storage.FLOAT64);
    assertThat(updater.step(x, gradient)).isEqualTo(StepOutcome.SKIPPED);
    assertThat(x).containsOnly(0);
    updater.step(x, w);
    updater(Storage.FLOAT64).step(clean, w);
    assertThat(x).isEqualTo(clean);
  }

  @ParameterizedTest
  @EnumSource(Storage.class)
  void aNanWhoseBitsRoundingWouldTurnIntoZero(Storage storage) {
    FisherWindow window = FisherWindow.of(2, WindowSettings.of(2, 1).withStorage(storage));
    double nan = Float.intBitsToFloat(0x7fffffff);
    assertThatThrownBy(() -> window.add(new double[] {1, nan}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(window.size()).isZero();
  }

  @Test
  void moreGradientsThanElementsInAWindowThatIsNotFull() {
    double[][] g = Samples.gradients(9, 7, 1);
    WindowSettings settings = WindowSettings.of(12, 1e-3).withDivisor(Divisor.COUNT);
    double[][] dense = Samples.denseInverse(g, 9, 1e-3, 7);
    double[] x = Samples.vector(7, 2);
    assertThat(deviation(multiply(window(g, settings), x), Samples.product(dense, x)))
        .isLessThan(1e-11);
  }

  @ParameterizedTest
  @CsvSource({"24, 10, 24", "24, 10, 60", "30, 1, 40"})
  void moreGradientsThanElements(int m, int d, int count) {
    assertAgreesWithTheDenseInverse(m, d, count);
  }

  @ParameterizedTest
  @CsvSource({"40, 1", "40, 3", "1, 5"})
  void aWindowOfOneGradient(int d, int count) {
    assertAgreesWithTheDenseInverse(1, d, count);
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "7, 20", "1, 1"})
  void gradientsOfOneElement(int m, int count) {
    assertAgreesWithTheDenseInverse(m, 1, count);
  }

  private static void assertAgreesWithTheDenseInverse(int m, int d, int count) {
    double[][] g = Samples.gradients(count, d, 1);
    double[][] held = Arrays.copyOfRange(g, count - m, count);
    double[][] dense = Samples.denseInverse(held, m, 1e-3, d);
    double[] x = Samples.vector(d, 2);
    double[] expected = Samples.product(dense, x);
    FisherWindow window = window(g, WindowSettings.of(m, 1e-3));
    for (InverseFisher fisher : List.of(window, StaticFisher.of(held, 1e-3))) {
      assertThat(deviation(multiply(fisher, x), expected)).isLessThan(1e-10);
      assertThat(fisher.element(0, d - 1)).isCloseTo(dense[0][d - 1], Offset.offset(1e-8));
    }
    double[] out = new double[d];
    window.multiplyHeld(0, out);
    assertThat(deviation(out, Samples.product(dense, held[m - 1]))).isLessThan(1e-10);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aDampingThatIsNotPositive(double damping) {
    double[][] g = {{1}};
    for (ThrowingCallable door :
        List.<ThrowingCallable>of(
            () -> WindowSettings.of(2, damping),
            () -> MfacTransform.of(2, damping),
            () -> StaticFisher.of(g, damping),
            () -> ObsPruner.of(0.5).withDamping(damping))) {
      assertThatThrownBy(door)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("damping is " + damping + ", must be a finite number > 0");
    }
  }

  @Test
  void productsBeforeTheFirstGradient() {
    FisherWindow window = FisherWindow.of(3, WindowSettings.of(4, 0.5));
    assertThat(multiply(window, new double[] {1, -2, 3})).containsExactly(2, -4, 6);
    assertThat(diagonal(window)).containsOnly(2);
    assertThat(window.element(1, 1)).isEqualTo(2);
    assertThat(window.element(1, 2)).isZero();
    assertThatThrownBy(() -> window.multiplyHeld(0, new double[3]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void wrongLengths() {
    FisherWindow window = window(Samples.gradients(3, 3, 1), WindowSettings.of(2, 1));
    Checkpoint before = window.checkpoint();
    double[] three = new double[3];
    double[] four = new double[4];
    for (ThrowingCallable door :
        List.<ThrowingCallable>of(
            () -> window.add(four),
            () -> window.addAndMultiply(four, three),
            () -> window.addAndMultiply(three, four),
            () -> window.multiplyHeld(0, four),
            () -> window.multiply(four, three),
            () -> window.multiply(three, four),
            () -> window.diagonal(four),
            () -> StaticFisher.of(new double[][] {three, four}, 1),
            () -> ObsPruner.scores(four, window),
            () -> ObsPruner.of(0.5).prune(three, w -> new double[][] {four}),
            () -> ObsPruner.of(0.5).prune(three, new boolean[4], w -> new double[][] {three}),
            () -> updater(Storage.FLOAT32).step(new double[D], three))) {
      assertThatThrownBy(door)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("length");
    }
    assertThat(window.checkpoint()).isEqualTo(before);
    assertThat(three).containsOnly(0);
    assertThatThrownBy(() -> FisherWindow.of(0, WindowSettings.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dimension is 0, must be at least 1");
    assertThatThrownBy(() -> FisherWindow.of(1, WindowSettings.defaults(), 0))
        .isInstanceOf(IllegalArgumentException.class);
    for (int gradients : new int[] {0, -1, 32769}) {
      assertThatThrownBy(() -> WindowSettings.of(gradients, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be in 1..32768");
    }
  }

  /** A refused gradient leaves no trace, in a window that is filling up and in one that is full. */
  private static void assertRefused(double[] gradient, String message) {
    for (int held : new int[] {2, 7}) {
      double[][] g = Samples.gradients(held, D, 1);
      FisherWindow window = window(g, WindowSettings.of(3, 1e-4));
      Checkpoint before = window.checkpoint();
      double[] out = new double[D];
      assertThatThrownBy(() -> window.addAndMultiply(gradient, out))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(message);
      assertThat(out).containsOnly(0);
      assertThat(window.checkpoint()).isEqualTo(before);
      window.add(g[0]);
      FisherWindow clean = window(g, WindowSettings.of(3, 1e-4));
      clean.add(g[0]);
      assertThat(window.checkpoint()).isEqualTo(clean.checkpoint());
    }
  }

  private static DoubleUpdater updater(Storage storage) {
    WindowSettings window = WindowSettings.of(3, 1e-3).withStorage(storage);
    return Mfac.of(0.1)
        .withWindow(window)
        .plan()
        .withNonFinite(NonFinite.SKIP)
        .doubles(Parameters.vector(D));
  }

  private static double[] asBfloat16(double[] x) {
    return Arrays.stream(x).map(xi -> Bfloat16.toFloat(Bfloat16.nearest((float) xi))).toArray();
  }
}
