/** The cost of first-order steps in bfloat16. */
@NullMarked
package dev.optim.bench.jmh.firstorder;

import org.jspecify.annotations.NullMarked;
