/**
 * Optimisation without gradients: from values (consensus-based optimisation, evolution strategies,
 * direct search) and from rankings alone. Every method is an {@link dev.optim.Optimizer} and also
 * runs by ask and tell.
 */
@NullMarked
package dev.optim.zeroth;

import org.jspecify.annotations.NullMarked;
