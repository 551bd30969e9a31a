package dev.optim.bench.experiment;

import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What somebody wants compared, by names, as a file or a command line says it. What is not said is
 * empty and left as it is.
 *
 * @param title the heading of the report
 * @param problems which problems; all where it is empty
 * @param optimizers which optimizers; all where it is empty
 * @param ranges what hyper-parameters may be instead of their own; of two for the same one the
 *     later
 * @param seeds how many runs count
 * @param studies how often hyper-parameters are chosen
 * @param trials how many settings a study tries
 * @param timeLimit what a run may take
 * @param targets parts of the way still to go
 * @param budgets what a run may spend on problems that are counted in a unit
 * @param parts by how many the budgets are divided, 1 for whole ones
 */
public record Request(
    Optional<String> title,
    List<Name> problems,
    List<Name> optimizers,
    List<Ranged> ranges,
    Optional<Integer> seeds,
    Optional<Integer> studies,
    Optional<Integer> trials,
    Optional<Duration> timeLimit,
    List<Double> targets,
    Map<CostUnit, Long> budgets,
    int parts) {

  /** Nothing in particular. */
  public static final Request EVERYTHING =
      new Request(
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Map.of(),
          1);

  /**
   * A name somebody wrote; a {@code *} in it stands for any letters.
   *
   * @param text the name
   * @param where it was written, to begin a complaint with; may be empty
   */
  public record Name(String text, String where) {

    /** Another name in the same place. */
    private Name of(String other) {
      return new Name(other, where);
    }
  }

  /**
   * What a hyper-parameter of an optimizer may be.
   *
   * @param optimizer whose hyper-parameter; it need not take part
   * @param range the range that replaces the optimizer's own
   * @param where it was written, to begin a complaint with; may be empty
   */
  public record Ranged(Name optimizer, Range range, String where) {

    /**
     * Whether a method has this hyper-parameter.
     *
     * @param method any method
     * @return whether the range replaces one of the method's
     */
    public boolean concerns(Method<?> method) {
      return Names.asked(List.of(optimizer.text), method.name()) && method.has(range.name());
    }
  }

  /**
   * This request, and for what it does not say another one; budgets unit by unit, ranges
   * hyper-parameter by hyper-parameter.
   *
   * @param base asked second
   * @return both together
   */
  public Request orElse(Request base) {
    Map<CostUnit, Long> both = new LinkedHashMap<>(base.budgets);
    both.putAll(budgets);
    return new Request(
        title.or(base::title),
        problems.isEmpty() ? base.problems : problems,
        optimizers.isEmpty() ? base.optimizers : optimizers,
        Stream.concat(base.ranges.stream(), ranges.stream()).toList(),
        seeds.or(base::seeds),
        studies.or(base::studies),
        trials.or(base::trials),
        timeLimit.or(base::timeLimit),
        targets.isEmpty() ? base.targets : targets,
        both,
        parts * base.parts);
  }

  /**
   * The same with some tracks more.
   *
   * @param tracks whose problems, and whose methods, are asked for as well
   * @return a new request
   */
  public Request including(List<Track<?>> tracks) {
    List<Name> more = new ArrayList<>(problems);
    problems(tracks).forEach(name -> more.add(new Name(name, "")));
    List<Name> methods = new ArrayList<>(optimizers);
    if (!methods.isEmpty()) {
      methods(tracks).stream()
          .filter(name -> !isAsked(name))
          .forEach(name -> methods.add(new Name(name, "")));
    }
    return new Request(
        title,
        List.copyOf(more),
        List.copyOf(methods),
        ranges,
        seeds,
        studies,
        trials,
        timeLimit,
        targets,
        budgets,
        parts);
  }

  /**
   * Finds what is named.
   *
   * @param catalogue what there is, beside the {@link ProblemFamilies}
   * @return the experiment
   * @throws ExperimentException if there is no such thing, or nothing is left to compare
   */
  public Experiment resolve(List<Track<?>> catalogue) throws ExperimentException {
    List<Name> names = new ArrayList<>();
    for (Name name : problems) {
      ProblemFamilies.expand(List.of(name.text)).forEach(each -> names.add(name.of(each)));
    }
    List<Track<?>> all = new ArrayList<>(catalogue);
    all.addAll(ProblemFamilies.tracks(names.stream().map(Name::text).toList()));
    for (Name name : names) {
      checkProblem(name, all);
    }
    check("optimizer", optimizers, methods(all));
    check("optimizer", ranges.stream().map(Ranged::optimizer).toList(), methods(all));
    checkRanges(all);
    List<Track<?>> tracks = new ArrayList<>();
    for (Track<?> track : all) {
      Track<?> part = ranged(track.only(name -> asked(names, name), this::isAsked));
      if (!part.problems().isEmpty() && !part.methods().isEmpty()) {
        tracks.add(part.withBudgets(this::changed));
      }
    }
    if (tracks.isEmpty()) {
      throw new ExperimentException("none of these optimizers can take one of these problems");
    }
    checkBudgets(tracks);
    return new Experiment(title.orElse("Optimizers compared"), tracks, protocol());
  }

  private boolean isAsked(String method) {
    return asked(optimizers, method);
  }

  private static boolean asked(Collection<Name> names, String name) {
    return Names.asked(names.stream().map(Name::text).toList(), name);
  }

  private static List<String> problems(List<Track<?>> tracks) {
    return tracks.stream()
        .flatMap(track -> track.problems().stream().map(Problem::name))
        .distinct()
        .toList();
  }

  /** The problems that are listed, and for who mistypes a name of a family, one of each. */
  private static List<String> examples(List<Track<?>> tracks) {
    return Stream.concat(problems(tracks).stream(), ProblemFamilies.EXAMPLES.stream())
        .distinct()
        .toList();
  }

  private static List<String> methods(List<Track<?>> tracks) {
    return tracks.stream()
        .flatMap(track -> track.methods().stream().map(Method::name))
        .distinct()
        .toList();
  }

  private static void checkProblem(Name name, List<Track<?>> all) throws ExperimentException {
    Optional<String> why = ProblemFamilies.complaint(name.text);
    if (why.isPresent() && problems(all).stream().noneMatch(name.text::equalsIgnoreCase)) {
      throw new ExperimentException(
          name.where + "unknown problem '" + name.text + "'; " + why.get());
    }
    check("problem", List.of(name), name.text.contains("*") ? problems(all) : examples(all));
  }

  private static void check(String kind, Collection<Name> asked, List<String> known)
      throws ExperimentException {
    for (Name name : asked) {
      Optional<String> complaint = new Names(kind, known).complaint(List.of(name.text));
      if (complaint.isPresent()) {
        throw new ExperimentException(name.where + complaint.get());
      }
    }
  }

  /** A method may have a hyper-parameter on one track and not on another, such as a batch size. */
  private void checkRanges(List<Track<?>> catalogue) throws ExperimentException {
    for (Ranged wish : ranges) {
      String optimizer = wish.optimizer.text;
      List<String> known =
          catalogue.stream()
              .flatMap(track -> track.methods().stream())
              .filter(method -> Names.asked(List.of(optimizer), method.name()))
              .flatMap(method -> method.ranges().stream().map(Range::name))
              .distinct()
              .toList();
      if (known.isEmpty()) {
        throw new ExperimentException(wish.optimizer.where + optimizer + " has nothing to set");
      }
      Name name = new Name(wish.range.name(), wish.where);
      check("hyper-parameter of " + optimizer, List.of(name), known);
    }
  }

  /** The track with the ranges asked for. */
  private <P> Track<P> ranged(Track<P> track) throws ExperimentException {
    List<Method<P>> methods = new ArrayList<>();
    for (Method<P> method : track.methods()) {
      Method<P> ranged = method;
      for (Range own : method.ranges()) {
        Optional<Ranged> wish =
            ranges.stream()
                .filter(each -> each.concerns(method))
                .filter(each -> each.range.name().equalsIgnoreCase(own.name()))
                .reduce((earlier, later) -> later);
        ranged = wish.isPresent() ? with(ranged, wish.get()) : ranged;
      }
      methods.add(ranged);
    }
    return new Track<>(track.problems(), methods);
  }

  private static <P> Method<P> with(Method<P> method, Ranged wish) throws ExperimentException {
    try {
      Method<P> ranged = method.with(wish.range);
      ranged.settings(0, 2).forEach(ranged.of()::apply); // a value the method refuses is told now
      return ranged;
    } catch (IllegalArgumentException e) {
      String name = wish.range.name();
      String why = String.valueOf(e.getMessage());
      throw new ExperimentException(wish.where + (why.contains(name) ? why : name + ": " + why));
    }
  }

  private Budget changed(Budget budget) {
    Long total = budgets.get(budget.unit());
    Budget whole =
        total == null
            ? budget
            : new Budget(budget.unit(), total, (int) Math.min(budget.points(), total));
    return parts == 1 ? whole : whole.dividedBy(parts);
  }

  private void checkBudgets(List<Track<?>> tracks) throws ExperimentException {
    for (CostUnit unit : budgets.keySet()) {
      if (tracks.stream()
          .flatMap(track -> track.problems().stream())
          .noneMatch(problem -> problem.budget().unit() == unit)) {
        throw new ExperimentException("none of these problems is counted in " + unit);
      }
    }
  }

  private Protocol protocol() throws ExperimentException {
    Protocol standard = Protocol.STANDARD;
    try {
      return new Protocol(
          seeds.orElse(standard.seeds()),
          studies.orElse(standard.studies()),
          trials.orElse(standard.trials()),
          timeLimit.orElse(standard.timeLimit()),
          targets.isEmpty() ? standard.targets() : targets);
    } catch (IllegalArgumentException e) {
      throw new ExperimentException(e.getMessage());
    }
  }
}
