package dev.optim.bench.problem.bbob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * COCO's own numbers. Each line holds a function, f at 0 and at (0.1, 0.2, ..., 0.1 n), the target
 * and the smallest value.
 */
class BbobGoldenTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("golden.dir", "src/test/resources/golden"), "bbob");
  private static final String NUMBER = "(\\S+)";
  private static final Pattern LINE =
      Pattern.compile(
          "bbob_f(\\d+)_i(\\d+)_d(\\d+) d=\\d+ y0=%1$s y1=%1$s ftarget=%1$s best=%1$s"
              .formatted(NUMBER));
  private static int replayed;

  record Line(BbobFunction function, double atZero, double atRamp, double target, double best) {

    static Line parse(String line) {
      MatchResult match =
          LINE.matcher(line)
              .results()
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("not understood: " + line));
      Function<Integer, Integer> number = group -> Integer.parseInt(match.group(group));
      return new Line(
          Bbob.of(number.apply(1)).instance(number.apply(2), number.apply(3)),
          Double.parseDouble(match.group(4)),
          Double.parseDouble(match.group(5)),
          Double.parseDouble(match.group(6)),
          Double.parseDouble(match.group(7)));
    }

    @Override
    public String toString() {
      return function.toString();
    }
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyValueIsCocos(Path file) throws IOException {
    List<Line> lines;
    try (Stream<String> text = Files.lines(file)) {
      lines = text.filter(line -> !line.isBlank()).map(Line::parse).toList();
    }

    assertThat(lines).isNotEmpty();
    assertThat(lines.stream().map(line -> line.function.definition()).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Bbob.values());
    for (Line line : lines) {
      BbobFunction f = line.function;
      double[] x = new double[f.dimension()];
      assertClose(line + " at 0", f.value(x), line.atZero);
      for (int i = 0; i < x.length; i++) {
        x[i] = 0.1 * (i + 1);
      }
      assertClose(line + " on the ramp", f.value(x), line.atRamp);
      assertClose(line + " target", f.target(), line.target);
      assertClose(line + " smallest value", f.optimalValue(), line.best);
      assertThat(f.value(f.optimum()))
          .as("%s at its optimum", line)
          .isCloseTo(line.best, within(1e-9));
      replayed++;
    }
  }

  private static void assertClose(String what, double actual, double expected) {
    assertThat(Math.abs(actual - expected) / Math.max(1, Math.abs(expected)))
        .as("%s: %s, expected %s", what, actual, expected)
        .isLessThanOrEqualTo(1e-9);
  }

  @Test
  void thereAreFiles() throws IOException {
    assertThat(files()).isNotEmpty();
  }

  @AfterAll
  static void report() {
    System.out.println("golden: " + replayed + " functions replayed from " + FOLDER);
  }
}
