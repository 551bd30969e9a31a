package dev.optim.bench.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The names a user may give, upper and lower case alike. */
record Names(String kind, List<String> known) {

  /** Whether a name is among those asked for; all are where none is asked for. */
  static boolean asked(Collection<String> asked, String name) {
    return asked.isEmpty() || asked.stream().anyMatch(name::equalsIgnoreCase);
  }

  /** What is wrong with the names asked for. */
  Optional<String> complaint(Collection<String> asked) {
    return asked.stream()
        .filter(name -> known.stream().noneMatch(name::equalsIgnoreCase))
        .findFirst()
        .map(
            name ->
                "unknown %s '%s'; did you mean %s? There are %s"
                    .formatted(kind, name, nearest(name), String.join(", ", known)));
  }

  /** The known name with the fewest letters changed. */
  String nearest(String name) {
    return known.stream()
        .min(Comparator.comparingInt(other -> distance(name, other)))
        .orElseThrow();
  }

  /** Levenshtein's distance: the letters to insert, delete or replace. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
