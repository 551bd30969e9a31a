package dev.optim.bench.speed;

import dev.optim.bench.jmh.nd4j.AdamSteps;
import java.util.List;

/** Steps of ND4J's arrays against ND4J's own, both on one thread. */
public final class Nd4jGoals implements PeerGoals {

  private static final String AGAINST = "ND4J's AdamUpdater and subi";

  /** For the service loader. */
  public Nd4jGoals() {}

  @Override
  public List<Goal> goals() {
    return List.of(
        Goal.speed("nd4j-adam-1k", 10, AGAINST, () -> race(1000)).per(1e3, "element"),
        Goal.speed("nd4j-adam-100k", 8, AGAINST, () -> race(100_000)).per(1e5, "element"),
        Goal.speed("nd4j-adam-1m", 8, AGAINST, () -> race(1_000_000)).per(1e6, "element"),
        Goal.noGarbage("nd4j-adam-garbage", () -> steps(10_000)::arrayUpdater));
  }

  private static Race race(int elements) {
    AdamSteps steps = steps(elements);
    return new Race(steps::arrayUpdater, steps::nd4j);
  }

  private static AdamSteps steps(int elements) {
    AdamSteps steps = new AdamSteps();
    steps.elements = elements;
    steps.threads = 1;
    steps.prepare();
    return steps;
  }
}
