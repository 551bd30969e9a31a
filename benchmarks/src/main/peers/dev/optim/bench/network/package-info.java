/** Networks of DL4J, trained by this library and by DL4J itself, in the comparison. */
@NullMarked
package dev.optim.bench.network;

import org.jspecify.annotations.NullMarked;
