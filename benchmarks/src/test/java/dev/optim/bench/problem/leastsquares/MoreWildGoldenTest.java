package dev.optim.bench.problem.leastsquares;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.optim.testing.GoldenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The published set: each problem's size, its value at the start and the smallest one known. */
class MoreWildGoldenTest {

  @Test
  void everyProblemIsTheirs() throws IOException {
    GoldenFiles files = GoldenFiles.of("more-wild", 1);
    for (Path file : files.all()) {
      JsonNode entries = new ObjectMapper().readTree(file.toFile());

      assertThat(entries).hasSameSizeAs(MoreWild.all());
      Iterator<JsonNode> next = entries.iterator();
      for (MoreWild problem : MoreWild.all()) {
        JsonNode entry = next.next();
        assertThat(problem.definition().number()).isEqualTo(entry.get("prob").asInt());
        assertThat(problem.variables()).isEqualTo(entry.get("n").asInt());
        assertThat(problem.residuals()).isEqualTo(entry.get("m").asInt());
        assertThat(problem.far()).isEqualTo(entry.get("fac").asInt() == 1);
        double atStart = entry.get("f0").asDouble();
        assertThat(coded(problem).value(problem.start()))
            .as(problem.name())
            .isCloseTo(atStart, Percentage.withPercentage(1e-6));
        double best = entry.get("fbest").asDouble();
        assertThat(problem.best()).as(problem.name()).isCloseTo(best, within(1e-8 * best + 1e-14));
      }
      files.replayed(file);
    }
    files.report();
  }

  /** The numbers come from the set's Python code, which has a slip in one function. */
  private static LeastSquares coded(MoreWild problem) {
    return problem.definition() == MoreGarbowHillstrom.HEART
        ? MoreWild.codedHeart()
        : problem.function();
  }
}
