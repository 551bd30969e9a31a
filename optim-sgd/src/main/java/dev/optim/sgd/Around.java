package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule around another one, with a vector of its own behind the other's: the point to evaluate.
 * What is not said here or by the record is the inner rule's affair.
 */
interface Around extends UpdateRule {

  /** The inner rule. */
  UpdateRule rule();

  /** Refuses a rule whose parameters are no iterates but where it takes gradients. */
  static void requireOther(UpdateRule rule) {
    requireNonNull(rule, "rule");
    if (rule instanceof ScheduleFree) {
      throw new IllegalArgumentException(
          "rule is " + rule + ", must be one that does not average by itself");
    }
  }

  /** The inner rule's state vectors and one more, under a name that none of them has. */
  static List<String> withVector(UpdateRule rule, String name) {
    List<String> names = new ArrayList<>(rule.state());
    String free = name;
    for (int i = 2; names.contains(free); i++) {
      free = name + i;
    }
    names.add(free);
    return names;
  }

  @Override
  default Schedule stepSize() {
    return rule().stepSize();
  }

  @Override
  default List<String> scalars() {
    return rule().scalars();
  }

  @Override
  default void advance(Step step, double[] scalars) {
    rule().advance(step, scalars);
  }

  @Override
  default Scope scope() {
    return rule().scope();
  }

  @Override
  default int passes() {
    return rule().passes();
  }

  @Override
  default void evaluationPoint(
      Step step, double[] x, double[][] state, double[] out, int from, int to) {
    System.arraycopy(state[state.length - 1], from, out, from, to - from);
  }

  @Override
  default void evaluationPoint(
      Step step, float[] x, float[][] state, float[] out, int from, int to) {
    System.arraycopy(state[state.length - 1], from, out, from, to - from);
  }
}
