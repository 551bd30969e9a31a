package dev.optim.bench.experiment;

import dev.optim.DifferentiableObjective;
import dev.optim.Optimizer;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.problem.bilevel.OneForm;
import dev.optim.bench.problem.bilevel.OneForm.Form;
import dev.optim.bench.problem.bilevel.Search;
import dev.optim.bench.problem.bilevel.Selections;
import dev.optim.bench.problem.bilevel.TwoForms;
import dev.optim.bilevel.BicGaffa;
import dev.optim.bilevel.BilevelProblem;
import dev.optim.bilevel.LvHba;
import dev.optim.bilevel.NestedMethod;
import dev.optim.bilevel.PenaltyMethod;
import dev.optim.bilevel.Sigma;
import dev.optim.sgd.Adam;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Hyper-parameters by bilevel methods and by search. A track for each problem: what a step size
 * moves differs from one to the other by orders of magnitude.
 */
final class BilevelTracks {

  private BilevelTracks() {}

  static List<Track<TwoForms>> tracks() {
    return List.of(
        track(Selections.diabetesRidge(), -2, new Scales(0.01, 0.01, 1, 0.15, 1e-6)),
        track(Selections.cancerRidge(), -2, new Scales(0.02, 0.02, 1, 0.15, 1e-6)),
        track(Selections.cancerMargin(), -5.5, new Scales(0.05, 0.005, 0.5, 0.3, 1e-6)),
        track(Selections.digitsCleaning(), 1, new Scales(0.1, 0.1, 10, 0.3, 1e-3)));
  }

  /**
   * Where the ranges of a problem begin; they end at 50 times as much.
   *
   * @param lvHba the step sizes of x and y together
   * @param bicGaffa the same
   * @param penalty the step sizes of x
   * @param inner the step size of y of the penalty method, not tuned
   * @param tolerance how well the lower level is solved where it is solved
   */
  private record Scales(
      double lvHba, double bicGaffa, double penalty, double inner, double tolerance) {}

  private static Track<TwoForms> track(Problem<TwoForms> problem, double centre, Scales scales) {
    return new Track<>(
        List.of(problem),
        List.of(
            method(
                "Implicit",
                "Adam on x by implicit differentiation, the lower level solved anew",
                "step size",
                0.03,
                1,
                Form.REDUCED,
                stepSize -> nested(Adam.of(stepSize), scales)),
            method(
                "Penalty",
                "first-order penalty in a single loop, sigma 0.1 (Kwon et al. 2024)",
                "alpha",
                scales.penalty,
                50 * scales.penalty,
                Form.REDUCED,
                alpha -> PenaltyMethod.singleLoop(alpha, scales.inner, Sigma.fixed(0.1), 1)),
            method(
                "LV-HBA",
                "proximal Lagrangian values, gammas 10, 1, c = 0.1 (k+1)^0.3 (Yao et al. 2024)",
                "alpha",
                scales.lvHba,
                50 * scales.lvHba,
                Form.STATED,
                alpha ->
                    LvHba.defaults()
                        .withSteps(alpha, 0.1, LvHba.AUTOMATIC)
                        .withProximal(10, 1)
                        .withPenalty(0.1, 0.3)),
            method(
                "BiC-GAFFA",
                "regularised gap function, gammas 10, 1, c = 0.1 (k+1)^0.3 (Yao et al. 2025)",
                "alpha",
                scales.bicGaffa,
                50 * scales.bicGaffa,
                Form.STATED,
                alpha ->
                    BicGaffa.defaults()
                        .withSteps(alpha, BicGaffa.AUTOMATIC)
                        .withProximal(10, 1)
                        .withPenalty(0.1, 0.3)),
            method(
                "Grid",
                "grid search: one number for all coordinates of x, the lower level solved anew",
                "half width",
                1,
                10,
                Form.REDUCED,
                half ->
                    nested(new Search(Search.Pattern.GRID, centre - half, centre + half), scales)),
            method(
                "Random",
                "random search: uniform in a cube, the lower level solved anew",
                "half width",
                1,
                10,
                Form.REDUCED,
                half ->
                    nested(
                        new Search(Search.Pattern.RANDOM, centre - half, centre + half), scales))));
  }

  private static NestedMethod nested(
      Optimizer<? super DifferentiableObjective> outer, Scales scales) {
    double tolerance = scales.tolerance;
    return NestedMethod.of(outer).withTolerances(tolerance, 10 * tolerance, 30 * tolerance);
  }

  private static Method<TwoForms> method(
      String name,
      String summary,
      String parameter,
      double from,
      double to,
      Form form,
      DoubleFunction<Optimizer<BilevelProblem>> of) {
    return Method.of(
        name, summary, Range.log(parameter, from, to), value -> new OneForm(form, of.apply(value)));
  }
}
