/**
 * Nonlinear least squares with known answers: the 53 problems of More and Wild, {@link
 * dev.optim.bench.problem.leastsquares.MoreWild}.
 */
@NullMarked
package dev.optim.bench.problem.leastsquares;

import org.jspecify.annotations.NullMarked;
