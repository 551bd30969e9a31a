/**
 * First-order training: rules that turn a gradient into a step, bound to named parameters.
 *
 * <p>{@link dev.optim.update.UpdateRule} is one method (Adam, Lion, ...); {@link
 * dev.optim.update.UpdatePlan} says which rule serves which tensors and what happens to the
 * gradient before; {@link dev.optim.update.Updater} is a plan bound to {@link
 * dev.optim.update.Parameters}, with its state. Two ways in, one arithmetic: {@code
 * updater.step(parameters, gradient)} inside somebody's training loop, or a rule or plan as an
 * {@link dev.optim.Optimizer}.
 */
@NullMarked
package dev.optim.update;

import org.jspecify.annotations.NullMarked;
