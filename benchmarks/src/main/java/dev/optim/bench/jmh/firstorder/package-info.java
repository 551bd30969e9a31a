/** The cost of first-order steps: against steps composed of array operations, and by shape. */
@NullMarked
package dev.optim.bench.jmh.firstorder;

import org.jspecify.annotations.NullMarked;
