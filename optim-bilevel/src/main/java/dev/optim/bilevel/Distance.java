package dev.optim.bilevel;

import dev.optim.RunWarning;
import dev.optim.StopReason;
import dev.optim.kernel.Kernels;
import java.util.List;
import java.util.Optional;

/** How far iterates have come: from a start that is not feasible, or out of every scale. */
final class Distance {

  /** How many times as large as the start, or 1, iterates may become. */
  private static final double FACTOR = 1e12;

  private Distance() {}

  /** The largest size that an iterate of a run from this start may come to. */
  static double reach(double[] start) {
    return FACTOR * (1 + Kernels.maxAbs(start, 0, start.length));
  }

  /** Says where the projection has moved the start. */
  static List<RunWarning> ofTheStart(double moved, double[] start) {
    return moved > 1e-9 * (1 + Kernels.maxAbs(start, 0, start.length))
        ? List.of(
            new RunWarning(
                "the start is not feasible and was projected: a coordinate moved by " + moved))
        : List.of();
  }

  /**
   * What the blocks of an iterate mean: nothing, unless a coordinate is NaN or beyond the reach.
   * The norm bounds every coordinate and is the cheaper one to look at.
   */
  static Optional<StopReason> outcome(double[][] blocks, double reach) {
    double squares = 0;
    for (double[] block : blocks) {
      squares += Kernels.squaredNorm(block, 0, block.length);
    }
    if (squares <= reach * reach && squares < Double.POSITIVE_INFINITY) {
      return Optional.empty();
    }
    double size = 0;
    for (double[] block : blocks) {
      size = Math.max(size, Kernels.maxAbs(block, 0, block.length));
    }
    if (size <= reach) {
      return Optional.empty();
    }
    return Optional.of(
        size < Double.POSITIVE_INFINITY ? StopReason.DIVERGED : StopReason.NON_FINITE);
  }
}
