package dev.optim.nd4j;

import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A type of arrays and how their memory is seen as a buffer.
 *
 * @param <B> the buffer
 * @param type the type ND4J knows
 * @param window makes the buffer
 */
record NativeType<B extends Buffer>(DataType type, Window<B> window) {

  static final NativeType<FloatBuffer> FLOAT =
      new NativeType<>(
          DataType.FLOAT,
          (memory, from, length) ->
              new FloatPointer(memory).position(from).limit(from + length).asBuffer());

  static final NativeType<DoubleBuffer> DOUBLE =
      new NativeType<>(
          DataType.DOUBLE,
          (memory, from, length) ->
              new DoublePointer(memory).position(from).limit(from + length).asBuffer());

  /**
   * Elements of memory as a buffer.
   *
   * @param <B> the buffer
   */
  @FunctionalInterface
  interface Window<B> {

    /** Elements from..from+length-1; the memory must outlive the use of the buffer. */
    B over(Pointer memory, long from, int length);
  }
}
