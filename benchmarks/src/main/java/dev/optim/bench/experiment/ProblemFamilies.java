package dev.optim.bench.experiment;

import dev.optim.DifferentiableObjective;
import dev.optim.Objective;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.problem.bbob.BbobProblems;
import dev.optim.bench.problem.global.GlobalFunction;
import dev.optim.bench.problem.leastsquares.MoreWild;
import dev.optim.bench.problem.leastsquares.MoreWildProblems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Problems with known answers that are too many to be listed: made when they are asked for by name.
 */
public final class ProblemFamilies {

  /** A problem of each family: every other name has the form of one of these. */
  static final List<String> EXAMPLES = List.of("bbob-f8-i2-d10", "mw-bard-3", "ackley-d10");

  /** Problems that other libraries bring. */
  private static final Map<String, String> PEERS =
      Map.of(
          "digits-cnn",
          "it comes with ./optim --peers",
          "fashion-cnn",
          "it comes with ./optim --peers and --data DIR, the folder of Fashion-MNIST's files");

  private ProblemFamilies() {}

  /**
   * Why there is no problem of a name that looks as if there were.
   *
   * @param name any name
   * @return what is wrong with it, and what there is; empty if it is like none of the families'
   */
  static Optional<String> complaint(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("mw-")) {
      List<String> members = MoreWild.all().stream().map(MoreWild::name).toList();
      return Optional.of("did you mean " + new Names("problem", members).nearest(name) + "?");
    }
    if (withData().containsKey(lower)) {
      return Optional.of("it comes with --data DIR, a folder with mnist or fashion-mnist in it");
    }
    return Optional.ofNullable(PEERS.get(lower)).or(() -> BbobProblems.complaint(name));
  }

  /**
   * The families, with the form of their names.
   *
   * @return what each is, by the names a user may give
   */
  public static Map<String, String> forms() {
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put(EXAMPLES.get(0), "f8 of BBOB, instance 2, in 10 variables; bbob-d10: all 24");
    forms.put(EXAMPLES.get(1), "one of More and Wild's 53 least squares; more-wild: all");
    forms.put(EXAMPLES.get(2), "a global function in 10 variables; global-d10: all ten");
    forms.put("...-gradient", "the same of BBOB or of More and Wild, with its gradient");
    forms.put("...-ranking", "the same of BBOB, by rankings");
    return forms;
  }

  /**
   * The problems whose data does not ship.
   *
   * @return what each is, by its name
   */
  public static Map<String, String> withData() {
    Map<String, String> problems = new LinkedHashMap<>();
    problems.put("mnist-softmax", "softmax regression on MNIST, 7,850 variables, convex");
    problems.put("mnist-mlp", "a 784-128-10 network on MNIST, 101,770 variables");
    problems.put("fashion-softmax", "softmax regression on Fashion-MNIST, 7,850 variables, convex");
    return problems;
  }

  /**
   * Replaces the names of families by those of their problems.
   *
   * @param names any names
   * @return the names of problems, and those that are not of a family as they are
   */
  public static List<String> expand(Collection<String> names) {
    List<String> expanded = new ArrayList<>();
    for (String name : names) {
      List<String> members =
          tracks(List.of(name)).stream()
              .flatMap(track -> track.problems().stream().map(Problem::name))
              .toList();
      expanded.addAll(members.isEmpty() ? List.of(name) : members);
    }
    return expanded.stream().distinct().toList();
  }

  /**
   * The problems of some names, with the methods that can take them.
   *
   * @param names any names
   * @return tracks of the problems that belong to a family, each once; none for other names
   */
  public static List<Track<?>> tracks(Collection<String> names) {
    return Stream.<Track<?>>of(
            new Track<>(named(names, ProblemFamilies::values), FamilyMethods.valueMethods()),
            new Track<>(named(names, ProblemFamilies::gradients), Catalogue.gradientMethods()),
            new Track<>(named(names, BbobProblems::rankings), FamilyMethods.rankingMethods()))
        .filter(track -> !track.problems().isEmpty())
        .toList();
  }

  private static List<Problem<Objective>> values(String name) {
    return Stream.of(
            BbobProblems.values(name), MoreWildProblems.values(name), GlobalFunction.problems(name))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Problem<DifferentiableObjective>> gradients(String name) {
    return Stream.of(BbobProblems.gradients(name), MoreWildProblems.gradients(name))
        .flatMap(List::stream)
        .toList();
  }

  private static <P> List<Problem<P>> named(
      Collection<String> names, Function<String, List<Problem<P>>> family) {
    Map<String, Problem<P>> problems = new LinkedHashMap<>();
    for (String name : names) {
      family.apply(name).forEach(problem -> problems.putIfAbsent(problem.name(), problem));
    }
    return List.copyOf(problems.values());
  }
}
