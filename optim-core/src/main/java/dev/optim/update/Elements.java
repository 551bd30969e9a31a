package dev.optim.update;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;

/**
 * The arithmetic that {@code float[]} and {@code double[]} share, so that everything around a rule
 * is written once.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public abstract sealed class Elements<A> permits FloatElements, DoubleElements {

  Elements() {}

  /**
   * Whether the elements are single precision.
   *
   * @return true for {@code float[]}
   */
  public abstract boolean single();

  /**
   * A new array of zeros.
   *
   * @param length the number of elements
   * @return the array
   */
  public abstract A allocate(int length);

  /**
   * The length of an array.
   *
   * @param a the array
   * @return the number of elements
   */
  public abstract int length(A a);

  /**
   * The largest magnitude.
   *
   * @param a the array
   * @param from the first index
   * @param to the index after the last
   * @return the maximum of |a[i]|, NaN if any element is NaN
   */
  public abstract double maxAbs(A a, int from, int to);

  /**
   * The sum of squares, accumulated in double.
   *
   * @param a the array
   * @param from the first index
   * @param to the index after the last
   * @return the sum
   */
  public abstract double squaredNorm(A a, int from, int to);

  /**
   * Writes the product with a scalar.
   *
   * @param scale the scalar, rounded to the precision of the elements
   * @param a read
   * @param out out[i] = scale a[i]; may be {@code a}
   * @param from the first index
   * @param to the index after the last
   */
  public abstract void scale(double scale, A a, A out, int from, int to);

  /**
   * Adds the product with a scalar.
   *
   * @param scale the scalar, rounded to the precision of the elements
   * @param a read
   * @param b read
   * @param out out[i] = b[i] + scale a[i]; may be {@code a} or {@code b}
   * @param from the first index
   * @param to the index after the last
   */
  public abstract void addScaled(double scale, A a, A b, A out, int from, int to);

  /**
   * Limits each element to -bound..bound.
   *
   * @param bound the largest magnitude left
   * @param a read and written
   * @param from the first index
   * @param to the index after the last
   */
  public abstract void clamp(double bound, A a, int from, int to);

  /**
   * Adds the product with a scalar to elements in double precision, all in double precision.
   *
   * @param scale the scalar
   * @param a read
   * @param from the first index in {@code a}
   * @param out out[outFrom + i] += scale a[from + i]
   * @param outFrom the first index in {@code out}
   * @param length the number of elements
   */
  public abstract void addScaled(
      double scale, A a, int from, double[] out, int outFrom, int length);

  /**
   * Copies elements from double precision, rounded to that of the elements.
   *
   * @param a read from index 0
   * @param out written
   * @param from the first index in {@code out}
   * @param length the number of elements
   */
  public abstract void narrow(double[] a, A out, int from, int length);

  abstract A[] allocateAll(int count, int length);

  /** State vectors in bfloat16, or a refusal. */
  abstract StateVectors<A> narrowState(int count, int length, StochasticRounding rounding);

  /**
   * Raises each element of {@code most} to the magnitude of the element of {@code a}, NaN to NaN.
   */
  abstract void raiseAbs(A a, A most, int length);

  abstract double largestGradient();

  /**
   * The largest finite number of this precision.
   *
   * @return {@link Float#MAX_VALUE} or {@link Double#MAX_VALUE}
   */
  public abstract double largest();

  abstract void step(UpdateRule rule, Step step, A x, A g, A[] state, int from, int to);

  abstract void evaluationPoint(
      UpdateRule rule, Step step, A x, A[] state, A out, int from, int to);

  /** Sets elements so small that they are, or soon become, denormal numbers to zero. */
  abstract void flush(A a, int from, int to);

  /** Adds a tensor to a checkpoint: the elements of {@code a} from an index on. */
  abstract void save(
      CheckpointBuilder builder, String name, A a, int from, Parameters.Tensor tensor);

  abstract A load(Checkpoint checkpoint, String name, Parameters.Tensor tensor);

  static long[] longs(int[] shape) {
    long[] longs = new long[shape.length];
    for (int i = 0; i < shape.length; i++) {
      longs[i] = shape[i];
    }
    return longs;
  }
}
