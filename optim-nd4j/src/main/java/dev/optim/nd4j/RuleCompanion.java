package dev.optim.nd4j;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect.Visibility;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Shows a {@link RuleUpdater} the parameters and their shapes, for rules that need them: decoupled
 * weight decay, the projection of AdamP and SGDP, whatever looks at rows or whole tensors. It
 * regularises nothing; it is a {@link Regularization} because that is what DL4J and SameDiff hand
 * the parameters to, right before the updater gets the gradient.
 *
 * <pre>{@code
 * network.init();                       // .updater(RuleUpdater.of(AdamP.of(1e-3)))
 * RuleCompanion.attach(network);        // once; saved and loaded with the model
 *
 * TrainingConfig.builder()              // SameDiff
 *     .updater(RuleUpdater.of(AdamP.of(1e-3)))
 *     .regularization(RuleCompanion.ofArrays())
 * }</pre>
 *
 * <p>DL4J shows one long vector for each parameter. So {@code attach} gives each one a companion
 * that knows where it lies and what shape it has: row-major in the order of its memory, in which
 * rows are channels, as in {@link NetworkTrainer}.
 *
 * <p>Immutable; written to JSON with the model.
 */
@JsonAutoDetect(
    fieldVisibility = Visibility.NONE,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE,
    setterVisibility = Visibility.NONE,
    creatorVisibility = Visibility.NONE)
public final class RuleCompanion implements Regularization {

  private static final long serialVersionUID = 1;
  private static final RuleCompanion OF_ARRAYS = new RuleCompanion(0, null);

  private final long offset;
  private final int @Nullable [] shape;

  private RuleCompanion(long offset, int @Nullable [] shape) {
    this.offset = offset;
    this.shape = shape;
  }

  /**
   * The companion of SameDiff, which shows variables as they are.
   *
   * @return the companion, for every variable of the graph
   */
  public static RuleCompanion ofArrays() {
    return OF_ARRAYS;
  }

  /**
   * Gives every parameter whose rule needs it a companion. Companions of an earlier call are
   * replaced.
   *
   * @param network initialised; its configuration is changed, and nothing else
   * @throws IllegalArgumentException if DL4J would not show one of these parameters to it: those of
   *     batch normalisation, and of layers that wrap another; nothing is changed then
   */
  public static void attach(MultiLayerNetwork network) {
    attach(requireNonNull(network, "network").getLayers());
  }

  /**
   * Gives every parameter whose rule needs it a companion. Companions of an earlier call are
   * replaced.
   *
   * @param network initialised; its configuration is changed, and nothing else
   * @throws IllegalArgumentException if DL4J would not show one of these parameters to it: those of
   *     batch normalisation, and of layers that wrap another; nothing is changed then
   */
  public static void attach(ComputationGraph network) {
    attach(requireNonNull(network, "network").getLayers());
  }

  private static void attach(Layer[] layers) {
    Map<BaseLayer, BaseLayer> changed = new LinkedHashMap<>();
    for (Layer layer : layers) {
      Map<String, RuleCompanion> companions = companions(layer);
      if (!companions.isEmpty()) {
        BaseLayer configuration = configuration(layer, companions);
        changed.put(configuration, with(configuration, companions));
      }
    }
    changed.forEach(
        (configuration, copy) -> {
          configuration.setRegularization(copy.getRegularization());
          configuration.setRegularizationBias(copy.getRegularizationBias());
        });
  }

  private static Map<String, RuleCompanion> companions(Layer layer) {
    Map<String, RuleCompanion> companions = new LinkedHashMap<>();
    for (Map.Entry<String, INDArray> entry : layer.paramTable(false).entrySet()) {
      String name = entry.getKey();
      if (layer.getConfig().getUpdaterByParam(name) instanceof RuleUpdater updater
          && updater.needsParameters()) {
        INDArray array = entry.getValue();
        companions.put(name, new RuleCompanion(array.offset(), NetworkLayout.shape(name, array)));
      }
    }
    return companions;
  }

  private static BaseLayer configuration(Layer layer, Map<String, RuleCompanion> companions) {
    if (layer.getConfig() instanceof BaseLayer configuration) {
      return configuration;
    }
    throw unseen(layer.getConfig().getLayerName(), companions.keySet().iterator().next());
  }

  /** A copy of a layer's configuration with the companions added, which DL4J gives them out of. */
  private static BaseLayer with(BaseLayer configuration, Map<String, RuleCompanion> companions) {
    BaseLayer copy = configuration.clone();
    copy.setRegularization(withoutCompanions(copy.getRegularization()));
    copy.setRegularizationBias(withoutCompanions(copy.getRegularizationBias()));
    companions.forEach(
        (name, companion) -> {
          List<Regularization> list = copy.getRegularizationByParam(name);
          if (list == null) {
            throw unseen(copy.getLayerName(), name);
          }
          list.add(companion);
        });
    return copy;
  }

  private static List<Regularization> withoutCompanions(@Nullable List<Regularization> list) {
    List<Regularization> others = new ArrayList<>();
    for (Regularization each : list == null ? List.<Regularization>of() : list) {
      if (!(each instanceof RuleCompanion)) {
        others.add(each);
      }
    }
    return others;
  }

  private static IllegalArgumentException unseen(@Nullable String layer, String parameter) {
    return new IllegalArgumentException(
        "DL4J shows nobody the parameter "
            + parameter
            + " of layer "
            + layer
            + ", which its rule needs: give the layer the RuleUpdater of a rule that moves each"
            + " element by itself and has no weight decay");
  }

  @JsonCreator
  static RuleCompanion read(
      @JsonProperty("offset") long offset, @JsonProperty("shape") int @Nullable [] shape) {
    return shape == null ? OF_ARRAYS : new RuleCompanion(offset, shape);
  }

  @JsonProperty("offset")
  long offset() {
    return offset;
  }

  @JsonProperty("shape")
  int @Nullable [] shape() {
    return shape == null ? null : shape.clone();
  }

  @Override
  public ApplyStep applyStep() {
    return ApplyStep.BEFORE_UPDATER;
  }

  /**
   * Shows the updater of the calling thread the parameters; changes nothing.
   *
   * @throws IllegalStateException if there are more or fewer parameters than when the companion was
   *     attached
   */
  @Override
  public void apply(INDArray param, INDArray gradView, double lr, int iteration, int epoch) {
    if (shape == null) {
      Shown.add(param, gradView, null);
    } else if (param.offset() == offset) {
      long size = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
      if (size != param.length()) {
        throw new IllegalStateException(
            "a parameter of shape "
                + Arrays.toString(shape)
                + " has "
                + param.length()
                + " elements now: attach the companions again");
      }
      Shown.add(param, gradView, shape);
    }
  }

  @Override
  public double score(INDArray param, int iteration, int epoch) {
    return 0;
  }

  @Override
  public RuleCompanion clone() {
    return this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RuleCompanion that
        && offset == that.offset
        && Arrays.equals(shape, that.shape);
  }

  @Override
  public int hashCode() {
    return Objects.hash(offset, Arrays.hashCode(shape));
  }

  @Override
  public String toString() {
    return shape == null
        ? "RuleCompanion[arrays]"
        : "RuleCompanion[" + Arrays.toString(shape) + " at " + offset + "]";
  }
}
