package dev.optim.bench.experiment;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The names a user may give, upper and lower case alike. A {@code *} stands for any letters.
 *
 * @param kind what is named, for complaints, e.g. "problem"
 * @param known the names there are, at least one
 */
public record Names(String kind, List<String> known) {

  /** Copies the list. */
  public Names {
    known = List.copyOf(known);
  }

  /**
   * Whether a name is among those asked for.
   *
   * @param asked what the user wrote; empty for everything
   * @param name a name there is
   * @return whether it is meant
   */
  public static boolean asked(Collection<String> asked, String name) {
    return asked.isEmpty() || asked.stream().anyMatch(pattern -> matches(pattern, name));
  }

  /**
   * What is wrong with the names asked for.
   *
   * @param asked what the user wrote
   * @return a sentence about the first name that is none, with the nearest there is; empty if all
   *     are known
   */
  public Optional<String> complaint(Collection<String> asked) {
    return asked.stream()
        .filter(pattern -> known.stream().noneMatch(name -> matches(pattern, name)))
        .findFirst()
        .map(
            name ->
                "unknown %s '%s'; did you mean %s? There are %s"
                    .formatted(kind, name, nearest(name), String.join(", ", known)));
  }

  private static boolean matches(String pattern, String name) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equalsIgnoreCase(name);
    }
    // the text before the first star, then the rest at any later place
    String rest = pattern.substring(star + 1);
    if (!name.regionMatches(true, 0, pattern, 0, star)) {
      return false;
    }
    for (int i = star; i <= name.length(); i++) {
      if (matches(rest, name.substring(i))) {
        return true;
      }
    }
    return false;
  }

  /**
   * What was probably meant.
   *
   * @param name a name that is not known
   * @return the first known name that begins so, or else the one with the fewest letters changed
   */
  public String nearest(String name) {
    return known.stream()
        .filter(other -> other.regionMatches(true, 0, name, 0, name.length()))
        .findFirst()
        .orElseGet(
            () ->
                known.stream()
                    .min(Comparator.comparingInt(other -> distance(name, other)))
                    .orElseThrow());
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
