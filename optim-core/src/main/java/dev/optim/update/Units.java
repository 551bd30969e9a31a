package dev.optim.update;

import dev.optim.kernel.Kernels;
import java.util.Arrays;

/**
 * A layout cut into units of work: chunks of tensors, or whole tensors where the rule needs them.
 * The cut depends on layout and rules alone, never on the number of threads, so that sums over
 * units are the same for any number.
 */
final class Units {

  private final int[] tensor;
  private final int[] from;
  private final int[] to;

  private Units(int[] tensor, int[] from, int[] to) {
    this.tensor = tensor;
    this.from = from;
    this.to = to;
  }

  static Units of(Parameters layout, UpdateRule[] rules) {
    int[] tensor = new int[layout.tensors().size() + layout.length() / Kernels.CHUNK];
    int[] from = new int[tensor.length];
    int[] to = new int[tensor.length];
    int count = 0;
    for (Parameters.Tensor t : layout.tensors()) {
      boolean whole = rules[t.index()].scope() == UpdateRule.Scope.TENSOR;
      int size = whole ? t.size() : Kernels.CHUNK;
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
    return new Units(
        Arrays.copyOf(tensor, count), Arrays.copyOf(from, count), Arrays.copyOf(to, count));
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
}
