package dev.optim.update;

import dev.optim.kernel.Bfloat16Kernels;

/**
 * Bulk copies between a long vector, in whatever memory and precision it is, and an array.
 *
 * @param <A> the array
 * @param <B> the vector
 */
interface BlockCopy<A, B> {

  /** Copies elements from..from+length-1 of the vector to the first of the array. */
  void get(B vector, int from, A array, int length);

  /** Copies the first elements of the array to elements from..from+length-1 of the vector. */
  void put(A array, B vector, int from, int length, int worker);

  /** Between arrays of one type. */
  static <A> BlockCopy<A, A> ofArrays() {
    return new BlockCopy<>() {
      @Override
      public void get(A vector, int from, A array, int length) {
        System.arraycopy(vector, from, array, 0, length);
      }

      @Override
      public void put(A array, A vector, int from, int length, int worker) {
        System.arraycopy(array, 0, vector, from, length);
      }
    };
  }

  /** Bits of bfloat16 numbers as values; what is written is rounded at random. */
  static BlockCopy<float[], short[]> ofBfloat16(StochasticRounding rounding) {
    return new BlockCopy<>() {
      @Override
      public void get(short[] vector, int from, float[] array, int length) {
        Bfloat16Kernels.widen(vector, from, array, length);
      }

      @Override
      public void put(float[] array, short[] vector, int from, int length, int worker) {
        rounding.round(0, array, vector, from, length, worker);
      }
    };
  }

  /** The same for one vector a tensor; what is copied at once never crosses tensors. */
  default BlockCopy<A, B[]> perTensor(Parameters layout) {
    BlockCopy<A, B> one = this;
    return new BlockCopy<>() {
      @Override
      public void get(B[] vectors, int from, A array, int length) {
        Parameters.Tensor tensor = layout.tensorAt(from);
        one.get(vectors[tensor.index()], from - tensor.offset(), array, length);
      }

      @Override
      public void put(A array, B[] vectors, int from, int length, int worker) {
        Parameters.Tensor tensor = layout.tensorAt(from);
        one.put(array, vectors[tensor.index()], from - tensor.offset(), length, worker);
      }
    };
  }
}
