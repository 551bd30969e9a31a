package dev.optim.bench.problem.bbob;

import dev.optim.Objective;
import dev.optim.bench.problem.Rosenbrock;
import dev.optim.bench.problem.bbob.BbobFunction.Recipe;
import dev.optim.bench.problem.bbob.Transformation.Asymmetry;
import dev.optim.bench.problem.bbob.Transformation.Linear;
import dev.optim.bench.problem.bbob.Transformation.Scaling;
import dev.optim.bench.problem.bbob.Transformation.Shift;
import java.util.Arrays;
import java.util.List;

/** How each function of the suite is put together. */
final class Recipes {

  private static final int SECOND_SEED = 1_000_000;

  private Recipes() {}

  /** Puts a function together. */
  @FunctionalInterface
  interface Maker {
    Recipe make(Draw draw);
  }

  /** The random parts of an instance. */
  record Draw(Bbob definition, int instance, int n) {

    /** Two functions share the numbers of a similar one. */
    long seed() {
      int number =
          switch (definition) {
            case BUECHE_RASTRIGIN -> 3;
            case ILL_CONDITIONED_SCHAFFERS_F7 -> 17;
            default -> definition.number();
          };
      return number + 10_000L * instance;
    }

    double[] optimum() {
      return Draws.optimum(n, seed());
    }

    /** The rotation called R in the definitions. */
    double[][] firstRotation() {
      return Draws.rotation(n, seed() + SECOND_SEED);
    }

    /** The rotation called Q in the definitions. */
    double[][] secondRotation() {
      return Draws.rotation(n, seed());
    }

    /** R diag(base^(i/(n-1))) Q. */
    Linear conditioned(double base) {
      return new Linear(product(firstRotation(), stretched(base, secondRotation())));
    }

    Recipe recipe(double[] optimum, List<Transformation> chain, Objective core) {
      return penalized(0, optimum, chain, core);
    }

    Recipe penalized(double penalty, double[] optimum, List<Transformation> chain, Objective core) {
      return new Recipe(optimum, Draws.optimalValue(seed()), penalty, chain, core);
    }
  }

  static Recipe sphere(Draw draw) {
    double[] optimum = draw.optimum();
    return draw.recipe(
        optimum,
        List.of(new Shift(optimum)),
        new UnimodalCores.WeightedSquares(constant(draw.n, 1)));
  }

  static Recipe separableEllipsoid(Draw draw) {
    double[] optimum = draw.optimum();
    return draw.recipe(
        optimum,
        List.of(new Shift(optimum), new Oscillation()),
        new UnimodalCores.WeightedSquares(powers(1e6, draw.n)));
  }

  static Recipe separableRastrigin(Draw draw) {
    double[] optimum = draw.optimum();
    return draw.recipe(
        optimum,
        List.of(
            new Shift(optimum),
            new Oscillation(),
            new Asymmetry(0.2),
            new Scaling(powers(Math.sqrt(10), draw.n))),
        new MultimodalCores.Rastrigin());
  }

  /**
   * COCO makes every other coordinate of the optimum positive; the published definition differs.
   */
  static Recipe buecheRastrigin(Draw draw) {
    double[] optimum = draw.optimum();
    for (int i = 0; i < draw.n; i += 2) {
      optimum[i] = Math.abs(optimum[i]);
    }
    return draw.penalized(
        100,
        optimum,
        List.of(
            new Shift(optimum),
            new Oscillation(),
            new BuecheScaling(powers(Math.sqrt(10), draw.n))),
        new MultimodalCores.Rastrigin());
  }

  static Recipe linearSlope(Draw draw) {
    double[] corner = draw.optimum();
    double[] slopes = powers(10, draw.n);
    for (int i = 0; i < draw.n; i++) {
      double sign = corner[i] > 0 ? 1 : -1;
      corner[i] = 5 * sign;
      slopes[i] *= sign;
    }
    return draw.recipe(corner, List.of(), new UnimodalCores.LinearSlope(slopes, corner));
  }

  static Recipe attractiveSector(Draw draw) {
    double[] optimum = draw.optimum();
    return draw.recipe(
        optimum,
        List.of(new Shift(optimum), draw.conditioned(Math.sqrt(10))),
        new UnimodalCores.AttractiveSector(optimum));
  }

  static Recipe stepEllipsoid(Draw draw) {
    double[] optimum = draw.optimum();
    return draw.penalized(
        1,
        optimum,
        List.of(new Shift(optimum), new Linear(stretched(Math.sqrt(10), draw.secondRotation()))),
        new UnimodalCores.StepEllipsoid(draw.firstRotation(), powers(100, draw.n)));
  }

  static Recipe rosenbrock(Draw draw) {
    double[] optimum = draw.optimum();
    for (int i = 0; i < draw.n; i++) {
      optimum[i] *= 0.75;
    }
    return draw.recipe(
        optimum,
        List.of(
            new Shift(optimum),
            new Scaling(constant(draw.n, rosenbrockScale(draw.n))),
            new Shift(constant(draw.n, -1))),
        new Rosenbrock());
  }

  static Recipe rotatedRosenbrock(Draw draw) {
    return aroundOnes(draw, new Rosenbrock());
  }

  static Recipe ellipsoid(Draw draw) {
    double[] optimum = draw.optimum();
    return draw.recipe(
        optimum,
        List.of(new Shift(optimum), new Linear(draw.firstRotation()), new Oscillation()),
        new UnimodalCores.WeightedSquares(powers(1e6, draw.n)));
  }

  static Recipe discus(Draw draw) {
    double[] optimum = draw.optimum();
    double[] weights = constant(draw.n, 1);
    weights[0] = 1e6;
    return draw.recipe(
        optimum,
        List.of(new Shift(optimum), new Linear(draw.firstRotation()), new Oscillation()),
        new UnimodalCores.WeightedSquares(weights));
  }

  /** The optimum comes from the rotation's seed. */
  static Recipe bentCigar(Draw draw) {
    double[] optimum = Draws.optimum(draw.n, draw.seed() + SECOND_SEED);
    Linear rotation = new Linear(draw.firstRotation());
    double[] weights = constant(draw.n, 1e6);
    weights[0] = 1;
    return draw.recipe(
        optimum,
        List.of(new Shift(optimum), rotation, new Asymmetry(0.5), rotation),
        new UnimodalCores.WeightedSquares(weights));
  }

  static Recipe sharpRidge(Draw draw) {
    double[] optimum = draw.optimum();
    return draw.recipe(
        optimum,
        List.of(new Shift(optimum), draw.conditioned(Math.sqrt(10))),
        new UnimodalCores.SharpRidge());
  }

  static Recipe differentPowers(Draw draw) {
    double[] optimum = draw.optimum();
    return draw.recipe(
        optimum,
        List.of(new Shift(optimum), new Linear(draw.firstRotation())),
        new UnimodalCores.DifferentPowers());
  }

  static Recipe rastrigin(Draw draw) {
    double[] optimum = draw.optimum();
    return draw.recipe(
        optimum,
        List.of(
            new Shift(optimum),
            new Linear(draw.firstRotation()),
            new Oscillation(),
            new Asymmetry(0.2),
            draw.conditioned(Math.sqrt(10))),
        new MultimodalCores.Rastrigin());
  }

  static Recipe weierstrass(Draw draw) {
    double[] optimum = draw.optimum();
    return draw.penalized(
        10.0 / draw.n,
        optimum,
        List.of(
            new Shift(optimum),
            new Linear(draw.firstRotation()),
            new Oscillation(),
            draw.conditioned(0.1)),
        new MultimodalCores.Weierstrass());
  }

  static Recipe schaffersF7(Draw draw, double condition) {
    double[] optimum = draw.optimum();
    return draw.penalized(
        10,
        optimum,
        List.of(
            new Shift(optimum),
            new Linear(draw.firstRotation()),
            new Asymmetry(0.5),
            new Linear(stretched(Math.sqrt(condition), draw.secondRotation()))),
        new MultimodalCores.SchaffersF7());
  }

  static Recipe griewankRosenbrock(Draw draw) {
    return aroundOnes(draw, new MultimodalCores.GriewankRosenbrock());
  }

  static Recipe schwefel(Draw draw) {
    double[] signs = Draws.uniform(draw.n, draw.seed());
    double[] optimum = new double[draw.n];
    double[] doubled = new double[draw.n];
    for (int i = 0; i < draw.n; i++) {
      double sign = signs[i] < 0.5 ? -1 : 1;
      optimum[i] = sign * 0.5 * Schwefel.OPTIMUM;
      doubled[i] = 2 * sign;
    }
    return draw.recipe(
        optimum, List.of(new Scaling(doubled)), new Schwefel(powers(Math.sqrt(10), draw.n)));
  }

  static Recipe gallagher(Draw draw, int peaks) {
    boolean many = peaks == 101;
    double[][] places = Gallagher.places(draw.n, peaks, draw.seed(), many ? 10 : 9.8);
    double first = many ? Math.sqrt(1000) : 1000;
    return draw.penalized(1, places[0], List.of(), Gallagher.draw(places, draw.seed(), first));
  }

  static Recipe katsuura(Draw draw) {
    double[] optimum = draw.optimum();
    return draw.penalized(
        1,
        optimum,
        List.of(new Shift(optimum), draw.conditioned(10)),
        new MultimodalCores.Katsuura());
  }

  static Recipe lunacek(Draw draw) {
    double[] signs = Draws.gaussian(draw.n, draw.seed());
    double[] optimum = new double[draw.n];
    double[] doubled = new double[draw.n];
    for (int i = 0; i < draw.n; i++) {
      double sign = signs[i] < 0 ? -1 : 1;
      optimum[i] = sign * 0.5 * Lunacek.CENTER;
      doubled[i] = 2 * sign;
    }
    return draw.penalized(
        1e4, optimum, List.of(new Scaling(doubled)), new Lunacek(draw.conditioned(10)));
  }

  /** A function with its optimum at ones, rotated around the point 1/2. */
  private static Recipe aroundOnes(Draw draw, Objective core) {
    double scale = rosenbrockScale(draw.n);
    double[][] rotation = draw.secondRotation();
    double[] optimum =
        new Linear(rotation).pullBack(new double[draw.n], constant(draw.n, 0.5 / scale));
    for (double[] row : rotation) {
      for (int j = 0; j < draw.n; j++) {
        row[j] *= scale;
      }
    }
    return draw.recipe(
        optimum, List.of(new Linear(rotation), new Shift(constant(draw.n, -0.5))), core);
  }

  private static double rosenbrockScale(int n) {
    return Math.max(1, Math.sqrt(n) / 8);
  }

  private static double[] constant(int n, double value) {
    double[] all = new double[n];
    Arrays.fill(all, value);
    return all;
  }

  /** base^(i/(n-1)) for i from 0 on. */
  private static double[] powers(double base, int n) {
    double[] powers = new double[n];
    for (int i = 0; i < n; i++) {
      powers[i] = StrictMath.pow(base, i / (n - 1.0));
    }
    return powers;
  }

  /** diag(base^(i/(n-1))) times the matrix, in place. */
  private static double[][] stretched(double base, double[][] matrix) {
    double[] factors = powers(base, matrix.length);
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        matrix[i][j] *= factors[i];
      }
    }
    return matrix;
  }

  private static double[][] product(double[][] a, double[][] b) {
    int n = a.length;
    double[][] product = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        for (int j = 0; j < n; j++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }
}
