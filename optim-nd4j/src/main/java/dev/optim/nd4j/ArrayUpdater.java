package dev.optim.nd4j;

import static java.util.Objects.requireNonNull;

import dev.optim.update.Parameters;
import dev.optim.update.StepOutcome;
import dev.optim.update.UpdatePlan;
import dev.optim.update.Updater;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An updater of ND4J arrays, in place.
 *
 * <pre>{@code
 * Parameters layout = ArrayUpdater.layout(weights);               // Map<String, INDArray>
 * ArrayUpdater updater = ArrayUpdater.of(UpdatePlan.of(AdamW.of(1e-3)), layout, DataType.FLOAT);
 * for (...) {
 *   updater.step(List.copyOf(weights.values()), gradients);       // one array a tensor
 * }
 * }</pre>
 *
 * <p>Elements count in row-major order, whatever the order of an array's memory. An array that is
 * laid out so, views with an offset included, is stepped in its own memory, block by block through
 * heap scratch, and makes no garbage (once compiled) while it stays at its address. Any other array
 * (order 'f', transposed, a column of a matrix) goes through a row-major copy that is kept for the
 * next step: two more passes over it, and a little garbage.
 *
 * <p>The result has the same bits as {@link Updater#step} on heap arrays. Everything that can be
 * refused is refused before the first element is written: a wrong type, length or shape, a closed
 * array, an array of a workspace that has been left, parameters that overlap each other or a
 * gradient. Overlaps of strided views are not seen. The steps of one updater are made one after the
 * other; nothing keeps an array. Memory on a GPU is refused.
 */
public final class ArrayUpdater {

  private final Updater<?> updater;
  private final InPlace<?> inPlace;

  private ArrayUpdater(Precision<?> precision) {
    updater = precision.updater();
    inPlace = new InPlace<>(precision);
  }

  /**
   * Binds a plan to arrays.
   *
   * @param plan the rules, and what happens to the gradient before them
   * @param layout names and shapes of the tensors
   * @param type of parameters and gradients, FLOAT or DOUBLE
   * @return the updater, with fresh state
   * @throws IllegalArgumentException if the type is another one, or a pattern of the plan matches
   *     no tensor
   * @throws IllegalStateException if ND4J does not work in the memory of the CPU
   */
  public static ArrayUpdater of(UpdatePlan plan, Parameters layout, DataType type) {
    requireNonNull(plan, "plan");
    requireNonNull(layout, "layout");
    requireNonNull(type, "type");
    if (Nd4j.getExecutioner().type() != OpExecutioner.ExecutionerType.NATIVE_CPU) {
      throw new IllegalStateException(
          "ND4J runs on " + Nd4j.getExecutioner().type() + ", must be NATIVE_CPU");
    }
    return switch (type) {
      case FLOAT -> new ArrayUpdater(new Precision.Single(plan.floats(layout)));
      case DOUBLE -> new ArrayUpdater(new Precision.Double(plan.doubles(layout)));
      default ->
          throw new IllegalArgumentException("type is " + type + ", must be FLOAT or DOUBLE");
    };
  }

  /**
   * The layout of named arrays.
   *
   * @param arrays the arrays by name, in the order of the map; only their shapes are read
   * @return a tensor for each array, with its name and shape
   * @throws IllegalArgumentException if there is no array, one is empty, or they hold more than
   *     2^31 - 1 elements
   */
  public static Parameters layout(Map<String, INDArray> arrays) {
    Parameters.Builder layout = Parameters.builder();
    arrays.forEach((name, array) -> layout.add(name, shape(name, array)));
    return layout.build();
  }

  private static int[] shape(String name, INDArray array) {
    int[] shape = new int[array.rank()];
    for (int d = 0; d < shape.length; d++) {
      if (array.size(d) > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            name + " has dimension " + array.size(d) + ", must be less than 2^31");
      }
      shape[d] = (int) array.size(d);
    }
    return shape;
  }

  /**
   * Makes one step of every tensor, all in one flat array.
   *
   * @param parameters read and written; any shape, with as many elements as the layout
   * @param gradient read only; as many elements; must not share memory with {@code parameters}
   * @return what became of the step
   * @throws IllegalArgumentException if type or length are wrong, an array's memory is no longer
   *     there, or both overlap
   * @throws IllegalStateException if a schedule gives a step size that is negative or not finite
   * @throws dev.optim.update.NonFiniteGradientException if the plan says so
   */
  public synchronized StepOutcome step(INDArray parameters, INDArray gradient) {
    return inPlace.step(parameters, gradient, null);
  }

  /**
   * Makes one step of the tensors that have a gradient, all in one flat array.
   *
   * @param parameters read and written; any shape, with as many elements as the layout
   * @param gradient read only; as many elements; must not share memory with {@code parameters}
   * @param present for each tensor, in the order of the layout, whether it has a gradient
   * @return what became of the step
   * @throws IllegalArgumentException if type or length are wrong, an array's memory is no longer
   *     there, or both overlap
   * @throws IllegalStateException if a schedule gives a step size that is negative or not finite
   * @throws dev.optim.update.NonFiniteGradientException if the plan says so
   */
  public synchronized StepOutcome step(INDArray parameters, INDArray gradient, boolean[] present) {
    return inPlace.step(parameters, gradient, requireNonNull(present, "present"));
  }

  /**
   * Makes one step of tensors in arrays of their own.
   *
   * @param parameters one array a tensor, in the order and of the shapes of the layout; read and
   *     written
   * @param gradients one array a tensor, of the same shapes, null for a tensor without a gradient;
   *     read only; must not share memory with {@code parameters}
   * @return what became of the step
   * @throws IllegalArgumentException if a type or shape is wrong, an array's memory is no longer
   *     there, or arrays overlap
   * @throws IllegalStateException if a schedule gives a step size that is negative or not finite
   * @throws dev.optim.update.NonFiniteGradientException if the plan says so
   */
  public synchronized StepOutcome step(
      List<INDArray> parameters, List<? extends @Nullable INDArray> gradients) {
    requireNonNull(parameters, "parameters");
    requireNonNull(gradients, "gradients");
    return inPlace.step(parameters, gradients);
  }

  /**
   * The state behind the steps: checkpoints, counts, the plateau's losses.
   *
   * @return the updater that works on this one's arrays; a checkpoint of it fits an updater of heap
   *     arrays with the same plan, layout and precision, and the other way round
   */
  public Updater<?> updater() {
    return updater;
  }
}
