package dev.optim.secondorder;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.state.Checkpoint;
import dev.optim.update.Elements;
import dev.optim.update.GradientFlow;
import dev.optim.update.GradientTransform;
import dev.optim.update.Parameters;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies each gradient with the inverse Fisher matrix of the last m gradients, itself included,
 * before any update rule.
 *
 * <pre>
 *   g &larr; g + weightDecay x
 *   the window takes g in and drops its oldest gradient
 *   g &larr; F^-1 g
 * </pre>
 *
 * <pre>{@code
 * UpdatePlan plan = UpdatePlan.of(Sgd.of(1e-3).withMomentum(0.9))
 *     .withTransform(MfacTransform.of(512, 1e-4));
 * }</pre>
 *
 * <p>The decay is that of every tensor. To leave some out, let the rule decay, behind the product:
 *
 * <pre>{@code
 * UpdatePlan plan = UpdatePlan.of(Sgd.of(1e-3).withWeightDecay(1e-4))
 *     .withRule("*.bias", Sgd.of(1e-3))
 *     .withTransform(MfacTransform.of(512, 1e-4));
 * }</pre>
 *
 * <p>The window spans all tensors. A tensor without a gradient counts as zero in it and stays
 * without one; the factors of transforms before this one (clipping, accumulation) are multiplied
 * in. A gradient that is not finite, or whose product might not be, is refused: the step is skipped
 * or fails by the plan's policy, and the window is as it was. So it is, bit for bit, where a
 * transform behind this one refuses the step; one that holds it back has used the product, and the
 * gradient stays.
 *
 * <p>The product is not refined. Gradients that repeat others cost it digits: it is off by 8e-8 of
 * its norm where |g|^2 is 1e8 times m damping, by 1e-5 at 1e10.
 *
 * <p>Cost: two passes over the window and O(m^2), see {@link FisherWindow}; on the threads of the
 * plan. Memory as {@link WindowSettings#bytes} and one gradient more. The window is part of the
 * updater's checkpoint.
 *
 * @param window size, damping and precision of the window
 * @param weightDecay the coupled decay, which enters the window with the gradient, at least 0; 0 by
 *     default
 */
public record MfacTransform(WindowSettings window, double weightDecay)
    implements GradientTransform {

  /** Checks the arguments. */
  public MfacTransform {
    requireNonNull(window, "window");
    Checks.nonNegative("weightDecay", weightDecay);
  }

  /**
   * Without weight decay, the gradients kept in single precision.
   *
   * @param gradients m, the size of the window
   * @param damping added to the diagonal of the Fisher matrix, more than 0
   * @return the transform
   */
  public static MfacTransform of(int gradients, double damping) {
    return new MfacTransform(WindowSettings.of(gradients, damping), 0);
  }

  /**
   * With coupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new transform
   */
  public MfacTransform withWeightDecay(double weightDecay) {
    return new MfacTransform(window, weightDecay);
  }

  @Override
  public <A> Live<A> begin(Parameters parameters, Elements<A> elements) {
    return new Preconditioner<>(this, parameters, elements);
  }

  private static final class Preconditioner<A> implements Live<A> {

    private final double weightDecay;
    private final Parameters layout;
    private final Elements<A> elements;
    private final FisherWindow window;
    private final A product;
    private final boolean[] present;
    private final double largest;
    private final WindowPasses.Reader reader = this::read;
    private final WindowPasses.Writer writer = this::write;
    private @Nullable GradientFlow<A> flow;

    /** Whether the newest gradient is of a step that is not accepted yet. */
    private boolean pending;

    Preconditioner(MfacTransform transform, Parameters layout, Elements<A> elements) {
      weightDecay = transform.weightDecay;
      this.layout = layout;
      this.elements = elements;
      window = FisherWindow.of(layout.length(), transform.window);
      product = elements.allocate(layout.length());
      present = new boolean[layout.tensors().size()];
      largest = elements.single() ? Float.MAX_VALUE : Double.MAX_VALUE;
    }

    @Override
    public void apply(GradientFlow<A> gradient) {
      settle();
      flow = gradient;
      if (!window.offer(reader, largest, gradient.workers())) {
        gradient.skip();
        return;
      }
      pending = true;
      window.multiplyNewest(writer, gradient.workers());
      for (int i = 0; i < present.length; i++) {
        present[i] = gradient.present(i);
      }
      gradient.replace(product, present);
    }

    @Override
    public void accepted() {
      pending = false;
    }

    /** Takes the gradient of a refused step back: who refused it does not say so. */
    private void settle() {
      if (pending) {
        window.takeBack();
        pending = false;
      }
    }

    /** Reads part of the gradient as the window is to have it. */
    private void read(int from, double[] tile, int length) {
      GradientFlow<A> now = requireNonNull(flow);
      Arrays.fill(tile, 0, length, 0);
      for (int i = 0; i < present.length; i++) { // an iterator would be garbage in every step
        Parameters.Tensor tensor = layout.tensors().get(i);
        int begin = Math.max(from, tensor.offset());
        int count = Math.min(from + length, tensor.end()) - begin;
        if (count > 0 && now.present(i)) {
          elements.addScaled(now.scale(i), now.gradient(), begin, tile, begin - from, count);
          if (weightDecay != 0) {
            elements.addScaled(weightDecay, now.parameters(), begin, tile, begin - from, count);
          }
        }
      }
    }

    private void write(double[] tile, int from, int length) {
      elements.narrow(tile, product, from, length);
    }

    @Override
    public Checkpoint checkpoint() {
      settle();
      return window.checkpoint();
    }

    @Override
    public Runnable restoring(Checkpoint state) {
      Runnable takeOver = window.restoring(state);
      return () -> {
        takeOver.run();
        pending = false;
      };
    }
  }
}
