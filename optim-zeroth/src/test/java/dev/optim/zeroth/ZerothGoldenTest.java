package dev.optim.zeroth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.optim.testing.GoldenFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the authors' own code made of recorded random numbers, replayed. */
class ZerothGoldenTest {

  private static final GoldenFiles FILES = GoldenFiles.of("zeroth", 17);

  private static final Map<String, Consumer<JsonNode>> KINDS =
      Map.ofEntries(
          Map.entry("alpha_ess", CboReplays::effectiveSampleSize),
          Map.entry("cbo_consensus", CboReplays::consensus),
          Map.entry("polar_consensus", CboReplays::polarised),
          Map.entry("cbo_traces", CboReplays::traces),
          Map.entry("cbo_adam_traces", CboReplays::traces),
          Map.entry("cbo_heaviside_traces", CboReplays::traces),
          Map.entry("cbo_memory_traces", CboReplays::traces),
          Map.entry("cbo_minibatch_traces", CboReplays::traces),
          Map.entry("cbs_traces", CboReplays::traces),
          Map.entry("cbo_riedl_matlab_traces", CboReplays::riedl),
          Map.entry("zo_rank_estimator", RankReplays::estimator),
          Map.entry("zo_rank_official_traces", RankReplays::officialTraces),
          Map.entry("zo_rank_paper_traces", RankReplays::paperTraces));

  /** Figures, not traces: other tests compare with them. */
  private static final Set<String> FIGURES =
      Set.of("cbo_success_rates", "cbxpy_timing", "zo_rank_moments", "zo_rank_success");

  static List<Path> files() {
    return FILES.all().stream().filter(file -> !FIGURES.contains(kind(file))).toList();
  }

  @AfterAll
  static void report() {
    FILES.report();
  }

  @ParameterizedTest
  @MethodSource("files")
  void replays(Path file) {
    String kind = kind(file);
    assertThat(KINDS).as("kinds of golden files").containsKey(kind);

    KINDS.get(kind).accept(Golden.read(file));

    FILES.replayed(file);
  }

  private static String kind(Path file) {
    return file.getFileName().toString().replace(".json", "");
  }
}
