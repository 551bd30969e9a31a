package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.update.Elements;
import dev.optim.update.NonFinite;
import dev.optim.update.StepOutcome;
import dev.optim.update.Updater;

/**
 * Sharpness-aware minimisation, SAM (Foret et al., ICLR 2021), around any updater: the gradient is
 * taken at the worst point of a small ball, so that flat minima win. Each step takes two gradients.
 *
 * <pre>
 *   x' = x + radius g / |g|_2            climb,   g the gradient at x
 *   x &larr; the updater's step from x          descend, with the gradient at x'
 * </pre>
 *
 * <pre>{@code
 * SharpnessAware<float[]> sam = new SharpnessAware<>(updater, 0.05);
 * for (...) {
 *   model.gradient(parameters, gradient);
 *   sam.climb(parameters, gradient);
 *   model.gradient(parameters, gradient);
 *   sam.descend(parameters, gradient);
 * }
 * }</pre>
 *
 * <p>Between the two calls the parameters are x'; {@code descend} first puts the bits of x back. It
 * has no state from step to step but the updater's. For one thread at a time.
 *
 * <p>Cost beside the updater's: a read of the gradient for its norm, 4 reads and 3 writes an
 * element, and memory for one copy of the parameters.
 *
 * <p>Source: arXiv 2010.01412, equations 2 and 3, Algorithm 1.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public final class SharpnessAware<A> {

  private final Updater<A> updater;
  private final Elements<A> elements;
  private final double radius;
  private final A saved;
  private boolean climbed;

  /**
   * Around an updater.
   *
   * @param updater makes the step
   * @param radius the radius of the ball, more than 0; 0.05 in the paper
   */
  public SharpnessAware(Updater<A> updater, double radius) {
    this.updater = requireNonNull(updater, "updater");
    this.radius = Checks.positive("radius", radius);
    this.elements = updater.elements();
    this.saved = elements.allocate(updater.layout().length());
  }

  /**
   * Moves the parameters to where the second gradient is to be taken. A gradient that is zero or
   * not finite, or so tiny or huge that its squared norm is no double, or the radius over its norm
   * no number of this precision, leaves them where they are.
   *
   * @param parameters read and written; of the layout's length
   * @param gradient at the parameters; read only; of the layout's length, not the same array
   * @throws IllegalArgumentException if a length is wrong or both are one array
   * @throws IllegalStateException if the climb before has not been followed by {@link #descend} or
   *     {@link #cancel}
   */
  public void climb(A parameters, A gradient) {
    requireApart(parameters, gradient);
    if (climbed) {
      throw new IllegalStateException("climb was called twice without descend between");
    }
    int n = updater.layout().length();
    System.arraycopy(parameters, 0, saved, 0, n);
    climbed = true;
    double scale = radius / Math.sqrt(elements.squaredNorm(gradient, 0, n));
    if (scale > 0 && scale <= elements.largest()) {
      elements.addScaled(scale, gradient, saved, parameters, 0, n);
    }
  }

  /**
   * Puts the parameters back and makes the updater's step. Where the updater throws, say by {@link
   * NonFinite#FAIL}, they are those before the climb.
   *
   * @param parameters as {@link #climb} left them; read and written
   * @param gradient at the parameters; read only; of the layout's length, not the same array
   * @return what became of the step
   * @throws IllegalArgumentException if a length is wrong or both are one array
   * @throws IllegalStateException if {@link #climb} was not called before
   */
  public StepOutcome descend(A parameters, A gradient) {
    requireApart(parameters, gradient);
    if (!climbed) {
      throw new IllegalStateException("descend was called without climb before");
    }
    System.arraycopy(saved, 0, parameters, 0, updater.layout().length());
    climbed = false;
    return updater.step(parameters, gradient);
  }

  /**
   * Puts the parameters back without a step, say because the second gradient could not be had.
   *
   * @param parameters as {@link #climb} left them; written
   * @throws IllegalArgumentException if the length is wrong
   * @throws IllegalStateException if {@link #climb} was not called before
   */
  public void cancel(A parameters) {
    requireNonNull(parameters, "parameters");
    int n = updater.layout().length();
    Checks.length("parameters", elements.length(parameters), n);
    if (!climbed) {
      throw new IllegalStateException("cancel was called without climb before");
    }
    System.arraycopy(saved, 0, parameters, 0, n);
    climbed = false;
  }

  private void requireApart(A parameters, A gradient) {
    requireNonNull(parameters, "parameters");
    requireNonNull(gradient, "gradient");
    int n = updater.layout().length();
    Checks.length("parameters", elements.length(parameters), n);
    Checks.length("gradient", elements.length(gradient), n);
    if (parameters == gradient) {
      throw new IllegalArgumentException("parameters and gradient are one array");
    }
  }
}
