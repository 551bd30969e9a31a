/** Bilevel problems with known solutions. */
@NullMarked
package dev.optim.bench.problem.bilevel;

import org.jspecify.annotations.NullMarked;
