/**
 * The speed goals and how they are measured: two pieces of work, timed in turns in one JVM, and a
 * bound on the ratio of their times. Absolute times hold on no other machine, and not even on the
 * same one an hour later.
 */
@NullMarked
package dev.optim.bench.speed;

import org.jspecify.annotations.NullMarked;
