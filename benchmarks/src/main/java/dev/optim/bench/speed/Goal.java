package dev.optim.bench.speed;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * One promise on speed. The race is made and run in a JVM of its own, which finds the goal again by
 * its name in {@link Goals}.
 *
 * <pre>{@code
 * Goal.speed("lion-1m", 0.9, "loop of 3 reads and 2 writes", () -> new Race(step, loop))
 *     .per(1e6, "element")
 * }</pre>
 *
 * @param name lower case words and figures joined by "-", the most general first
 * @param against what the subject is compared with, in a few words; empty where with nothing
 * @param bound what is wanted
 * @param units what one call of the subject works on, in units
 * @param unit the unit's name; empty where a call is the unit
 * @param thorough whether a quick run leaves it out
 * @param race makes the two pieces of work
 */
public record Goal(
    String name,
    String against,
    Bound bound,
    double units,
    String unit,
    boolean thorough,
    Supplier<Race> race) {

  /** Checks the parts. */
  public Goal {
    requireNonNull(against, "against");
    requireNonNull(bound, "bound");
    requireNonNull(unit, "unit");
    requireNonNull(race, "race");
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("name is " + name + ", must be words joined by -");
    }
    if (!(units > 0)) {
      throw new IllegalArgumentException("units is " + units + ", must be more than 0");
    }
  }

  /**
   * The subject is to be some times as fast as the reference, or reach some part of its speed.
   *
   * @param name the goal's name
   * @param atLeast the reference's time over the subject's
   * @param against what it is compared with
   * @param race makes the two pieces of work
   * @return the goal
   */
  public static Goal speed(String name, double atLeast, String against, Supplier<Race> race) {
    return of(name, against, new Bound(Bound.Kind.SPEED, atLeast), race);
  }

  /**
   * The subject is to take at most some times as long as the reference.
   *
   * @param name the goal's name
   * @param atMost the subject's time over the reference's
   * @param against what it is compared with
   * @param race makes the two pieces of work
   * @return the goal
   */
  public static Goal cost(String name, double atMost, String against, Supplier<Race> race) {
    return of(name, against, new Bound(Bound.Kind.COST, atMost), race);
  }

  /**
   * The subject is to take at most some nanoseconds a unit.
   *
   * @param name the goal's name
   * @param atMost nanoseconds
   * @param units what one call of the subject works on, in units
   * @param unit the unit's name
   * @param subject makes the work
   * @return the goal
   */
  public static Goal time(
      String name, double atMost, double units, String unit, Supplier<Runnable> subject) {
    return of(name, "", new Bound(Bound.Kind.TIME, atMost), () -> Race.alone(subject.get()))
        .per(units, unit);
  }

  /**
   * A call of the subject is to allocate nothing once it is warm; less than a byte a call on
   * average counts as nothing.
   *
   * @param name the goal's name
   * @param subject makes the work
   * @return the goal
   */
  public static Goal noGarbage(String name, Supplier<Runnable> subject) {
    return of(name, "", new Bound(Bound.Kind.GARBAGE, 1), () -> Race.alone(subject.get()));
  }

  private static Goal of(String name, String against, Bound bound, Supplier<Race> race) {
    return new Goal(name, against, bound, 1, "", false, race);
  }

  /**
   * With the figure per unit of work, in nanoseconds, where a call in milliseconds says little.
   *
   * @param units what one call of the subject works on, in units
   * @param unit the unit's name
   * @return a new goal
   */
  public Goal per(double units, String unit) {
    return new Goal(name, against, bound, units, unit, thorough, race);
  }

  /**
   * Left out of quick runs: its race takes long to make, or another goal says nearly the same.
   *
   * @return a new goal
   */
  public Goal thoroughOnly() {
    return new Goal(name, against, bound, units, unit, true, race);
  }

  /** The unit of the figure. */
  String figureUnit() {
    if (bound.kind() == Bound.Kind.GARBAGE) {
      return "B/call";
    }
    return unit.isEmpty() ? "ms" : "ns/" + unit;
  }

  /** A call's time in the unit of the figure. */
  double inUnit(double nanos) {
    return unit.isEmpty() ? nanos * 1e-6 : nanos / units;
  }

  /** What is wanted, in words. */
  String wanted() {
    return bound.relative() ? bound.toString() : bound + " " + figureUnit();
  }

  /**
   * Whether a user means this goal.
   *
   * @param asked the name, or the words it begins with, upper and lower case alike
   * @return true also where only the first words agree
   */
  public boolean isCalled(String asked) {
    return (name + "-").startsWith(asked.toLowerCase(Locale.ROOT) + "-");
  }

  /**
   * The goal in one line.
   *
   * @return name, bound, reference
   */
  public String inWords() {
    String line =
        "%-28s %-18s %s".formatted(name, wanted(), against.isEmpty() ? "" : "against " + against);
    return line.stripTrailing();
  }
}
