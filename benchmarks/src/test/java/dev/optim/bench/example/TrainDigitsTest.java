package dev.optim.bench.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.bench.problem.Problems;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainDigitsTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void learnsAndGoesOnWhereItWasStopped(@TempDir Path dir) throws Exception {
    double[] whole = TrainDigits.train(dir.resolve("whole.safetensors"), 6, out);
    assertThat(text().lines()).hasSize(6);
    double accuracy = Double.parseDouble(text().lines().toList().get(5).replaceAll(".* ", ""));
    assertThat(accuracy).isGreaterThan(0.93);

    Path file = dir.resolve("stopped.safetensors");
    TrainDigits.train(file, 2, out);
    double[] resumed = TrainDigits.train(file, 6, out);
    assertThat(text()).contains("going on after epoch 2");
    assertThat(resumed).isEqualTo(whole);
    assertThat(Files.readAllBytes(file))
        .isEqualTo(Files.readAllBytes(dir.resolve("whole.safetensors")));
  }

  @Test
  void theFiguresOfARule() {
    RulesOnDigits.Figures figures = RulesOnDigits.figures("lion", Problems.digitsSoftmax());
    assertThat(figures.loss()).isBetween(0.01, 0.3);
    assertThat(figures.accuracy()).isBetween(0.9, 1.0);
    assertThat(figures.stepSize()).isBetween(1e-4, 0.1);
    assertThat(RulesOnDigits.figures("sam-momentum", Problems.digitsSoftmax()).accuracy())
        .isBetween(0.9, 1.0);
    assertThatThrownBy(() -> RulesOnDigits.print(List.of("lyon"), Problems.digitsSoftmax(), out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lyon");
  }

  /** Where this fails, starts or batches are others now, and all figures on digits out of date. */
  @Test
  void thePageHasTheFiguresOfToday() throws Exception {
    RulesOnDigits.Figures figures = RulesOnDigits.figures("momentum", 0.3, Problems.digitsMlp());
    assertThat(Path.of("../docs/algorithms/README.md")).content().contains(figures.row("momentum"));
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
