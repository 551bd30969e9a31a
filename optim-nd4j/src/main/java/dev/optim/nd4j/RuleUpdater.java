package dev.optim.nd4j;

import static java.util.Objects.requireNonNull;

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
 * tensors. That is enough for rules that move each element by itself and do not read it. Rules that
 * need the parameters (AdamW, AdamP, SGDP, any with weight decay or over whole tensors) get them
 * from a {@link RuleCompanion}, and refuse to step without. In place of a rule's own decay, the
 * layers' {@code weightDecay} is the decoupled and {@code l2} the coupled one; given to the
 * network's builder, DL4J 1.0.0-M2.1 applies either twice.
 *
 * <p>What sees the whole network is left to a {@link NetworkTrainer}: clipping by global norm,
 * M-FAC, SAM. Rules that end at another point than they step from (Schedule-Free, averages) are
 * refused: DL4J would evaluate and save the wrong one.
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
  private final transient boolean needsParameters;

  private RuleUpdater(UpdateRule rule, boolean needsParameters) {
    this.rule = rule;
    this.needsParameters = needsParameters;
  }

  /**
   * The updater of a rule.
   *
   * @param rule a record that steps from the point it ends at, with the same state for every tensor
   * @return the updater
   * @throws IllegalArgumentException if the rule is none of these, or could not be read again from
   *     JSON
   */
  public static RuleUpdater of(UpdateRule rule) {
    UpdateRule read =
        RecordForm.read(RecordForm.write(requireNonNull(rule, "rule")), UpdateRule.class);
    if (!read.equals(rule)) {
      throw new IllegalArgumentException(rule + " comes back from JSON as " + read);
    }
    return new RuleUpdater(rule, RuleTraits.needParameters(rule));
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

  /** Whether the rule has to be shown the parameters and their shapes. */
  boolean needsParameters() {
    return needsParameters;
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
