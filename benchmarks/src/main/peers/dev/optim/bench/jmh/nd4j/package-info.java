/** The speed of steps on ND4J's arrays. */
@NullMarked
package dev.optim.bench.jmh.nd4j;

import org.jspecify.annotations.NullMarked;
