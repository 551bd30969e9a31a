/**
 * The library on ND4J arrays, SameDiff graphs and DL4J networks. ND4J is the user's: this module
 * brings none of its native code.
 */
@NullMarked
package dev.optim.nd4j;

import org.jspecify.annotations.NullMarked;
