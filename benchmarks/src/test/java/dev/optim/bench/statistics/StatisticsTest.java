package dev.optim.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.optim.random.RandomStream;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each statistic against an example worked by hand, or by R. */
class StatisticsTest {

  private static final double NEVER = Double.POSITIVE_INFINITY;

  @Test
  void stepsRiseAtEachCostOnce() {
    Steps steps = Steps.of(new double[] {3, NEVER, 1, 3, 8});

    assertThat(steps.x()).containsExactly(1, 3, 8);
    assertThat(steps.y()).containsExactly(0.2, 0.6, 0.8);
    assertThat(IntStream.of(0, 1, 2, 3, 7, 8, 9).mapToDouble(steps::at).toArray())
        .containsExactly(0, 0.2, 0.2, 0.6, 0.6, 0.8, 0.8);
    assertThat(steps.at(0.999)).isZero();
    assertThat(Steps.of(new double[] {NEVER}).at(1e300)).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> Steps.of(new double[] {1, Double.NaN}));
  }

  @Test
  void performanceProfilesCompareWithTheBestSolver() {
    // the best costs are 10, 20, 5; nobody solves the fourth problem
    double[][] costs = {{10, 40, NEVER, NEVER}, {20, 20, 5, NEVER}};

    List<Steps> profiles = Profiles.performance(costs);

    assertThat(profiles.get(0).x()).containsExactly(1, 2);
    assertThat(profiles.get(0).y()).containsExactly(0.25, 0.5);
    assertThat(profiles.get(1).x()).containsExactly(1, 2);
    assertThat(profiles.get(1).y()).containsExactly(0.5, 0.75);
  }

  @Test
  void dataProfilesCountSimplexGradients() {
    double[][] costs = {{30, 44, NEVER}};

    Steps profile = Profiles.data(costs, new int[] {2, 10, 2}).get(0);

    assertThat(profile.x()).containsExactly(4, 10);
    assertThat(profile.y()).containsExactly(1 / 3.0, 2 / 3.0);
  }

  @Test
  void theExpectedRunningTimePaysForFailures() {
    // two successes after 100 and 300, one failure after 1000: (100 + 300 + 1000) / 2
    double[] costs = {100, NEVER, 300};
    double[] spent = {1000, 1000, 1000};

    assertThat(ExpectedRunningTime.of(costs, spent)).isEqualTo(700);
    assertThat(ExpectedRunningTime.of(new double[] {NEVER}, new double[] {5})).isEqualTo(NEVER);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExpectedRunningTime.of(costs, new double[2]));
  }

  @Test
  void equalScoresShareTheirRanks() {
    double[][] ranks = Ranks.of(new double[][] {{5, 1}, {5, 2}, {0, 3}});

    assertThat(ranks).isDeepEqualTo(new double[][] {{1.5, 3}, {1.5, 2}, {3, 1}});
    assertThat(Ranks.means(ranks, new int[] {0, 1})).containsExactly(2.25, 1.75, 2);
    assertThat(Ranks.means(ranks, new int[] {1, 1, 1})).containsExactly(3, 2, 1);
  }

  @Test
  void holmMultipliesByTheTestsThatAreLeft() {
    // sorted 0.01, 0.02, 0.03, 0.04: 4 x 0.01, 3 x 0.02, 2 x 0.03, and not less than before
    assertThat(PairedTest.holm(new double[] {0.04, 0.01, 0.03, 0.02}))
        .containsExactly(new double[] {0.06, 0.04, 0.06, 0.06}, within(1e-15));
    assertThat(PairedTest.holm(new double[] {0.5, 0.9})).containsExactly(1, 1);
  }

  @Test
  void theSignedRankTestIsExactForFewPairs() {
    // all of five differences on one side: two of 2^5 sign patterns are as extreme
    assertThat(PairedTest.signedRank(new double[] {1, 2, 3, 4, 5})).isEqualTo(2 / 32.0);
    assertThat(PairedTest.signedRank(new double[] {-1, 2, 3, -4, 5, 0}))
        .isEqualTo(PairedTest.signedRank(new double[] {1, -2, -3, 4, -5}))
        .isEqualTo(0.625); // R: wilcox.test(c(-1, 2, 3, -4, 5), exact = TRUE)
    assertThat(PairedTest.signedRank(new double[] {0, 0})).isEqualTo(1);
  }

  @Test
  void bootstrapIntervalsOfAMeanCoverItAsOftenAsTheySay() {
    RandomStream random = RandomStream.of(11);
    int covered = 0;
    int samples = 400;
    for (int sample = 0; sample < samples; sample++) {
      double[] values = new double[40];
      random.fillGaussian(values);
      Bootstrap.Interval interval =
          Bootstrap.withinStrata(
              new int[40],
              0.9,
              400,
              sample,
              chosen -> new double[] {IntStream.of(chosen).mapToDouble(i -> values[i]).sum()})[0];
      covered += interval.low() <= 0 && interval.high() >= 0 ? 1 : 0;
    }

    // 0.9 x 400 = 360, with a standard deviation of 6, and a little less for 40 values
    assertThat(covered).isBetween(338, 375);
  }

  @Test
  void strataAreResampledEachOnItsOwn() {
    int[] strata = {7, 7, 9};

    Bootstrap.withinStrata(
        strata,
        0.5,
        100,
        1,
        chosen -> {
          assertThat(chosen[0]).isBetween(0, 1);
          assertThat(chosen[1]).isBetween(0, 1);
          assertThat(chosen[2]).isEqualTo(2);
          return new double[] {0};
        });
  }

  @Test
  void overStrataCoversTheMeanOfOtherStrata() {
    RandomStream random = RandomStream.of(13);
    int[] strata = IntStream.range(0, 60).map(i -> i / 3).toArray();
    int covered = 0;
    int within = 0;
    int samples = 200;
    for (int sample = 0; sample < samples; sample++) {
      double[] values = new double[60];
      random.fillGaussian(values);
      for (int stratum = 0; stratum < 20; stratum++) {
        double level = 3 * random.nextGaussian();
        for (int i = 0; i < 3; i++) {
          values[3 * stratum + i] += level;
        }
      }
      Function<int[], double[]> mean =
          chosen ->
              new double[] {IntStream.of(chosen).mapToDouble(i -> values[i]).average().orElse(0)};
      covered += holdsZero(Bootstrap.overStrata(strata, 0.9, 300, sample, mean)[0]) ? 1 : 0;
      within += holdsZero(Bootstrap.withinStrata(strata, 0.9, 300, sample, mean)[0]) ? 1 : 0;
    }

    // 0.9 x 200 = 180, with a standard deviation of 4, and a little less for 20 strata
    assertThat(covered).isBetween(160, 192);
    assertThat(within).isLessThan(100);
  }

  private static boolean holdsZero(Bootstrap.Interval interval) {
    return interval.low() <= 0 && interval.high() >= 0;
  }

  @Test
  void theSameSeedGivesTheSameIntervals() {
    double[] values = {3, 1, 4, 1, 5, 9, 2, 6};

    assertThat(interval(values, 1)).isEqualTo(interval(values, 1));
    assertThat(interval(values, 1)).isNotEqualTo(interval(values, 2));
  }

  private static Bootstrap.Interval interval(double[] values, long seed) {
    return Bootstrap.withinStrata(
        new int[values.length],
        0.95,
        50,
        seed,
        chosen -> new double[] {IntStream.of(chosen).mapToDouble(i -> values[i]).sum()})[0];
  }
}
