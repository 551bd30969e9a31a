package dev.optim.nd4j;

import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import dev.optim.update.StepOutcome;
import dev.optim.update.Updater;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What differs between arrays of single and double precision.
 *
 * @param <B> the buffer
 */
sealed interface Precision<B extends Buffer> {

  Updater<?> updater();

  DataType type();

  @Nullable B[] buffers(int count);

  /** Elements from..from+length-1 of memory as a buffer; the memory must outlive its use. */
  B over(Pointer memory, long from, int length);

  StepOutcome step(B parameters, B gradient, boolean @Nullable [] present);

  StepOutcome step(@Nullable B[] parameters, @Nullable B[] gradients);

  /** FLOAT. */
  record Single(FloatUpdater updater) implements Precision<FloatBuffer> {

    @Override
    public DataType type() {
      return DataType.FLOAT;
    }

    @Override
    public @Nullable FloatBuffer[] buffers(int count) {
      return new FloatBuffer[count];
    }

    @Override
    public FloatBuffer over(Pointer memory, long from, int length) {
      return new FloatPointer(memory).position(from).limit(from + length).asBuffer();
    }

    @Override
    public StepOutcome step(
        FloatBuffer parameters, FloatBuffer gradient, boolean @Nullable [] present) {
      return updater.step(parameters, gradient, present);
    }

    @Override
    public StepOutcome step(@Nullable FloatBuffer[] parameters, @Nullable FloatBuffer[] gradients) {
      return updater.step(parameters, gradients);
    }
  }

  /** DOUBLE. */
  record Double(DoubleUpdater updater) implements Precision<DoubleBuffer> {

    @Override
    public DataType type() {
      return DataType.DOUBLE;
    }

    @Override
    public @Nullable DoubleBuffer[] buffers(int count) {
      return new DoubleBuffer[count];
    }

    @Override
    public DoubleBuffer over(Pointer memory, long from, int length) {
      return new DoublePointer(memory).position(from).limit(from + length).asBuffer();
    }

    @Override
    public StepOutcome step(
        DoubleBuffer parameters, DoubleBuffer gradient, boolean @Nullable [] present) {
      return updater.step(parameters, gradient, present);
    }

    @Override
    public StepOutcome step(
        @Nullable DoubleBuffer[] parameters, @Nullable DoubleBuffer[] gradients) {
      return updater.step(parameters, gradients);
    }
  }
}
