/** How well networks stand the loss of most of their weights. */
@NullMarked
package dev.optim.bench.pruning;

import org.jspecify.annotations.NullMarked;
