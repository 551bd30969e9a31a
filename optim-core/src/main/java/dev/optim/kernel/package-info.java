/**
 * Vector kernels: reductions, row passes, elementary functions and random draws over ranges of
 * arrays. Two providers, plain Java and the Vector API, give the same bits on every machine: every
 * reduction has a fixed order that does not depend on the width of the hardware's vectors, nothing
 * uses a fused multiply-add, and the elementary functions are our own polynomials.
 */
@NullMarked
package dev.optim.kernel;

import org.jspecify.annotations.NullMarked;
