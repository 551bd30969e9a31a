package dev.optim.bench.experiment;

import static java.util.Objects.requireNonNull;

import dev.optim.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.hipparchus.random.HaltonSequenceGenerator;

/**
 * A method of the comparison, and what its hyper-parameters may be. Every method gets the same
 * number of settings to choose from, whatever its ranges, so that tuning costs all the same.
 *
 * @param <P> what the method needs to know of a problem
 * @param name the name on the command line and in the report
 * @param summary what it is, in one line, with the hyper-parameters that are not tuned
 * @param ranges what the others may be; none, or only fixed ones, where nothing is tuned
 * @param of makes the method with a setting
 */
public record Method<P>(
    String name, String summary, List<Range> ranges, Function<Setting, Optimizer<? super P>> of) {

  /** Checks the arguments and copies the list. */
  public Method {
    requireNonNull(name, "name");
    requireNonNull(summary, "summary");
    requireNonNull(of, "of");
    ranges = List.copyOf(ranges);
  }

  /**
   * A method without anything to tune.
   *
   * @param <P> what the method needs to know of a problem
   * @param name the name on the command line and in the report
   * @param summary what it is, in one line
   * @param optimizer the method
   * @return the method
   */
  public static <P> Method<P> of(String name, String summary, Optimizer<? super P> optimizer) {
    return new Method<>(name, summary, List.of(), setting -> optimizer);
  }

  /**
   * A method with one hyper-parameter to tune.
   *
   * @param <P> what the method needs to know of a problem
   * @param name the name on the command line and in the report
   * @param summary what it is, in one line
   * @param range what the hyper-parameter may be
   * @param of makes the method with a value of it
   * @return the method
   */
  public static <P> Method<P> of(
      String name, String summary, Range range, DoubleFunction<Optimizer<? super P>> of) {
    return new Method<>(
        name, summary, List.of(range), setting -> of.apply(setting.get(range.name())));
  }

  /** Whether there is a hyper-parameter of this name. */
  boolean has(String hyperparameter) {
    return ranges.stream().anyMatch(range -> range.name().equalsIgnoreCase(hyperparameter));
  }

  /** The same method with another range for one of its hyper-parameters. */
  Method<P> with(Range other) {
    return new Method<>(
        name,
        summary,
        ranges.stream()
            .map(
                range -> range.name().equalsIgnoreCase(other.name()) ? range.between(other) : range)
            .toList(),
        of);
  }

  /** Whether there is anything to choose. */
  boolean isTuned() {
    return ranges.stream().anyMatch(range -> !range.isFixed());
  }

  /**
   * Settings spread evenly over the ranges: points of a Halton sequence, one dimension for each
   * range that is not fixed. The sequence is the same for every method.
   *
   * @param from the index of the first point
   * @param count how many; 1 is enough where nothing is tuned
   */
  List<Setting> settings(int from, int count) {
    int searched = (int) ranges.stream().filter(range -> !range.isFixed()).count();
    if (searched == 0) {
      return List.of(setting(new double[0]));
    }
    HaltonSequenceGenerator halton = new HaltonSequenceGenerator(searched);
    List<Setting> settings = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      settings.add(setting(halton.skipTo(1 + i))); // its point 0 is the corner of the ranges
    }
    return settings;
  }

  private Setting setting(double[] positions) {
    Map<String, Double> values = new LinkedHashMap<>();
    int next = 0;
    for (Range range : ranges) {
      values.put(range.name(), range.at(range.isFixed() ? 0 : positions[next++]));
    }
    return new Setting(values);
  }
}
