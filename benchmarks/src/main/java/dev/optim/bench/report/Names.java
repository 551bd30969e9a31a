package dev.optim.bench.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The rule every named list of a report follows: not empty, no blank name, no name twice. */
final class Names {

  private Names() {}

  static <T> void requireDistinct(String argument, List<T> items, Function<T, String> name) {
    if (items.isEmpty()) {
      throw new IllegalArgumentException(argument + " is empty; at least one is needed");
    }
    Set<String> seen = new HashSet<>();
    for (T item : items) {
      if (!seen.add(requireNotBlank(argument, name.apply(item)))) {
        throw new IllegalArgumentException(
            argument + " has the name '" + name.apply(item) + "' twice; names must differ");
      }
    }
  }

  static String requireNotBlank(String argument, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(argument + " has a blank name");
    }
    return name;
  }
}
