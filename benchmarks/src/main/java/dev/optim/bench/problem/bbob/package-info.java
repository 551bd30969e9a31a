/**
 * The 24 noiseless functions of the benchmark suite BBOB of COCO, in any dimension and with COCO's
 * instances: {@link dev.optim.bench.problem.bbob.Bbob} makes them.
 *
 * <p>N. Hansen, S. Finck, R. Ros and A. Auger, "Real-parameter black-box optimization benchmarking
 * 2009: noiseless functions definitions", INRIA RR-6829, 2009; N. Hansen, A. Auger, R. Ros, O.
 * Mersmann, T. Tusar and D. Brockhoff, "COCO: a platform for comparing continuous optimizers in a
 * black-box setting", Optimization Methods and Software 36 (2021), 114-144.
 */
@NullMarked
package dev.optim.bench.problem.bbob;

import org.jspecify.annotations.NullMarked;
