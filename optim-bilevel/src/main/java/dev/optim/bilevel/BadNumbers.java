package dev.optim.bilevel;

import dev.optim.RunWarning;
import dev.optim.StopReason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where a bad number came from: asked once, when a run ends with one. */
final class BadNumbers {

  private BadNumbers() {}

  /** Names the first partial gradient that is not finite where a run ended, if that is why. */
  static List<RunWarning> behind(
      Optional<StopReason> reason, BilevelProblem problem, double[] x, double[]... ys) {
    if (reason.isEmpty() || reason.get() != StopReason.NON_FINITE) {
      return List.of();
    }
    for (double[] y : ys) {
      Optional<String> found =
          inLevel("upper", problem.upper(), x, y)
              .or(() -> inLevel("lower", problem.lower(), x, y))
              .or(() -> inCoupling(problem, x, y));
      if (found.isPresent()) {
        return List.of(
            new RunWarning(
                found.get() + " where the run ended; an element not written counts as NaN"));
      }
    }
    return List.of();
  }

  private static Optional<String> inLevel(
      String name, LevelObjective level, double[] x, double[] y) {
    return found(name + ".gradientX", x.length, out -> level.gradientX(x.clone(), y.clone(), out))
        .or(
            () ->
                found(
                    name + ".gradientY",
                    y.length,
                    out -> level.gradientY(x.clone(), y.clone(), out)));
  }

  private static Optional<String> inCoupling(BilevelProblem problem, double[] x, double[] y) {
    Coupling g = problem.coupling();
    if (g == null) {
      return Optional.empty();
    }
    double[] ones = new double[g.rows()];
    Arrays.fill(ones, 1);
    return found("coupling.value", ones.length, out -> g.value(x.clone(), y.clone(), out))
        .or(
            () ->
                found(
                    "coupling.transposedX",
                    x.length,
                    out -> g.transposedX(x.clone(), y.clone(), ones.clone(), out)))
        .or(
            () ->
                found(
                    "coupling.transposedY",
                    y.length,
                    out -> g.transposedY(x.clone(), y.clone(), ones.clone(), out)));
  }

  private static Optional<String> found(String name, int length, Part part) {
    double[] out = new double[length];
    Arrays.fill(out, Double.NaN);
    try {
      part.write(out);
    } catch (Exception e) {
      // it did not throw a moment ago: nothing to say about numbers
      return Optional.empty();
    }
    for (int i = 0; i < length; i++) {
      if (!Double.isFinite(out[i])) {
        return Optional.of(name + " is " + out[i] + " in coordinate " + i);
      }
    }
    return Optional.empty();
  }

  @FunctionalInterface
  private interface Part {
    void write(double[] out);
  }
}
