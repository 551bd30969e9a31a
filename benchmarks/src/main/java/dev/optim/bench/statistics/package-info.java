/** How runs of several methods on several problems are compared. */
@NullMarked
package dev.optim.bench.statistics;

import org.jspecify.annotations.NullMarked;
