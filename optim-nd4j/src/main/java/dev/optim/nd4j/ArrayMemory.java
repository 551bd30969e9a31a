package dev.optim.nd4j;

import java.nio.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The elements of one array of a step as a buffer in row-major order: the array's own memory where
 * it is laid out so, else a copy. What is kept between steps is an address and a copy, never the
 * array.
 *
 * @param <B> the buffer
 */
final class ArrayMemory<B extends Buffer> {

  private final NativeType<B> type;
  private final String name;
  private final boolean written;
  private long address;
  private @Nullable B buffer;
  private @Nullable INDArray copy;

  ArrayMemory(NativeType<B> type, String name, boolean written) {
    this.type = type;
    this.name = name;
    this.written = written;
  }

  /** Refuses an array whose memory is gone, of another type, or that cannot be written. */
  void requireUsable(@Nullable INDArray array) {
    if (array == null) {
      throw new NullPointerException(name);
    }
    if (array.isEmpty()) {
      throw new IllegalArgumentException(name + " is empty");
    }
    if (array.wasClosed() || array.data().wasClosed()) {
      throw new IllegalArgumentException(name + " is closed");
    }
    if (array.dataType() != type.type()) {
      throw new IllegalArgumentException(
          name + " is " + array.dataType() + ", must be " + type.type());
    }
    if (array.isAttached()) {
      requireOpenWorkspace(array.data());
    }
    if (written && repeatsElements(array)) {
      throw new IllegalArgumentException(
          name + " has strides " + Arrays.toString(array.stride()) + " that repeat an element");
    }
    if (array.length() > Integer.MAX_VALUE / type.type().width()) {
      throw new IllegalArgumentException(name + " is larger than 2 GiB");
    }
  }

  /**
   * A view of an array in a closed workspace still says it is in scope, as does an array of an
   * earlier round of the workspace: so the workspace itself is asked.
   */
  private void requireOpenWorkspace(DataBuffer data) {
    MemoryWorkspace workspace = data.getParentWorkspace();
    if (workspace != null
        && !(workspace.isScopeActive() && workspace.getGenerationId() == data.getGenerationId())) {
      throw new IllegalArgumentException(
          name + " belongs to workspace " + workspace.getId() + ", which has been closed since");
    }
  }

  void requireShape(INDArray array, long[] shape) {
    if (!Arrays.equals(array.shape(), shape)) {
      throw new IllegalArgumentException(
          name
              + " has shape "
              + Arrays.toString(array.shape())
              + ", expected "
              + Arrays.toString(shape));
    }
  }

  void requireLength(INDArray array, int length) {
    if (array.length() != length) {
      throw new IllegalArgumentException(
          name + " has length " + array.length() + ", expected " + length);
    }
  }

  String name() {
    return name;
  }

  /** The array's elements; for an array that is not row-major, a copy of them as they are now. */
  B open(INDArray array) {
    if (isRowMajor(array)) {
      return over(array);
    }
    INDArray rows = copy;
    if (rows == null || !Arrays.equals(rows.shape(), array.shape())) {
      rows = Nd4j.createUninitializedDetached(type.type(), 'c', array.shape());
      copy = rows;
    }
    rows.assign(array);
    return over(rows);
  }

  /** Writes back what a step has made of a copy. */
  void writeBack(INDArray array) {
    INDArray rows = copy;
    if (rows != null && !isRowMajor(array)) {
      array.assign(rows);
    }
  }

  private B over(INDArray array) {
    long start = start(array);
    int length = (int) array.length();
    B last = buffer;
    if (last != null && address == start && last.capacity() == length) {
      return last;
    }
    B fresh = type.window().over(array.data().pointer(), array.offset(), length);
    address = start;
    buffer = fresh;
    return fresh;
  }

  /** The address of the first element: {@code data()} of a view is that of its base. */
  static long start(INDArray array) {
    return array.data().pointer().address() + array.offset() * array.dataType().width();
  }

  static boolean isRowMajor(INDArray array) {
    long[] shape = array.shape();
    long[] stride = array.stride();
    long dense = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      if (shape[d] != 1 && stride[d] != dense) {
        return false;
      }
      dense *= shape[d];
    }
    return true;
  }

  private static boolean repeatsElements(INDArray array) {
    long[] shape = array.shape();
    long[] stride = array.stride();
    for (int d = 0; d < shape.length; d++) {
      if (shape[d] > 1 && stride[d] == 0) {
        return true;
      }
    }
    return false;
  }
}
