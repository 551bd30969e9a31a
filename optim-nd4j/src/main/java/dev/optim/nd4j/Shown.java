package dev.optim.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a companion has shown: parameters, where their gradient begins, and their shape. DL4J and
 * SameDiff call companions and the updater of their gradients one after the other in one thread,
 * and know of no way from the ones to the other; what they have in common is the gradient's memory.
 *
 * @param parameters the parameters
 * @param gradientStart the address of the first element of their gradient
 * @param shape the shape of the tensor; null if it is that of the arrays
 */
record Shown(INDArray parameters, long gradientStart, int @Nullable [] shape) {

  private static final ThreadLocal<TreeMap<Long, Shown>> WAITING =
      ThreadLocal.withInitial(TreeMap::new);

  /** Keeps what is shown until the updater of the gradient takes it. */
  static void add(INDArray parameters, INDArray gradient, int @Nullable [] shape) {
    long start = ArrayMemory.start(gradient);
    WAITING.get().put(start, new Shown(parameters, start, shape));
  }

  /** Takes what was shown for a gradient or parts of it, in the order of the gradient. */
  static List<Shown> take(INDArray gradient) {
    long start = ArrayMemory.start(gradient);
    long end = start + gradient.length() * gradient.dataType().width();
    SortedMap<Long, Shown> parts = WAITING.get().subMap(start, Math.max(end, start + 1));
    List<Shown> taken = new ArrayList<>(parts.values());
    parts.clear();
    return taken;
  }
}
