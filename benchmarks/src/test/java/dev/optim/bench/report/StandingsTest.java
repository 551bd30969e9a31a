package dev.optim.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.optim.bench.statistics.Bootstrap;
import dev.optim.bench.statistics.Steps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class StandingsTest {

  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final Offset<Double> ROUNDING = within(1e-12);

  /** From 1 at the start towards the lowest, 0: a value after 10, 20, ... evaluations. */
  private static RunReport run(long seed, double... values) {
    Curve.Builder curve = Curve.builder(1).add(Spent.of(1, 0), 1);
    for (int i = 0; i < values.length; i++) {
      curve.add(Spent.of(10L * (i + 1), 0), values[i]);
    }
    return new RunReport.Completed(seed, "budget", curve.build());
  }

  private static OptimizerReport optimizer(String name, RunReport... runs) {
    return new OptimizerReport(name, "", new Tuning(5, 1, 100, 2), List.of(runs));
  }

  private static ProblemReport problem(String name, OptimizerReport... optimizers) {
    return new ProblemReport(
        name,
        "",
        4,
        "evaluations",
        20,
        OptionalDouble.of(0),
        List.of(Metric.loss("value")),
        List.of(optimizers));
  }

  private static Standings of(ProblemReport... problems) {
    List<Standings> all =
        Standings.of(
            new Report("", Instant.EPOCH, Map.of(), List.of(0.1, 0.01), List.of(problems)));
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void countsDecadesTargetsAndRunningTimes() {
    Standings standings =
        of(
            problem(
                "p",
                optimizer("fast", run(1, 0.001, 0.001), run(2, 0.5, 0.01)),
                optimizer("slow", run(1, 0.5, 0.05), new RunReport.Failed(2, "lost"))));

    assertThat(standings.instances()).isEqualTo(2);
    Standings.Row fast = standings.rows().get(0);
    assertThat(fast.optimizer()).isEqualTo("fast");
    assertThat(fast.meanRank()).isEqualTo(1);
    assertThat(fast.decades()).isEqualTo(2, ROUNDING);
    assertThat(fast.solved()).containsExactly(1.0, 1.0);
    assertThat(fast.runningTimes()).containsExactly(List.of(15.0, 15.0));
    Standings.Row slow = standings.rows().get(1);
    assertThat(slow.decades()).isEqualTo(-Math.log10(0.05) / 2, ROUNDING);
    assertThat(slow.solved()).containsExactly(0.5, 0.0);
    // one success after 20, and the whole budget of 20 for the run without a result
    assertThat(slow.runningTimes()).containsExactly(List.of(40.0, NEVER));
    assertThat(slow.tuning()).isEqualTo(new Tuning(5, 1, 100, 2));
  }

  @Test
  void otherProblemsMayTurnARankingThatOtherSeedsDoNot() {
    Standings standings =
        of(
            problem("p", optimizer("a", run(1, 0.5, 0.01)), optimizer("b", run(1, 0.5, 0.1))),
            problem("q", optimizer("a", run(1, 0.5, 0.01)), optimizer("b", run(1, 0.5, 0.1))),
            problem("r", optimizer("a", run(1, 0.5, 0.1)), optimizer("b", run(1, 0.5, 0.01))));

    Standings.Row a = standings.rows().get(0);
    assertThat(a.optimizer()).isEqualTo("a");
    assertThat(a.interval()).isEqualTo(new Bootstrap.Interval(4.0 / 3, 4.0 / 3));
    assertThat(a.otherProblems()).isEqualTo(new Bootstrap.Interval(1, 2));
  }

  @Test
  void whoReachesTheFinestTargetEarlierIsBetter() {
    Standings standings =
        of(problem("p", optimizer("late", run(1, 0.5, 0)), optimizer("early", run(1, 0, 0))));

    assertThat(standings.rows())
        .extracting(Standings.Row::optimizer)
        .containsExactly("early", "late");
    assertThat(standings.rows()).extracting(Standings.Row::decades).containsExactly(2.0, 2.0);
  }

  @Test
  void profilesAreThoseOfTheStatistics() {
    Standings standings =
        of(
            problem("p", optimizer("a", run(1, 0, 0)), optimizer("b", run(1, 0.5, 0))),
            problem("q", optimizer("a", run(1, 1, 1)), optimizer("b", run(1, 0.5, 0))));

    Steps performance =
        profile(standings, Standings.Kind.PERFORMANCE, 0.1).lines().get(row(standings, "b"));
    assertThat(performance.x()).containsExactly(1, 2);
    assertThat(performance.y()).containsExactly(0.5, 1);
    Steps data = profile(standings, Standings.Kind.DATA, 0.1).lines().get(row(standings, "b"));
    assertThat(data.x()).containsExactly(4); // 20 evaluations in 4 variables
    assertThat(data.y()).containsExactly(1);
    Steps targets =
        profile(standings, Standings.Kind.TARGETS, 0.01).lines().get(row(standings, "a"));
    assertThat(targets.x()).containsExactly(0.5); // all targets of p after half of the budget
    assertThat(targets.y()).containsExactly(0.5);
  }

  @Test
  void pairsAreTestedOverAllInstances() {
    OptimizerReport[] both = new OptimizerReport[2];
    for (int o = 0; o < 2; o++) {
      List<RunReport> runs = new ArrayList<>();
      for (int seed = 1; seed <= 6; seed++) {
        runs.add(run(seed, (o + 1) * (0.05 + 0.01 * seed)));
      }
      both[o] = optimizer(o == 0 ? "better" : "worse", runs.toArray(RunReport[]::new));
    }

    Standings.Pair pair = of(problem("p", both)).pairs().get(0);

    assertThat(pair.first()).isEqualTo("better");
    assertThat(pair.wins()).isEqualTo(6);
    assertThat(pair.losses()).isZero();
    assertThat(pair.probability()).isEqualTo(2 / 64.0, within(0.01)); // ties: not exact
    assertThat(pair.adjusted()).isEqualTo(pair.probability());
  }

  @Test
  void theOrderOfTheOthersIsTakenAnew() {
    Standings standings =
        of(
            problem(
                "p",
                optimizer("a", run(1, 0)),
                optimizer("b", run(1, 0.3)),
                optimizer("c", run(1, 0.4))),
            problem(
                "q",
                optimizer("a", run(1, 0)),
                optimizer("b", run(1, 0.2)),
                optimizer("c", run(1, 0.3))));

    assertThat(standings.rows())
        .extracting(Standings.Row::optimizer)
        .containsExactly("a", "b", "c");
    assertThat(standings.dropped()).hasSize(3).allMatch(Standings.Dropped::holds);
    assertThat(standings.dropped().get(0).order()).containsExactly("b", "c");
  }

  @Test
  void aCycleOfWinnersDoesNotHold() {
    // a beats b, b beats c and c beats a, twice each: who is dropped decides
    Standings standings =
        of(
            problem(
                "p",
                optimizer("a", run(1, 0.2)),
                optimizer("b", run(1, 0.3)),
                optimizer("c", run(1, 0.4))),
            problem(
                "q",
                optimizer("a", run(1, 0.4)),
                optimizer("b", run(1, 0.2)),
                optimizer("c", run(1, 0.3))),
            problem(
                "r",
                optimizer("a", run(1, 0.3)),
                optimizer("b", run(1, 0.4)),
                optimizer("c", run(1, 0.2))));

    assertThat(standings.rows()).allMatch(row -> row.meanRank() == 2);
    assertThat(standings.dropped()).anyMatch(dropped -> !dropped.holds());
  }

  @Test
  void onlyOptimizersThatRanOnTheSameProblemsAreCompared() {
    List<Standings> all =
        Standings.of(
            new Report(
                "",
                Instant.EPOCH,
                Map.of(),
                List.of(0.1),
                List.of(
                    problem("p", optimizer("a", run(1, 0)), optimizer("b", run(1, 0))),
                    problem("q", optimizer("b", run(1, 0)), optimizer("a", run(1, 0))),
                    problem("r", optimizer("a", run(1, 0)), optimizer("c", run(1, 0))),
                    problem("s", optimizer("a", run(1, 0))))));

    assertThat(all)
        .extracting(Standings::problems)
        .containsExactly(List.of("p", "q"), List.of("r"));
  }

  private static int row(Standings standings, String optimizer) {
    return standings.rows().stream().map(Standings.Row::optimizer).toList().indexOf(optimizer);
  }

  private static Standings.Profile profile(
      Standings standings, Standings.Kind kind, double target) {
    return standings.profiles().stream()
        .filter(each -> each.kind() == kind && each.target() == target)
        .findFirst()
        .orElseThrow();
  }
}
