package dev.optim.zeroth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.optim.Minimizer;
import dev.optim.Objective;
import dev.optim.RankingOracle;
import dev.optim.Result;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.StopReason;
import dev.optim.random.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankSgdTest {

  private static final Start START = Start.at(1, -2, 3, 0.5);

  static List<RankSgd> variants() {
    return List.of(
        new RankSgd(8, 8, 0.01, RankingSteps.constant(0.05)),
        new RankSgd(8, 3, 0.01, RankingSteps.decaying(0.2)),
        new RankSgd(8, 8, 0.01, RankingSteps.lineSearch(0.2, 5)),
        new RankSgd(8, 1, 0.01, new RankingSteps.LineSearch(0.2, 0.5, 5, false)),
        new RankSgd(8, 8, 0.01, RankingSteps.authorsCode(20, 3)));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void descends(RankSgd method) {
    double[] x = run(method, Rankings.byValue(Functions::sphere), 300).point();

    assertThat(Functions.sphere(x)).isLessThan(0.3);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void onlyTheOrderEnters(RankSgd method) {
    double[] plain = run(method, Rankings.byValue(Functions::sphere), 100).point();

    Objective exponential = x -> Math.exp(Functions.sphere(x) / 100);
    Objective cubed = x -> Math.pow(Functions.sphere(x), 3);
    assertThat(run(method, Rankings.byValue(exponential), 100).point()).isEqualTo(plain);
    assertThat(run(method, Rankings.byValue(cubed), 100).point()).isEqualTo(plain);
    RankingOracle pairwise =
        Rankings.byComparison((a, b) -> Double.compare(Functions.sphere(a), Functions.sphere(b)));
    assertThat(run(method, pairwise, 100).point()).isEqualTo(plain);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void resumesBitForBitBetweenAskAndTell(RankSgd method) {
    RankingOracle oracle = Rankings.byValue(Functions::sphere);
    AskRank straight = method.open(START, RandomStream.of(5));
    for (int i = 0; i < 13; i++) {
      straight.tell(oracle.best(straight.ask(), straight.top()));
    }
    AskRank resumed = method.open(START, RandomStream.of(77));
    resumed.restore(straight.checkpoint());
    for (AskRank run : List.of(straight, resumed)) {
      for (int i = 0; i < 13; i++) {
        run.tell(oracle.best(run.ask(), run.top()));
      }
    }

    assertThat(resumed.checkpoint()).isEqualTo(straight.checkpoint());
  }

  @Test
  void everyQueryIsCounted() {
    AskRank run =
        new RankSgd(8, 8, 0.01, RankingSteps.lineSearch(0.2, 5)).open(START, RandomStream.of(1));
    RankingOracle oracle = Rankings.byValue(Functions::sphere);
    for (int i = 0; i < 4; i++) {
      run.tell(oracle.best(run.ask(), run.top()));
    }

    assertThat(run.iterate().iteration()).isEqualTo(2);
    assertThat(run.iterate().evaluations().rankings()).isEqualTo(4);
    assertThat(run.iterate().metric(RankSgd.QUERIES)).isEqualTo(2 * 8 + 2 * 5);
  }

  @Test
  void neverDivergesWhereValuesOverflow() {
    Objective steep = x -> Math.exp(Functions.rosenbrock(x));
    Result result =
        run(new RankSgd(15, 15, 0.01, RankingSteps.constant(10)), Rankings.byValue(steep), 500);

    assertThat(result.point()).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
    assertThat(Functions.sphere(result.point())).isLessThan(1e9);
    Result byValues =
        Minimizer.until(Stop.iterations(500))
            .seed(2)
            .minimize(new ZoSgd(15, 0.01, 10), steep, START);
    assertThat(byValues.reason()).isEqualTo(StopReason.NON_FINITE);
  }

  @Test
  void tiesCountForNeitherSide() {
    int[][] levels = {{3}, {0, 2}};

    assertThat(RankingEstimate.weights(levels, 5)).containsExactly(-1, 3, -1, -4, 3);
    assertThat(RankingEstimate.edges(levels, 5)).isEqualTo(4 + 2 * 2);
    assertThat(RankingEstimate.edges(new int[][] {{0, 1, 2}}, 3)).isZero();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void whereAllIsEqualNothingMoves(RankSgd method) {
    double[] flat = run(method, Rankings.byValue(x -> 1), 20).point();
    double[] hole = run(method, Rankings.byValue(x -> Double.NaN), 20).point();

    assertThat(flat).isEqualTo(run(method, Rankings.byValue(x -> 2), 20).point());
    assertThat(hole).isEqualTo(flat);
    if (!(method.steps() instanceof RankingSteps.AuthorsCode)) {
      assertThat(flat).containsExactly(1, -2, 3, 0.5);
    }
  }

  @Test
  void groupsAreRankedWhole() {
    double[] values = {3, 1, 2, 1, Double.NaN, 2};
    double[][] points = {{0}, {1}, {2}, {3}, {4}, {5}};
    RankingOracle oracle = Rankings.byValue(x -> values[(int) x[0]]);

    assertThat(oracle.levels(points, 3)).isDeepEqualTo(new int[][] {{1, 3}, {2, 5}});
    assertThat(oracle.best(points, 3)).containsExactly(1, 3, 2);
    assertThat(oracle.levels(points, 6)).isDeepEqualTo(new int[][] {{1, 3}, {2, 5}, {0}, {4}});
  }

  @Test
  void rankingsWithTiesAreChecked() {
    AskRank run = new RankSgd(4, 2, 0.1, RankingSteps.constant(1)).open(START, RandomStream.of(0));
    var before = run.checkpoint();

    assertThatThrownBy(() -> run.tell(new int[][] {{1}})).hasMessageContaining("at least 2");
    assertThatThrownBy(() -> run.tell(new int[][] {{1}, {}})).hasMessageContaining("levels are");
    assertThatThrownBy(() -> run.tell(new int[][] {{1, 2}, {3}})).hasMessageContaining("levels");
    assertThatThrownBy(() -> run.tell(new int[][] {{1}, {1}})).hasMessageContaining("best[1] is 1");
    assertThat(run.checkpoint()).isEqualTo(before);
    run.tell(new int[][] {{1}, {0, 2, 3}});
    assertThat(run.iterate().iteration()).isEqualTo(1);
  }

  @Test
  void badNumbersRankLast() {
    double[] values = {
      Double.NaN, 2, Double.NEGATIVE_INFINITY, 1, Double.POSITIVE_INFINITY, -0.0, 0
    };
    double[][] points = new double[values.length][1];
    for (int i = 0; i < points.length; i++) {
      points[i][0] = i;
    }

    int[] best = Rankings.byValue(x -> values[(int) x[0]]).best(points, 7);

    assertThat(best).containsExactly(5, 6, 3, 1, 0, 2, 4);
  }

  @Test
  void aComparisonThatContradictsItselfStillRanks() {
    double[][] points = {{0}, {1}, {2}, {3}, {4}};
    RankingOracle circle =
        Rankings.byComparison((a, b) -> ((int) (b[0] - a[0]) + 5) % 5 < 3 ? -1 : 1);

    assertThat(circle.best(points, 5)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  @Test
  void answersThatAreNoRankingAreRefused() {
    AskRank run = RankSgd.standard().open(START, RandomStream.of(0));
    var before = run.checkpoint();
    int[] twice = new int[15];
    int[] outside = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15};

    assertThatThrownBy(() -> run.tell(new int[3])).hasMessage("best has length 3, expected 15");
    assertThatThrownBy(() -> run.tell(twice)).hasMessageContaining("best[1] is 0");
    assertThatThrownBy(() -> run.tell(outside)).hasMessageContaining("best[14] is 15");
    assertThat(run.checkpoint()).isEqualTo(before);
    assertThat(run(RankSgd.standard(), (c, top) -> twice, 5).reason())
        .isEqualTo(StopReason.EVALUATION_FAILED);
  }

  static List<JsonNode> moments() {
    Path folder = Path.of(System.getProperty("golden.dir", "src/test/resources/golden"), "zeroth");
    List<JsonNode> moments = new ArrayList<>();
    Golden.read(folder.resolve("zo_rank_moments.json")).get("entries").forEach(moments::add);
    return moments;
  }

  /** Means over many rankings of a linear function, against those of the reference. */
  @ParameterizedTest
  @MethodSource("moments")
  void theEstimateHasTheMomentsOfTheReference(JsonNode entry) {
    int m = entry.get("m").asInt();
    int k = entry.get("k").asInt();
    int d = entry.get("d").asInt();
    AskRank run =
        new RankSgd(m, k, 1, RankingSteps.constant(1e-9))
            .open(Start.at(new double[d]), RandomStream.of(3));
    RankingOracle linear = Rankings.byValue(x -> x[0]);
    double along = 0;
    double squared = 0;
    int draws = 1500;
    for (int i = 0; i < draws; i++) {
      run.tell(linear.best(run.ask(), k));
      along += run.direction()[0] / draws;
      squared += Functions.sphere(run.direction()) / draws;
    }

    double expected = entry.get("E_norm2").asDouble();
    double error = Math.sqrt(expected / d / draws);
    assertThat(along).isCloseTo(entry.get("E_g_dot_u").asDouble(), within(0.02 + 4 * error));
    assertThat(squared).isCloseTo(expected, within(0.05 * expected));
    if (k == m) {
      assertThat(along).isCloseTo(2 / Math.sqrt(Math.PI), within(4 * error));
    }
  }

  @Test
  void aReversedRankingOfNegatedPerturbationsGivesTheSameEstimate() {
    int[] best = {3, 1, 0, 2};
    int[] reversed = {2, 0, 1, 3};
    int[] weights = RankingEstimate.weights(RankingEstimate.levels(best), 4);
    int[] opposite = RankingEstimate.weights(RankingEstimate.levels(reversed), 4);

    for (int i = 0; i < 4; i++) {
      assertThat(opposite[i]).isEqualTo(-weights[i]);
    }
    assertThat(weights[0] + weights[1] + weights[2] + weights[3]).isZero();
  }

  @Test
  void settingsAreChecked() {
    RankingSteps steps = RankingSteps.constant(1);
    assertThatThrownBy(() -> new RankSgd(1, 1, 1, steps)).hasMessageContaining("queries is 1,");
    assertThatThrownBy(() -> new RankSgd(5, 6, 1, steps)).hasMessageContaining("ranked is 6,");
    assertThatThrownBy(() -> new RankSgd(5, 5, Double.NaN, steps))
        .hasMessageContaining("smoothing is NaN");
    assertThatThrownBy(() -> RankingSteps.constant(-1)).hasMessageContaining("eta is -1");
    assertThatThrownBy(() -> RankingSteps.lineSearch(1, 1))
        .hasMessageContaining("candidates is 1,");
  }

  private static Result run(RankSgd method, RankingOracle oracle, long iterations) {
    return Minimizer.until(Stop.iterations(iterations)).seed(2).minimize(method, oracle, START);
  }
}
