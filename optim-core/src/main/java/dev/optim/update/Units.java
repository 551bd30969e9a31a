package dev.optim.update;

import dev.optim.kernel.Kernels;
import java.util.Arrays;

/**
 * A layout cut into units of work: chunks of tensors, rows or whole tensors where the rule needs
 * them. The cut depends on layout and rules alone, never on the number of threads, so that sums
 * over units are the same for any number.
 */
final class Units {

  private final int[] tensor;
  private final int[] from;
  private final int[] to;
  private final int[] first;

  private Units(int[] tensor, int[] from, int[] to, int[] first) {
    this.tensor = tensor;
    this.from = from;
    this.to = to;
    this.first = first;
  }

  static Units of(Parameters layout, UpdateRule[] rules) {
    int most = 0;
    for (Parameters.Tensor t : layout.tensors()) {
      most += 1 + t.size() / size(t, rules[t.index()]);
    }
    int[] tensor = new int[most];
    int[] from = new int[tensor.length];
    int[] to = new int[tensor.length];
    int[] first = new int[layout.tensors().size() + 1];
    int count = 0;
    for (Parameters.Tensor t : layout.tensors()) {
      first[t.index()] = count;
      int size = size(t, rules[t.index()]);
      for (int offset = 0; offset < t.size(); offset += size) {
        tensor[count] = t.index();
        from[count] = t.offset() + offset;
        to[count] = from[count] + Math.min(size, t.size() - offset);
        count++;
        if (t.size() - offset <= size) {
          break; // offset + size may overflow
        }
      }
    }
    first[first.length - 1] = count;
    return new Units(
        Arrays.copyOf(tensor, count), Arrays.copyOf(from, count), Arrays.copyOf(to, count), first);
  }

  private static int size(Parameters.Tensor tensor, UpdateRule rule) {
    return switch (rule.scope()) {
      case ELEMENT -> Kernels.CHUNK;
      case ROW -> tensor.columns() * Math.max(1, Kernels.CHUNK / tensor.columns());
      case TENSOR -> tensor.size();
    };
  }

  int count() {
    return tensor.length;
  }

  int tensor(int unit) {
    return tensor[unit];
  }

  int from(int unit) {
    return from[unit];
  }

  int to(int unit) {
    return to[unit];
  }

  /** The first unit of a tensor. */
  int first(int tensor) {
    return first[tensor];
  }

  /** The unit after the last of a tensor. */
  int end(int tensor) {
    return first[tensor + 1];
  }
}
