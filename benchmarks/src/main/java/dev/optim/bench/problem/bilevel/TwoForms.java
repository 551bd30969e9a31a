package dev.optim.bench.problem.bilevel;

import dev.optim.bilevel.BilevelProblem;

/**
 * A bilevel problem in two forms that have the same solution: as it is stated, perhaps with
 * coupling constraints, and with an unconstrained, strongly convex lower level for the methods that
 * need one.
 *
 * @param stated the problem
 * @param reduced the problem without coupling constraints: the same x, and of y the first
 *     components
 */
public record TwoForms(BilevelProblem stated, BilevelProblem reduced) {

  /** Checks that the forms fit. */
  public TwoForms {
    if (stated.upperDimension() != reduced.upperDimension()
        || stated.lowerDimension() < reduced.lowerDimension()) {
      throw new IllegalArgumentException(
          "stated has %d and %d variables, reduced %d and %d"
              .formatted(
                  stated.upperDimension(),
                  stated.lowerDimension(),
                  reduced.upperDimension(),
                  reduced.lowerDimension()));
    }
  }

  /**
   * A problem whose lower level is unconstrained as it is stated.
   *
   * @param problem the problem
   * @return the same problem twice
   */
  public static TwoForms same(BilevelProblem problem) {
    return new TwoForms(problem, problem);
  }
}
