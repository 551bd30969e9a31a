package dev.optim.bench.experiment;

import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.Problem;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Problems that offer the same, and the methods that can take it: every method runs on every
 * problem of its track. That a method is never given a problem it cannot take is checked by the
 * compiler.
 *
 * @param <P> what the problems offer
 * @param problems the problems
 * @param methods the methods
 */
public record Track<P>(List<Problem<P>> problems, List<Method<P>> methods) {

  /** Copies the lists. */
  public Track {
    problems = List.copyOf(problems);
    methods = List.copyOf(methods);
  }

  /**
   * A part of this track.
   *
   * @param problem whether a problem of this name is kept
   * @param method whether a method of this name is kept
   * @return a new track, possibly empty
   */
  public Track<P> only(Predicate<String> problem, Predicate<String> method) {
    return new Track<>(
        problems.stream().filter(p -> problem.test(p.name())).toList(),
        methods.stream().filter(m -> method.test(m.name())).toList());
  }

  /**
   * The same track with other budgets.
   *
   * @param change makes a problem's new budget from its old one
   * @return a new track
   */
  public Track<P> withBudgets(UnaryOperator<Budget> change) {
    return new Track<>(
        problems.stream().map(p -> p.withBudget(change.apply(p.budget()))).toList(), methods);
  }

  /** Each problem with each method, problem by problem. */
  List<Pairing<P>> pairings() {
    return problems.stream()
        .flatMap(problem -> methods.stream().map(method -> new Pairing<>(problem, method)))
        .toList();
  }
}
