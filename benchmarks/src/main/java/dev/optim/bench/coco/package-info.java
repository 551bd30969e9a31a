/** Runs on BBOB problems as data that COCO's post-processing reads. */
@NullMarked
package dev.optim.bench.coco;

import org.jspecify.annotations.NullMarked;
