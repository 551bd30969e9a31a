/** What a comparison found, and the page, tables and files that show it. */
@NullMarked
package dev.optim.bench.report;

import org.jspecify.annotations.NullMarked;
