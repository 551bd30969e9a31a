package dev.optim.bench.problem.bbob;

import dev.optim.DifferentiableObjective;
import dev.optim.Objective;
import dev.optim.RankingOracle;
import dev.optim.Start;
import dev.optim.bench.problem.BestSeen;
import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.problem.KnownMinimum;
import dev.optim.bench.problem.Problem;
import dev.optim.update.Parameters;
import dev.optim.zeroth.Rankings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The suite's functions as problems of the comparison, by name: {@code bbob-f8-i2-d10} is instance
 * 2 of f8 in 10 variables, {@code bbob-f8-d10} instance 1, {@code bbob-d10} all 24. With {@code
 * -gradient} behind it they offer the gradient too, with {@code -ranking} nothing but which of
 * several points is the best.
 *
 * <p>Runs start anywhere in [-5, 5]^n. As in COCO, what counts is the best of all values a method
 * was told, or of all points it showed, measured from the smallest there is.
 */
public final class BbobProblems {

  private static final Pattern NAME =
      Pattern.compile(
          "bbob(?:-f(?<number>\\d{1,2}))?(?:-i(?<instance>\\d{1,4}))?-d(?<dimension>\\d{1,3})"
              + "(?<offer>-gradient|-ranking|)",
          Pattern.CASE_INSENSITIVE);
  private static final String GRADIENT = "-gradient";
  private static final String RANKING = "-ranking";
  private static final int LARGEST_DIMENSION = 320;
  private static final int VALUES_A_VARIABLE = 1000;
  private static final int GRADIENTS = 2000;
  private static final int RANKINGS_A_VARIABLE = 100;
  private static final int POINTS = 500;

  private BbobProblems() {}

  /**
   * The problems of a name that offer values only: 1,000 of them for each variable.
   *
   * @param name any name
   * @return one problem or all of a dimension; none if the name is not of this family
   */
  public static List<Problem<Objective>> values(String name) {
    return named(name, "").map(BbobProblems::values).toList();
  }

  /**
   * The problems of a name that offer the gradient: 2,000 of them.
   *
   * @param name any name
   * @return one problem or all of a dimension that have a gradient; none if the name is not of this
   *     family
   */
  public static List<Problem<DifferentiableObjective>> gradients(String name) {
    return named(name, GRADIENT)
        .filter(BbobFunction.Differentiable.class::isInstance)
        .map(f -> gradients((BbobFunction.Differentiable) f))
        .toList();
  }

  /**
   * The problems of a name that offer rankings only: 100 of them for each variable.
   *
   * @param name any name
   * @return one problem or all of a dimension; none if the name is not of this family
   */
  public static List<Problem<RankingOracle>> rankings(String name) {
    return named(name, RANKING).map(BbobProblems::rankings).toList();
  }

  /**
   * The function of a problem that offers values only.
   *
   * @param name any name
   * @return the function; empty if this is not the name of one such problem
   */
  public static Optional<BbobFunction> function(String name) {
    List<BbobFunction> functions = named(name, "").toList();
    return functions.size() == 1 ? Optional.of(functions.get(0)) : Optional.empty();
  }

  /**
   * What is wrong with a name that was meant for this family.
   *
   * @param name any name
   * @return why there is no such problem; empty if there is, or the name begins otherwise
   */
  public static Optional<String> complaint(String name) {
    if (!name.toLowerCase(Locale.ROOT).startsWith("bbob") || name.indexOf('*') >= 0) {
      return Optional.empty();
    }
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.of("BBOB's are named like bbob-f8-i2-d10, bbob-f8-d10 or bbob-d10");
    }
    String given = matcher.group("number");
    int dimension = number(matcher, "dimension");
    if (given != null
        && Stream.of(Bbob.values()).noneMatch(f -> f.number() == Integer.parseInt(given))) {
      return Optional.of("BBOB's functions are f1 to f" + Bbob.values().length);
    }
    if (dimension < 2 || dimension > LARGEST_DIMENSION) {
      return Optional.of("BBOB's dimensions are d2 to d" + LARGEST_DIMENSION);
    }
    if (named(name, matcher.group("offer")).findAny().isEmpty()) {
      return Optional.of("BBOB's instances begin with i1");
    }
    boolean withoutGradient =
        matcher.group("offer").equalsIgnoreCase(GRADIENT) && gradients(name).isEmpty();
    return withoutGradient
        ? Optional.of("BBOB's f" + given + " offers no gradient")
        : Optional.empty();
  }

  private static Stream<BbobFunction> named(String name, String offer) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches() || !matcher.group("offer").equalsIgnoreCase(offer)) {
      return Stream.empty();
    }
    int instance = matcher.group("instance") == null ? 1 : number(matcher, "instance");
    int dimension = number(matcher, "dimension");
    if (instance < 1 || dimension < 2 || dimension > LARGEST_DIMENSION) {
      return Stream.empty();
    }
    return Stream.of(Bbob.values())
        .filter(
            definition ->
                matcher.group("number") == null || definition.number() == number(matcher, "number"))
        .map(definition -> definition.instance(instance, dimension));
  }

  private static int number(Matcher matcher, String group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static Problem<Objective> values(BbobFunction f) {
    Budget budget = new Budget(CostUnit.VALUES, (long) VALUES_A_VARIABLE * f.dimension(), POINTS);
    return problem(f, "", "", budget, seen -> seen.watching((Objective) f));
  }

  private static Problem<DifferentiableObjective> gradients(BbobFunction.Differentiable f) {
    Budget budget = new Budget(CostUnit.GRADIENTS, GRADIENTS, POINTS);
    return problem(
        f,
        GRADIENT,
        ", with its gradient",
        budget,
        seen -> seen.watching((DifferentiableObjective) f));
  }

  private static Problem<RankingOracle> rankings(BbobFunction f) {
    int rankings = RANKINGS_A_VARIABLE * f.dimension();
    Budget budget = new Budget(CostUnit.RANKINGS, rankings, Math.min(rankings, POINTS));
    return problem(
        f,
        RANKING,
        ", by rankings",
        budget,
        seen -> Rankings.byValue(seen.watching((Objective) f)));
  }

  private static <P> Problem<P> problem(
      BbobFunction f, String suffix, String offer, Budget budget, Function<BestSeen, P> oracle) {
    String what =
        "f%d of BBOB, %s, in %d variables, instance %d%s"
            .formatted(
                f.definition().number(),
                f.definition().title(),
                f.dimension(),
                f.instance(),
                offer);
    KnownMinimum minimum = new KnownMinimum(f.optimum(), f.optimalValue());
    return new Problem<P>(
            f + suffix,
            what,
            what
                + ": COCO's function, exactly. Starts anywhere in [-5, 5]^n; the best of all values the"
                + " method was told counts, measured from the smallest there is. COCO takes it for"
                + " solved at 1e-8.",
            Parameters.vector(f.dimension()),
            Start.uniform(f.dimension(), -5, 5),
            budget,
            KnownMinimum.METRICS,
            () -> {
              BestSeen seen = new BestSeen();
              return new Problem.Instance<>(oracle.apply(seen), minimum.measurement(f, seen));
            })
        .withLowest(0);
  }
}
