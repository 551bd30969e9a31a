/** Problems, the run loop and its outcomes. */
@NullMarked
package dev.optim;

import org.jspecify.annotations.NullMarked;
