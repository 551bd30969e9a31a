/**
 * Random numbers that do not depend on the number of threads, on how a fill is cut into pieces or
 * on the machine: every draw is a function of a key and a position.
 */
@NullMarked
package dev.optim.random;

import org.jspecify.annotations.NullMarked;
