package dev.optim.bilevel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.optim.testing.GoldenFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method replays what its authors' code, or an independent implementation, computed. */
class BilevelGoldenTest {

  private static final GoldenFiles FILES = GoldenFiles.of("bilevel", 9);

  private static final Map<String, Consumer<JsonNode>> KINDS =
      Map.of(
          "lvhba-llc", LvHbaGolden::llc,
          "lvhba-llsc", LvHbaGolden::llsc,
          "lvhba-inequality", LvHbaGolden::inequality,
          "first-order-penalty (Kwon et al.)", PenaltyGolden::replay,
          "implicit-differentiation", ImplicitGolden::replay);

  static List<Path> files() {
    return FILES.all();
  }

  @AfterAll
  static void report() {
    FILES.report();
  }

  @ParameterizedTest
  @MethodSource("files")
  void replays(Path file) {
    JsonNode json = GoldenMath.read(file);
    String kind = json.get("kind").asText();
    assertThat(KINDS.keySet()).as("kinds of golden files").contains(kind);
    KINDS.get(kind).accept(json);
    FILES.replayed(file);
  }
}
