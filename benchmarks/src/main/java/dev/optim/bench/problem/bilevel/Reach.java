package dev.optim.bench.problem.bilevel;

import dev.optim.EvaluationException;
import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.bilevel.AdjointSolver;
import dev.optim.bilevel.BicGaffa;
import dev.optim.bilevel.BilevelProblem;
import dev.optim.bilevel.ImplicitEquation;
import dev.optim.bilevel.ImplicitObjective;
import dev.optim.bilevel.InnerSolver;
import dev.optim.bilevel.LvHba;
import dev.optim.bilevel.PenaltyMethod;
import dev.optim.bilevel.Sigma;
import dev.optim.geometry.ConvexSet;
import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether a method reaches the known solution of a problem from its stated start, and at what cost:
 * the partial gradients of the cheapest of a grid of settings, each looked at after 200, 500,
 * 1,000, ..., 20,000 iterations.
 *
 * @param gradients partial gradients of either level up to there
 * @param iterations iterations up to there
 * @param setting the hyper-parameters
 */
public record Reach(long gradients, int iterations, String setting) {

  private static final int[] LOOKS = {200, 500, 1000, 2000, 5000, 10_000, 20_000};
  private static final double[] STEPS = {0.5, 0.05, 0.005, 0.0005};

  /** A family of methods. */
  public enum Family {
    /** With constraints that couple the levels. */
    LV_HBA("LV-HBA") {
      @Override
      public boolean takes(KnownBilevel known) {
        return true;
      }

      @Override
      List<Attempt> attempts(KnownBilevel known) {
        List<Attempt> attempts = new ArrayList<>();
        for (double gamma1 : new double[] {1, 10}) {
          for (double c : new double[] {0.1, 0.5, 1, 10, 100}) {
            for (double p : new double[] {0.3, 0.49}) {
              for (double alpha : STEPS) {
                LvHba method =
                    LvHba.defaults()
                        .withSteps(alpha, 0.05, LvHba.AUTOMATIC)
                        .withPenalty(c, p)
                        .withProximal(gamma1, 1);
                attempts.add(Attempt.of(setting(alpha, c, p, gamma1), method, known));
              }
            }
          }
        }
        return attempts;
      }
    },
    /** With lower-level constraints that couple the levels, without a projection onto them. */
    BIC_GAFFA("BiC-GAFFA") {
      @Override
      public boolean takes(KnownBilevel known) {
        return !known.hasJointUpperRows();
      }

      @Override
      List<Attempt> attempts(KnownBilevel known) {
        List<Attempt> attempts = new ArrayList<>();
        for (double gamma1 : new double[] {1, 10}) {
          for (double c : new double[] {0.1, 0.5, 1, 10, 100}) {
            for (double p : new double[] {0.3, 0.49}) {
              for (double alpha : STEPS) {
                BicGaffa method =
                    BicGaffa.defaults()
                        .withSteps(alpha, BicGaffa.AUTOMATIC)
                        .withPenalty(c, p)
                        .withProximal(gamma1, 1);
                attempts.add(Attempt.of(setting(alpha, c, p, gamma1), method, known));
              }
            }
          }
        }
        return attempts;
      }
    },
    /** First-order penalty, double loop. */
    PENALTY("penalty") {
      @Override
      public boolean takes(KnownBilevel known) {
        return known.uncoupled();
      }

      @Override
      List<Attempt> attempts(KnownBilevel known) {
        List<Attempt> attempts = new ArrayList<>();
        for (double gamma : new double[] {0.2, 0.02}) {
          for (double sigma : new double[] {1, 0.1, 0.01}) {
            for (double alpha : new double[] {0.2, 0.02, 0.002, 0.0002}) {
              PenaltyMethod method =
                  PenaltyMethod.doubleLoop(alpha, gamma, Sigma.decreasing(sigma, 0.5));
              attempts.add(
                  Attempt.of(
                      "alpha " + alpha + ", gamma " + gamma + ", sigma " + sigma, method, known));
            }
          }
        }
        return attempts;
      }
    },
    /** Projected gradient descent on x by implicit differentiation. */
    IMPLICIT("implicit") {
      @Override
      public boolean takes(KnownBilevel known) {
        return known.uncoupled();
      }

      @Override
      List<Attempt> attempts(KnownBilevel known) {
        List<Attempt> attempts = new ArrayList<>();
        for (double step : new double[] {1, 0.2, 0.05, 0.01, 0.001, 0.0001}) {
          attempts.add(new Attempt("step size " + step, problem -> descent(known, problem, step)));
        }
        return attempts;
      }
    };

    private final String name;

    Family(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }

    /**
     * Whether the family takes the constraints of a problem.
     *
     * @param known the problem
     * @return true if so
     */
    public abstract boolean takes(KnownBilevel known);

    /** The grid of settings. */
    abstract List<Attempt> attempts(KnownBilevel known);
  }

  /** A setting and what makes its run on the counted problem. */
  record Attempt(String setting, Running running) {

    static Attempt of(String setting, Optimizer<BilevelProblem> method, KnownBilevel known) {
      return new Attempt(
          setting,
          problem -> {
            Run run = method.start(problem, Start.at(known.start()), RandomStream.of(0));
            return () ->
                run.advance().isEmpty()
                    ? Optional.of(run.iterate().point())
                    : Optional.<double[]>empty();
          });
    }
  }

  /** Begins a run on a problem. */
  @FunctionalInterface
  interface Running {
    Iterating on(BilevelProblem problem);
  }

  /** A run, reduced to what is looked at: the points after more and more iterations. */
  @FunctionalInterface
  interface Iterating {
    /** The next point (x, y), or empty if there is none. */
    Optional<double[]> next();
  }

  private static String setting(double alpha, double c, double p, double gamma1) {
    return "alpha " + alpha + ", penalty " + c + " (k+1)^" + p + ", gamma1 " + gamma1;
  }

  /**
   * Tries a family's grid of settings on a problem.
   *
   * @param family the methods
   * @param known the problem, whose constraints the family takes
   * @return the cheapest way to the solution, empty if no setting gets there
   */
  public static Optional<Reach> of(Family family, KnownBilevel known) {
    Optional<Reach> best = Optional.empty();
    for (Attempt attempt : family.attempts(known)) {
      int most = best.map(Reach::iterations).orElse(LOOKS[LOOKS.length - 1]);
      Optional<Reach> reach = attempt(attempt, known, most);
      if (reach.isPresent()
          && (best.isEmpty() || reach.get().gradients() < best.get().gradients())) {
        best = reach;
      }
    }
    return best;
  }

  private static Optional<Reach> attempt(Attempt attempt, KnownBilevel known, int most) {
    long[] gradients = {0};
    try {
      Iterating run = attempt.running().on(known.problem(() -> gradients[0]++));
      int iterations = 0;
      for (int look : LOOKS) {
        if (look > most) {
          break;
        }
        Optional<double[]> point = Optional.empty();
        for (; iterations < look; iterations++) {
          point = run.next();
          if (point.isEmpty()) {
            return Optional.empty();
          }
        }
        if (point.isPresent() && known.isSolvedBy(point.get())) {
          return Optional.of(new Reach(gradients[0], look, attempt.setting()));
        }
      }
    } catch (EvaluationException | IllegalStateException | IllegalArgumentException e) {
      // this setting leads nowhere
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Iterating descent(KnownBilevel known, BilevelProblem problem, double step) {
    double[] x = Arrays.copyOf(known.start(), known.n());
    double[] y = Arrays.copyOfRange(known.start(), known.n(), known.start().length);
    ImplicitObjective objective = implicit(known, problem, y);
    ConvexSet set = known.upperSet();
    set.project(x);
    double[] gradient = new double[x.length];
    return () -> {
      objective.gradient(x, gradient);
      Kernels.axpy(-step, gradient, x, 0, x.length);
      set.project(x);
      double[] w = Arrays.copyOf(x, x.length + y.length);
      System.arraycopy(objective.lowerPoint(), 0, w, x.length, y.length);
      return Kernels.allFinite(w, 0, w.length) ? Optional.of(w) : Optional.empty();
    };
  }

  private static ImplicitObjective implicit(
      KnownBilevel known, BilevelProblem problem, double[] lowerStart) {
    AdjointSolver adjoint = AdjointSolver.gmres(1e-7, 20);
    if (known.unconstrainedLower()) {
      return new ImplicitObjective(
          problem,
          ImplicitEquation.optimality(problem),
          InnerSolver.newton(problem, 1e-7, 50),
          adjoint,
          lowerStart,
          1e-5);
    }
    ImplicitEquation.FixedPointMap map = ImplicitEquation.projectedGradient(problem, 0.2);
    return new ImplicitObjective(
        problem,
        ImplicitEquation.fixedPoint(map),
        InnerSolver.iterate(map, 1e-7, 5000),
        adjoint,
        lowerStart,
        1e-5);
  }
}
