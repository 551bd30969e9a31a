/** The comparison itself: methods, trials, tuning, what is kept of the runs, and their report. */
@NullMarked
package dev.optim.bench.experiment;

import org.jspecify.annotations.NullMarked;
