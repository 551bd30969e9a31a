/** First-order update rules. */
@NullMarked
package dev.optim.sgd;

import org.jspecify.annotations.NullMarked;
