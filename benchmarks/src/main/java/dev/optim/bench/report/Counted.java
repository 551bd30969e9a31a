package dev.optim.bench.report;

/** Numbers of things, in words. */
public final class Counted {

  private Counted() {}

  /**
   * A number of things.
   *
   * @param number how many
   * @param thing one of them, a word that takes an s
   * @return e.g. "1 run" or "40 runs"
   */
  public static String of(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
