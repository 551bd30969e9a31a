/** The command line of the comparison. */
@NullMarked
package dev.optim.bench.cli;

import org.jspecify.annotations.NullMarked;
