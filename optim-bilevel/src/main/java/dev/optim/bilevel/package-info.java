/**
 * Bilevel optimisation: minimise F(x, y) over x in X and over those y in Y that minimise f(x, .).
 *
 * <p>A {@link dev.optim.bilevel.BilevelProblem} holds the two levels; {@link
 * dev.optim.bilevel.LvHba}, {@link dev.optim.bilevel.PenaltyMethod} and {@link
 * dev.optim.bilevel.ImplicitObjective} solve it.
 */
@NullMarked
package dev.optim.bilevel;

import org.jspecify.annotations.NullMarked;
