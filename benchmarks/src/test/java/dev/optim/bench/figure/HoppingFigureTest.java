package dev.optim.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HoppingFigureTest {

  /** The figure of the documentation is what the program draws. */
  @Test
  void theFigureIsUpToDate() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("LICENSE"))) {
      here = here.getParent();
    }

    assertThat(here.resolve("docs/images/hopping.svg")).content().isEqualTo(HoppingFigure.svg());
  }
}
