package dev.optim.secondorder;

import static dev.optim.secondorder.Samples.deviation;
import static dev.optim.secondorder.Samples.diagonal;
import static dev.optim.secondorder.Samples.dot;
import static dev.optim.secondorder.Samples.multiply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every form of the inverse, whatever its size. */
class InverseFisherTest {

  private static final double DAMPING = 1e-2;

  static Stream<Arguments> forms() {
    List<Arguments> forms = new ArrayList<>();
    int[][] sizes = {{1, 1}, {1, 7}, {5, 1}, {6, 40}, {40, 6}, {17, 600}, {33, 33}};
    for (int[] size : sizes) {
      double[][] g = Samples.gradients(size[0], size[1], 5);
      WindowSettings settings = WindowSettings.of(size[0], DAMPING);
      forms.add(Arguments.of("window", Samples.window(g, settings), g, size[1]));
      FisherWindow single = Samples.window(g, settings.withStorage(Storage.FLOAT64));
      forms.add(Arguments.of("window in double precision", single, g, size[1]));
      for (int block : new int[] {1, 4, 13, size[1]}) {
        forms.add(Arguments.of("blocks", StaticFisher.of(g, DAMPING, block), g, block));
      }
    }
    return forms.stream();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void agreesWithTheDenseInverse(String form, InverseFisher fisher, double[][] g, int block) {
    double[][] dense = Samples.denseInverse(g, g.length, DAMPING, block);
    double[] x = Samples.vector(fisher.dimension(), 7);
    assertThat(deviation(multiply(fisher, x), Samples.product(dense, x))).isLessThan(1e-10);
    double[] diagonal = diagonal(fisher);
    for (int i = 0; i < diagonal.length; i++) {
      assertThat(diagonal[i]).isCloseTo(dense[i][i], Offset.offset(1e-9 * dense[i][i]));
      int j = (i * 31 + 3) % diagonal.length;
      assertThat(fisher.element(i, j)).isCloseTo(dense[i][j], Offset.offset(1e-9 / DAMPING));
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isSymmetricAndPositiveDefinite(String form, InverseFisher fisher, double[][] g, int block) {
    int d = fisher.dimension();
    double[] x = Samples.vector(d, 8);
    double[] y = Samples.vector(d, 9);
    double[] fx = multiply(fisher, x);
    double[] fy = multiply(fisher, y);
    double scale = Math.sqrt(dot(x, x) * dot(y, y)) / DAMPING;
    assertThat(dot(fx, y)).isCloseTo(dot(fy, x), Offset.offset(1e-13 * scale));
    assertThat(dot(fx, x)).isPositive().isLessThanOrEqualTo(dot(x, x) / DAMPING * (1 + 1e-12));
    for (double element : diagonal(fisher)) {
      assertThat(element).isPositive().isLessThanOrEqualTo(1 / DAMPING * (1 + 1e-12));
    }
    assertThat(fisher.element(0, d - 1))
        .isCloseTo(fisher.element(d - 1, 0), Offset.offset(1e-13 / DAMPING));
    assertThat(fisher.element(d / 2, d / 2))
        .isCloseTo(diagonal(fisher)[d / 2], Offset.offset(1e-13 / DAMPING));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void invertsTheMatrix(String form, InverseFisher fisher, double[][] g, int block) {
    int d = fisher.dimension();
    double[] x = Samples.vector(d, 10);
    double[] y = multiply(fisher, x);
    double[] back = new double[d];
    for (int from = 0; from < d; from += block) {
      int to = Math.min(d, from + block);
      for (double[] gradient : g) {
        double product = 0;
        for (int i = from; i < to; i++) {
          product += gradient[i] * y[i];
        }
        for (int i = from; i < to; i++) {
          back[i] += product * gradient[i] / g.length;
        }
      }
    }
    for (int i = 0; i < d; i++) {
      back[i] += DAMPING * y[i];
    }
    assertThat(deviation(back, x)).isLessThan(1e-10);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void mayMultiplyInPlace(String form, InverseFisher fisher, double[][] g, int block) {
    double[] x = Samples.vector(fisher.dimension(), 11);
    double[] expected = multiply(fisher, x);
    fisher.multiply(x, x);
    assertThat(x).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void refusesBadVectors(String form, InverseFisher fisher, double[][] g, int block) {
    int d = fisher.dimension();
    double[] x = Samples.vector(d, 12);
    double[] out = new double[d];
    assertThatThrownBy(() -> fisher.multiply(new double[d + 1], out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x has length %d, expected %d", d + 1, d);
    assertThatThrownBy(() -> fisher.multiply(x, new double[d + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("out has length");
    assertThatThrownBy(() -> fisher.diagonal(new double[d + 1]))
        .isInstanceOf(IllegalArgumentException.class);
    x[d / 2] = Double.NaN;
    assertThatThrownBy(() -> fisher.multiply(x, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x[%d] is NaN, must be a finite number", d / 2);
    assertThat(out).containsOnly(0);
    assertThatThrownBy(() -> fisher.element(d, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> fisher.element(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
