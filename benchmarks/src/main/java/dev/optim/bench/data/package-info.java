/** Small real data sets and how they are cut into training and test samples. */
@NullMarked
package dev.optim.bench.data;

import org.jspecify.annotations.NullMarked;
