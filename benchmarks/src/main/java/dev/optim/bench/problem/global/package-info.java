/**
 * Functions with many valleys that global methods are usually tried on: {@link
 * dev.optim.bench.problem.global.GlobalFunction}.
 */
@NullMarked
package dev.optim.bench.problem.global;

import org.jspecify.annotations.NullMarked;
