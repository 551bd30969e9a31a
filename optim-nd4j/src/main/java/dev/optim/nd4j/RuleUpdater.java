package dev.optim.nd4j;

import static java.util.Objects.requireNonNull;

import dev.optim.update.ElementSteps;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect.Visibility;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A rule of this library as an updater of DL4J and SameDiff.
 *
 * <pre>{@code
 * new NeuralNetConfiguration.Builder()
 *     .updater(RuleUpdater.of(Lion.of(1e-4)))
 *     .list()
 *     .layer(new DenseLayer.Builder() ... .weightDecay(0.1).build()) // decoupled
 * }</pre>
 *
 * <p>DL4J shows an updater the gradient and not the parameters, and one long vector in place of
 * tensors. So the rule must move each element by itself and must not read it: weight decay belongs
 * into the configuration of the layers ({@code weightDecay} is AdamW's decoupled decay, {@code l2}
 * the coupled one; given to the network's builder, DL4J 1.0.0-M2.1 applies a decay twice), and
 * rules that project (AdamP, SGDP) or look at whole tensors belong into a training loop of their
 * own. Other rules are refused.
 *
 * <p>The step is counted by the network's iterations: a schedule sees {@code iteration}, the rule
 * {@code iteration + 1}. A gradient that is not finite becomes a step of zero and leaves the state
 * alone. The state lies in DL4J's own array, so that a saved model goes on bit for bit.
 *
 * <p>Written to JSON by its class and components, which every rule and schedule that is a record
 * has; two are equal if their rules are. Immutable: {@code setLearningRate} of a network is
 * refused, schedules are part of the rule.
 */
@JsonAutoDetect(
    fieldVisibility = Visibility.NONE,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE,
    setterVisibility = Visibility.NONE,
    creatorVisibility = Visibility.NONE)
public final class RuleUpdater implements IUpdater {

  private static final long serialVersionUID = 1;

  private final transient UpdateRule rule;

  private RuleUpdater(UpdateRule rule) {
    this.rule = rule;
  }

  /**
   * The updater of a rule.
   *
   * @param rule a record that moves each element by itself and does not read the parameters
   * @return the updater
   * @throws IllegalArgumentException if the rule reads the parameters, looks at more than one
   *     element at once, or could not be read again from JSON
   */
  public static RuleUpdater of(UpdateRule rule) {
    requireNonNull(rule, "rule");
    ElementSteps.of(rule);
    UpdateRule read = RecordForm.read(RecordForm.write(rule), UpdateRule.class);
    if (!read.equals(rule)) {
      throw new IllegalArgumentException(rule + " comes back from JSON as " + read);
    }
    double[] fromZero = displacement(rule, 0);
    double[] fromOne = displacement(rule, 1);
    for (int i = 0; i < fromZero.length; i++) {
      if (Math.abs(fromZero[i] - fromOne[i]) > 1e-14 + 1e-10 * Math.abs(fromZero[i])) {
        throw new IllegalArgumentException(
            rule
                + " reads the parameters, which an updater does not see: leave weight decay to the"
                + " network's configuration, or train with a loop of your own");
      }
    }
    return new RuleUpdater(rule);
  }

  /** How far three steps of given gradients move from a point: the same from any, if not read. */
  private static double[] displacement(UpdateRule rule, double start) {
    double[] x = {start, start, start, start};
    var updater = UpdatePlan.of(rule).doubles(Parameters.vector(x.length));
    updater.step(x, new double[] {1, 2, -3, 4});
    updater.step(x, new double[] {3, -1, -1, -1});
    updater.step(x, new double[] {-1, 1, 2, 0.5});
    for (int i = 0; i < x.length; i++) {
      x[i] -= start;
    }
    return x;
  }

  @JsonCreator
  static RuleUpdater read(@JsonProperty("rule") Map<String, Object> rule) {
    return of(RecordForm.read(rule, UpdateRule.class));
  }

  @JsonProperty("rule")
  LinkedHashMap<String, Object> form() {
    return RecordForm.write(rule);
  }

  /**
   * The rule.
   *
   * @return the rule
   */
  public UpdateRule rule() {
    return rule;
  }

  @Override
  public long stateSize(long numParams) {
    return rule.state().size() * numParams;
  }

  @Override
  public GradientUpdater<RuleUpdater> instantiate(
      @Nullable INDArray viewArray, boolean initializeViewArray) {
    RuleGradientUpdater updater = new RuleGradientUpdater(this);
    if (viewArray != null) {
      updater.setState(viewArray, initializeViewArray);
    }
    return updater;
  }

  @Override
  public GradientUpdater<RuleUpdater> instantiate(
      Map<String, INDArray> updaterState, boolean initializeStateArrays) {
    RuleGradientUpdater updater = new RuleGradientUpdater(this);
    updater.setState(updaterState, initializeStateArrays);
    return updater;
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return rule.stepSize().at(iteration);
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  /**
   * Refused: the step size is the rule's.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public void setLrAndSchedule(double lr, @Nullable ISchedule lrSchedule) {
    throw new UnsupportedOperationException(
        "the step size belongs to " + rule + ": make an updater of a rule with another");
  }

  @Override
  public RuleUpdater clone() {
    return this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RuleUpdater that && rule.equals(that.rule);
  }

  @Override
  public int hashCode() {
    return rule.hashCode();
  }

  @Override
  public String toString() {
    return "RuleUpdater[" + rule + "]";
  }

  private Object writeReplace() {
    return new Saved(form());
  }

  private record Saved(LinkedHashMap<String, Object> rule) implements Serializable {

    private Object readResolve() {
      return read(rule);
    }
  }
}
