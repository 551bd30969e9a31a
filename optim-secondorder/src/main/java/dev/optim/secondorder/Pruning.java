package dev.optim.secondorder;

/**
 * What a pruner made.
 *
 * @param weights the new weights, 0 where pruned
 * @param pruned which weights are pruned: the mask to keep them at 0 in later training. A weight
 *     that is 0 for another reason is not in it
 */
public record Pruning(double[] weights, boolean[] pruned) {

  /**
   * How many weights are pruned.
   *
   * @return the number of true elements of the mask
   */
  public int count() {
    int count = 0;
    for (boolean one : pruned) {
      count += one ? 1 : 0;
    }
    return count;
  }

  @Override
  public String toString() {
    return "Pruning[" + count() + " of " + pruned.length + " weights]";
  }
}
