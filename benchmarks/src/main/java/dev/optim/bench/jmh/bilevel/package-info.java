/** The speed of bilevel methods, each against the gradient evaluations it makes. */
@NullMarked
package dev.optim.bench.jmh.bilevel;

import org.jspecify.annotations.NullMarked;
