/** Optimisation by a person who ranks pictures, in the browser or in the terminal. */
@NullMarked
package dev.optim.bench.rank;

import org.jspecify.annotations.NullMarked;
