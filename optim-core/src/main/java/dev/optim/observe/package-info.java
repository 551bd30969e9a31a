/** Observers of runs: a trace in memory, a CSV file, the system's log, a progress line. */
@NullMarked
package dev.optim.observe;

import org.jspecify.annotations.NullMarked;
