package dev.optim.bench.cli;

import dev.optim.bench.experiment.Range;
import dev.optim.bench.experiment.Request;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code --range 'Adam.step size=1e-4..1e-1'}. */
final class RangeOption {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<optimizer>[^.=]+)\\.(?<name>[^=]+)="
              + "\\s*(?:(?:(?<linear>linear)\\s+)?(?<low>\\S+?)\\.\\.(?<high>\\S+)"
              + "|(?<value>\\S+))\\s*");

  private RangeOption() {}

  /**
   * Reads it.
   *
   * @param text OPTIMIZER.NAME=LOW..HIGH, OPTIMIZER.NAME=linear LOW..HIGH or OPTIMIZER.NAME=VALUE
   * @throws IllegalArgumentException if it is nothing of the kind
   */
  static Request.Ranged parse(String text) {
    String where = "--range '" + text + "': ";
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw malformed(where);
    }
    Request.Name optimizer = new Request.Name(matcher.group("optimizer").strip(), where);
    return new Request.Ranged(optimizer, range(matcher, where), where);
  }

  private static Range range(Matcher matcher, String where) {
    String name = matcher.group("name").strip();
    if (matcher.group("value") != null) {
      double value = number(matcher.group("value"), where);
      return Range.fixed(name, value);
    }
    double low = number(matcher.group("low"), where);
    double high = number(matcher.group("high"), where);
    boolean linear = matcher.group("linear") != null;
    try {
      return new Range(name, low, high, linear ? Range.Scale.LINEAR : Range.Scale.LOG);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          where + e.getMessage() + (linear || low > 0 ? "" : ", or 'linear'"), e);
    }
  }

  private static double number(String text, String where) {
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw malformed(where);
  }

  private static IllegalArgumentException malformed(String where) {
    return new IllegalArgumentException(
        where
            + "must be like 'Adam.step size=1e-4..1e-1', 'Adam.step size=linear 0.01..0.1' or"
            + " 'Adam.batch size=32'");
  }
}
