package dev.optim.state;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;

/** The element type of a tensor, by its safetensors name, and how its elements become bytes. */
public enum DType {
  /** IEEE 754 binary64, held as {@code double[]}. */
  F64(Double.BYTES, double.class),
  /** IEEE 754 binary32, held as {@code float[]}. */
  F32(Float.BYTES, float.class),
  /** bfloat16, held as {@code short[]}: the upper 16 bits of a {@code float}. */
  BF16(Short.BYTES, short.class),
  /** Signed 64-bit integers, held as {@code long[]}. */
  I64(Long.BYTES, long.class),
  /** Signed 32-bit integers, held as {@code int[]}. */
  I32(Integer.BYTES, int.class);

  private final int bytes;
  private final Class<?> element;

  DType(int bytes, Class<?> element) {
    this.bytes = bytes;
    this.element = element;
  }

  /** {@return the size of one element: 2, 4 or 8 bytes} */
  public int bytes() {
    return bytes;
  }

  Object newArray(int length) {
    return Array.newInstance(element, length);
  }

  /** Appends the bits of {@code count} elements to {@code out}, in its byte order. */
  void encode(Object array, int from, int count, ByteBuffer out) {
    switch (this) {
      case F64 -> out.asDoubleBuffer().put((double[]) array, from, count);
      case F32 -> out.asFloatBuffer().put((float[]) array, from, count);
      case BF16 -> out.asShortBuffer().put((short[]) array, from, count);
      case I64 -> out.asLongBuffer().put((long[]) array, from, count);
      case I32 -> out.asIntBuffer().put((int[]) array, from, count);
    }
    out.position(out.position() + count * bytes);
  }

  /** Takes the bits of {@code count} elements from {@code in}, in its byte order. */
  void decode(ByteBuffer in, Object array, int from, int count) {
    switch (this) {
      case F64 -> in.asDoubleBuffer().get((double[]) array, from, count);
      case F32 -> in.asFloatBuffer().get((float[]) array, from, count);
      case BF16 -> in.asShortBuffer().get((short[]) array, from, count);
      case I64 -> in.asLongBuffer().get((long[]) array, from, count);
      case I32 -> in.asIntBuffer().get((int[]) array, from, count);
    }
    in.position(in.position() + count * bytes);
  }
}
