package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.update.UpdateRule;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A rule that is not on the list, and so not tested, cannot land. */
class RulesTest {

  @Test
  void everyRuleOfTheModuleIsOnTheList() throws IOException, URISyntaxException {
    Path root = Path.of(AdamW.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> rules;
    try (Stream<Path> files = Files.list(root.resolve("dev/optim/sgd"))) {
      rules =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".class") && !name.contains("$"))
              .map(name -> "dev.optim.sgd." + name.substring(0, name.length() - 6))
              .filter(RulesTest::isRule)
              .toList();
    }
    assertThat(rules).contains(AdamW.class.getName());
    assertThat(rules)
        .isSubsetOf(
            Rules.all().stream()
                .map(named -> named.rule().getClass().getName())
                .collect(Collectors.toSet()));
  }

  private static boolean isRule(String name) {
    try {
      Class<?> type = Class.forName(name);
      return UpdateRule.class.isAssignableFrom(type) && type.isRecord();
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
