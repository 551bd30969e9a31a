/**
 * How fast M-FAC is, against reading its memory once and against the plain forms of its parts.
 * Ratios within one fork are what counts; absolute times are those of one machine.
 */
@NullMarked
package dev.optim.bench.jmh.mfac;

import org.jspecify.annotations.NullMarked;
