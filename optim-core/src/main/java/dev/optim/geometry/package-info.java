/**
 * Convex sets and their projections, simple convex functions and their proximal maps.
 *
 * <p>Everything here is immutable and free of shared scratch, so one instance serves any number of
 * threads.
 */
@NullMarked
package dev.optim.geometry;

import org.jspecify.annotations.NullMarked;
