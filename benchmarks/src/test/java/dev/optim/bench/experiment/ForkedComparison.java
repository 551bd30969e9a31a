package dev.optim.bench.experiment;

import java.nio.file.Path;
import java.util.List;

/** A comparison in a process of its own, slow enough to be killed. */
final class ForkedComparison {

  private ForkedComparison() {}

  /** Runs it with the given log file, and tells of every trial on the standard output. */
  public static void main(String[] args) throws Exception {
    try (RunLog log = RunLog.open(Path.of(args[0]))) {
      new Comparison(
              experiment(new Bowl(Long.parseLong(args[1]))),
              2,
              Environment.capture(),
              log,
              (done, total) -> System.out.println(done))
          .run();
    }
  }

  static Experiment experiment(Bowl bowl) {
    Protocol protocol = Protocol.STANDARD.withSeeds(10).withTuning(1, 5);
    return new Experiment("Bowls", List.of(bowl.track()), protocol);
  }
}
