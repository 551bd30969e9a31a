/** The problems methods are compared on: what each offers, where it starts, what is measured. */
@NullMarked
package dev.optim.bench.problem;

import org.jspecify.annotations.NullMarked;
