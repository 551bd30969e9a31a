/** Figures of the documentation, each drawn from runs. */
@NullMarked
package dev.optim.bench.figure;

import org.jspecify.annotations.NullMarked;
