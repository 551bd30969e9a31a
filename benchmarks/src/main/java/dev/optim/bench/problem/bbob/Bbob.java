package dev.optim.bench.problem.bbob;

import dev.optim.Checks;
import dev.optim.DifferentiableObjective;

/**
 * The 24 noiseless functions of BBOB, f1 to f24 in the order of the constants: separable ones (f1
 * to f5), moderately and highly conditioned ones with one valley (to f9, to f14), many valleys with
 * (to f19) and without (to f24) a structure that leads to the best.
 */
public enum Bbob {
  /** f1. */
  SPHERE("sphere", Recipes::sphere),
  /** f2, condition 10^6. */
  SEPARABLE_ELLIPSOID("separable ellipsoid", Recipes::separableEllipsoid),
  /** f3. */
  SEPARABLE_RASTRIGIN("separable Rastrigin", Recipes::separableRastrigin),
  /** f4. */
  BUECHE_RASTRIGIN("Bueche-Rastrigin", Recipes::buecheRastrigin),
  /** f5. */
  LINEAR_SLOPE("linear slope", Recipes::linearSlope),
  /** f6. */
  ATTRACTIVE_SECTOR("attractive sector", Recipes::attractiveSector),
  /** f7, the first without a gradient. */
  STEP_ELLIPSOID("step ellipsoid", Recipes::stepEllipsoid),
  /** f8. */
  ROSENBROCK("Rosenbrock", Recipes::rosenbrock),
  /** f9. */
  ROTATED_ROSENBROCK("rotated Rosenbrock", Recipes::rotatedRosenbrock),
  /** f10, condition 10^6. */
  ELLIPSOID("ellipsoid", Recipes::ellipsoid),
  /** f11. */
  DISCUS("discus", Recipes::discus),
  /** f12. */
  BENT_CIGAR("bent cigar", Recipes::bentCigar),
  /** f13. */
  SHARP_RIDGE("sharp ridge", Recipes::sharpRidge),
  /** f14. */
  DIFFERENT_POWERS("different powers", Recipes::differentPowers),
  /** f15. */
  RASTRIGIN("Rastrigin", Recipes::rastrigin),
  /** f16. */
  WEIERSTRASS("Weierstrass", Recipes::weierstrass),
  /** f17. */
  SCHAFFERS_F7("Schaffer's F7", draw -> Recipes.schaffersF7(draw, 10)),
  /** f18: f17 with condition 1000. */
  ILL_CONDITIONED_SCHAFFERS_F7(
      "ill-conditioned Schaffer's F7", draw -> Recipes.schaffersF7(draw, 1000)),
  /** f19. */
  GRIEWANK_ROSENBROCK("Griewank-Rosenbrock", Recipes::griewankRosenbrock),
  /** f20. */
  SCHWEFEL("Schwefel", Recipes::schwefel),
  /** f21. */
  GALLAGHER_101("Gallagher's 101 peaks", draw -> Recipes.gallagher(draw, 101)),
  /** f22. */
  GALLAGHER_21("Gallagher's 21 peaks", draw -> Recipes.gallagher(draw, 21)),
  /** f23, the other one without a gradient. */
  KATSUURA("Katsuura", Recipes::katsuura),
  /** f24. */
  LUNACEK("Lunacek's bi-Rastrigin", Recipes::lunacek);

  private final String title;
  private final Recipes.Maker maker;

  Bbob(String title, Recipes.Maker maker) {
    this.title = title;
    this.maker = maker;
  }

  /**
   * The function with a number.
   *
   * @param number 1..24
   * @return the function
   */
  public static Bbob of(int number) {
    if (number < 1 || number > 24) {
      throw new IllegalArgumentException("number is " + number + ", must be in 1..24");
    }
    return values()[number - 1];
  }

  /**
   * The function's number in the suite.
   *
   * @return 1..24
   */
  public int number() {
    return ordinal() + 1;
  }

  /**
   * The function in a word or two.
   *
   * @return e.g. "rotated Rosenbrock"
   */
  public String title() {
    return title;
  }

  /**
   * Makes an instance: COCO's of the same numbers. Time and memory grow with the square of the
   * dimension, those of f21 with 101 times the dimension besides, and the time of rotations with
   * the cube.
   *
   * @param instance from 1 on; COCO's experiments use 1 to 15 or some of them
   * @param dimension the number of variables, at least 2
   * @return the function; {@link BbobFunction.Differentiable} where it has a gradient
   */
  public BbobFunction instance(int instance, int dimension) {
    Checks.atLeastOne("instance", instance);
    Checks.atLeast("dimension", dimension, 2);
    BbobFunction.Recipe recipe = maker.make(new Recipes.Draw(this, instance, dimension));
    return recipe.core() instanceof DifferentiableObjective core
        ? new BbobFunction.Differentiable(this, instance, recipe, core)
        : new BbobFunction(this, instance, recipe);
  }
}
