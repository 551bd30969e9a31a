/** JMH benchmarks of consensus-based optimisation and the random numbers it lives on. */
@NullMarked
package dev.optim.bench.jmh.zeroth;

import org.jspecify.annotations.NullMarked;
