package dev.optim.nd4j;

import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import dev.optim.update.StepOutcome;
import dev.optim.update.Updater;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What differs between arrays of single and double precision.
 *
 * @param <B> the buffer
 */
sealed interface Precision<B extends Buffer> {

  Updater<?> updater();

  NativeType<B> type();

  @Nullable B[] buffers(int count);

  StepOutcome step(B parameters, B gradient, boolean @Nullable [] present);

  StepOutcome step(@Nullable B[] parameters, @Nullable B[] gradients);

  /** FLOAT. */
  record Single(FloatUpdater updater) implements Precision<FloatBuffer> {

    @Override
    public NativeType<FloatBuffer> type() {
      return NativeType.FLOAT;
    }

    @Override
    public @Nullable FloatBuffer[] buffers(int count) {
      return new FloatBuffer[count];
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
    public NativeType<DoubleBuffer> type() {
      return NativeType.DOUBLE;
    }

    @Override
    public @Nullable DoubleBuffer[] buffers(int count) {
      return new DoubleBuffer[count];
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
