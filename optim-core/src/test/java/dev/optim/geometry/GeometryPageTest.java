package dev.optim.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeometryPageTest {

  @Test
  void listsExactlyTheFactories() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "geometry.md"));
    Set<String> listed =
        Pattern.compile("^\\| `((?:ConvexSet|Proximal)\\.\\w+)\\(", Pattern.MULTILINE)
            .matcher(page)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toSet());
    Set<String> factories =
        Stream.of(ConvexSet.class, Proximal.class)
            .flatMap(type -> Stream.of(type.getDeclaredMethods()))
            .filter(method -> Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
            .map(GeometryPageTest::name)
            .collect(Collectors.toSet());
    assertThat(listed).isEqualTo(factories);
  }

  private static String name(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }
}
