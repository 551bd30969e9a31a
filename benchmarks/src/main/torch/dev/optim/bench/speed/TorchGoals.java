package dev.optim.bench.speed;

import java.util.List;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * AdamW against libtorch's, both on one thread in float32. Libtorch's is the plain optimizer of its
 * C++ interface, which makes a pass over memory for each operation; its fused kernel is another.
 */
public final class TorchGoals implements PeerGoals {

  /** For {@link java.util.ServiceLoader}. */
  public TorchGoals() {}

  @Override
  public List<Goal> goals() {
    return List.of(adamw("torch-adamw-1m", 1_000_000, 4), adamw("torch-adamw-10m", 10_000_000, 6));
  }

  private static Goal adamw(String name, int elements, double atLeast) {
    return Goal.speed(
            name,
            atLeast,
            "libtorch's AdamW",
            () -> new Race(RuleStep.ADAMW.floats(RuleStep.matrix(elements), 1), ofTorch(elements)))
        .per(elements, "element");
  }

  private static Runnable ofTorch(long elements) {
    torch.set_num_threads(1);
    Tensor x = torch.randn(elements).requires_grad_(true);
    x.mutable_grad().put(torch.randn(elements));
    var adamw = new org.bytedeco.pytorch.AdamW(new TensorVector(x), new AdamWOptions(1e-3));
    return () -> adamw.step().close();
  }
}
