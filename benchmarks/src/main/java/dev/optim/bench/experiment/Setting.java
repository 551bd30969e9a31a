package dev.optim.bench.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The hyper-parameters of a run, by name.
 *
 * @param values the value of every range of the method, in the method's order
 */
public record Setting(Map<String, Double> values) {

  /** Copies the map. */
  public Setting {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The value of a hyper-parameter.
   *
   * @param name a range of the method
   * @return its value
   * @throws IllegalArgumentException if the method has no such range
   */
  public double get(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no '" + name + "' among " + values.keySet());
    }
    return value;
  }

  /**
   * The value of a hyper-parameter that counts something.
   *
   * @param name a range of the method
   * @return its value
   * @throws IllegalArgumentException if the method has no such range, or the value is no whole
   *     number
   */
  public int count(String name) {
    double value = get(name);
    if (value != (int) value) {
      throw new IllegalArgumentException(name + " is " + value + ", must be a whole number");
    }
    return (int) value;
  }

  /** The setting in words, e.g. "step size 0.0316, momentum 0.9". */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + " " + text(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** A number as it would be typed. */
  static String text(double value) {
    return value == (int) value ? Integer.toString((int) value) : Double.toString(value);
  }
}
