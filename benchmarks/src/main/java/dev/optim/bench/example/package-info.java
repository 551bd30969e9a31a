/** Programs to read and run: the library in a training loop of one's own, and figures from it. */
@NullMarked
package dev.optim.bench.example;

import org.jspecify.annotations.NullMarked;
