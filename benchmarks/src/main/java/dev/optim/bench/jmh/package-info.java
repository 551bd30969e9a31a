/**
 * JMH benchmarks. Figures are ratios of two loops timed in turns in one fork: absolute times hold
 * on no other machine, and not even on the same one an hour later.
 */
@NullMarked
package dev.optim.bench.jmh;

import org.jspecify.annotations.NullMarked;
