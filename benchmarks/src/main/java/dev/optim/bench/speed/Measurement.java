package dev.optim.bench.speed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a goal.
 *
 * @param name the goal's name
 * @param figure what the subject took, in the unit; null if the race failed
 * @param unit the figure's unit
 * @param ratio the ratio to the reference; null without one, or if the race failed
 * @param error half the width of the 95 % interval of what is bounded, the ratio or the figure
 * @param against what the subject is compared with; null where with nothing
 * @param goal what is wanted
 * @param met whether it was met
 * @param failure why there is no figure, such as "unsteady, 2.76 \u00b1 1.75"; left out otherwise
 */
@JsonPropertyOrder({
  "name", "figure", "unit", "ratio", "error", "against", "goal", "met", "failure"
})
public record Measurement(
    String name,
    @Nullable Double figure,
    String unit,
    @Nullable Double ratio,
    @Nullable Double error,
    @Nullable String against,
    String goal,
    boolean met,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String failure) {

  /**
   * The part of a time or ratio that its error may be: more, and it is not a figure but noise, or a
   * race that went on changing.
   */
  private static final double UNSTEADY = 0.15;

  private static final String UNSTEADY_WORD = "unsteady";

  /**
   * Readings of one fork, an element for each iteration.
   *
   * @param settled whether its warm-up came to its end by itself
   */
  record Fork(double[] subject, double[] speed, double[] bytes, boolean settled) {}

  /** Holds readings against the goal; what is not steady has no figure. */
  static Measurement of(Goal goal, List<Fork> forks) {
    Bound bound = goal.bound();
    List<double[]> figures =
        bound.kind() == Bound.Kind.GARBAGE
            ? forks.stream().map(Fork::bytes).toList()
            : forks.stream().map(fork -> inUnit(goal, fork.subject)).toList();
    List<double[]> bounded =
        bound.relative() ? forks.stream().map(fork -> ratios(bound, fork)).toList() : figures;
    double measured = Statistics.medianOf(bounded);
    double error = Statistics.error(bounded);
    boolean settled = forks.stream().allMatch(Fork::settled);
    boolean noise = bound.kind() != Bound.Kind.GARBAGE && !(error <= UNSTEADY * measured);
    if (!settled || noise) {
      return failed(goal, unsteady(goal, measured, error, settled));
    }
    return new Measurement(
        goal.name(),
        Statistics.medianOf(figures),
        goal.figureUnit(),
        bound.relative() ? measured : null,
        error,
        goal.against().isEmpty() ? null : goal.against(),
        goal.wanted(),
        bound.met(measured),
        null);
  }

  private static String unsteady(Goal goal, double measured, double error, boolean settled) {
    String unit = goal.bound().relative() ? "" : " " + goal.figureUnit();
    String readings =
        String.format(Locale.ROOT, UNSTEADY_WORD + ", %.3g \u00b1 %.2g%s", measured, error, unit);
    return settled ? readings : readings + " before it had settled";
  }

  /** Whether it has no figure because the readings differ too much. */
  public boolean unsteady() {
    return failure != null && failure.startsWith(UNSTEADY_WORD);
  }

  /** A goal whose race threw. */
  static Measurement failed(Goal goal, String failure) {
    String against = goal.against().isEmpty() ? null : goal.against();
    return new Measurement(
        goal.name(), null, goal.figureUnit(), null, null, against, goal.wanted(), false, failure);
  }

  private static double[] inUnit(Goal goal, double[] nanos) {
    return Arrays.stream(nanos).map(goal::inUnit).toArray();
  }

  private static double[] ratios(Bound bound, Fork fork) {
    return Arrays.stream(fork.speed).map(speed -> bound.ratio(1, speed)).toArray();
  }

  /**
   * In one line.
   *
   * @return name, figure, ratio, goal, outcome
   */
  public String line() {
    if (failure != null) {
      return "%-30s %s".formatted(name, unsteady() ? failure : "failed: " + failure);
    }
    String comparison =
        ratio == null ? "" : String.format(Locale.ROOT, "%.2f \u00b1 %.2f", ratio, error);
    return String.format(
            Locale.ROOT,
            "%-30s %10.4g %-12s %-15s %-20s %-7s %s",
            name,
            figure,
            unit,
            comparison,
            goal,
            met ? "met" : "missed",
            against == null ? "" : "against " + against)
        .stripTrailing();
  }

  /**
   * A table, as the page on speed has it.
   *
   * @param outcomes its rows
   * @return Markdown
   */
  public static String markdown(List<Measurement> outcomes) {
    StringBuilder table =
        new StringBuilder(
            "| goal | against | wanted | ratio or figure | |\n|---|---|---|---|---|\n");
    for (Measurement each : outcomes) {
      String goal = each.goal.replace(">=", "\u2265").replace("<=", "\u2264");
      String against = each.against == null ? "" : each.against;
      String row = "| `%s` | %s | %s | %s | %s |\n";
      table.append(row.formatted(each.name, against, goal, each.reading(), each.verdict()));
    }
    return table.toString();
  }

  private String reading() {
    if (failure != null) {
      return failure;
    }
    return ratio == null
        ? String.format(Locale.ROOT, "%.3g %s", figure, unit)
        : String.format(Locale.ROOT, "%.2f \u00b1 %.2f", ratio, error);
  }

  private String verdict() {
    return failure != null ? "" : met ? "met" : "missed";
  }
}
