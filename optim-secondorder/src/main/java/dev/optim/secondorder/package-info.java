/**
 * Second-order methods without a Hessian: products with the inverse of the empirical Fisher matrix
 * of a set or a sliding window of gradients (M-FAC), an optimizer and a pruner that use them.
 *
 * <p>Source: E. Frantar, E. Kurtic and D. Alistarh, "M-FAC: Efficient Matrix-Free Approximations of
 * Second-Order Information", NeurIPS 2021, arXiv 2107.03356.
 */
@NullMarked
package dev.optim.secondorder;

import org.jspecify.annotations.NullMarked;
