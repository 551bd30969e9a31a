package dev.optim.bench.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.DifferentiableObjective;
import dev.optim.Objective;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BestSeenTest {

  @Test
  void theSmallestOfAllValuesIsKept() {
    BestSeen seen = new BestSeen();
    Objective watched = seen.watching((Objective) x -> x[0]);

    assertThat(seen.value()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(watched.value(new double[] {3})).isEqualTo(3);
    watched.values(new double[][] {{5}, {-2}, {4}}, new double[3]);
    assertThat(seen.value()).isEqualTo(-2);
  }

  @Test
  void aBadNumberNeverWins() {
    BestSeen seen = new BestSeen();
    Objective watched = seen.watching((Objective) x -> x[0]);

    watched.value(new double[] {Double.NaN});
    watched.value(new double[] {1});
    watched.value(new double[] {Double.NaN});
    watched.value(new double[] {Double.POSITIVE_INFINITY});

    assertThat(seen.value()).isEqualTo(1);
  }

  @Test
  void valuesThatComeWithAGradientCountToo() {
    BestSeen seen = new BestSeen();
    DifferentiableObjective watched = seen.watching((DifferentiableObjective) new Rosenbrock());
    double[] gradient = new double[2];

    assertThat(watched.valueAndGradient(new double[] {0, 0}, gradient)).isEqualTo(1);
    assertThat(gradient).containsExactly(-2, 0);
    assertThat(seen.value()).isEqualTo(1);
    watched.gradient(new double[] {1, 1}, gradient);
    assertThat(seen.value()).isEqualTo(1);
    watched.value(new double[] {1, 1});
    assertThat(seen.value()).isZero();
  }

  @Test
  void threadsLoseNothing() {
    BestSeen seen = new BestSeen();
    Objective watched = seen.watching((Objective) x -> x[0]);

    IntStream.range(0, 10_000).parallel().forEach(i -> watched.value(new double[] {i - 5000}));

    assertThat(seen.value()).isEqualTo(-5000);
  }
}
