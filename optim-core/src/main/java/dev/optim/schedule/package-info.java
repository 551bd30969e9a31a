/** Step sizes, or any other scalars, as functions of the step. */
@NullMarked
package dev.optim.schedule;

import org.jspecify.annotations.NullMarked;
