package dev.optim.nd4j;

import dev.optim.update.UpdateRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;

/**
 * A rule at work on one block of DL4J's or one variable of SameDiff's, with their state arrays.
 * Only SameDiff tells the shape of the gradient or gives the state as a map.
 */
final class RuleGradientUpdater implements GradientUpdater<RuleUpdater> {

  private final RuleUpdater config;
  private final List<String> names;
  private final List<INDArray> state = new ArrayList<>();
  private boolean variable;
  private @Nullable GradientSteps steps;
  private @Nullable DataType type;

  RuleGradientUpdater(RuleUpdater config) {
    this.config = config;
    names = config.rule().state();
  }

  @Override
  public RuleUpdater getConfig() {
    return config;
  }

  /** Takes over one array of all state vectors, one after the other. */
  void setState(INDArray view, boolean initialize) {
    long each = names.isEmpty() ? 0 : view.length() / names.size();
    if (each * names.size() != view.length()) {
      throw new IllegalArgumentException(
          "the state has " + view.length() + " elements, must be a multiple of " + names.size());
    }
    if (initialize) {
      view.assign(0);
    }
    INDArray flat = view.reshape(view.length());
    state.clear();
    for (int v = 0; v < names.size(); v++) {
      state.add(flat.get(NDArrayIndex.interval(v * each, (v + 1) * each)));
    }
  }

  @Override
  public void setStateViewArray(
      @Nullable INDArray viewArray, long[] gradientShape, char gradientOrder, boolean initialize) {
    variable = true;
    long size = 1;
    for (long d : gradientShape) {
      size *= d;
    }
    if (viewArray == null ? !names.isEmpty() : viewArray.length() != config.stateSize(size)) {
      throw new IllegalArgumentException(
          "the state has "
              + (viewArray == null ? 0 : viewArray.length())
              + " elements, "
              + config
              + " needs "
              + config.stateSize(size)
              + " for a gradient of shape "
              + Arrays.toString(gradientShape));
    }
    if (viewArray != null) {
      setState(viewArray, initialize);
    }
  }

  @Override
  public void setState(Map<String, INDArray> stateMap, boolean initialize) {
    if (!stateMap.keySet().equals(new HashSet<>(names))) {
      throw new IllegalArgumentException(
          "the state holds " + stateMap.keySet() + ", " + config + " needs " + names);
    }
    variable = true;
    state.clear();
    for (String name : names) {
      INDArray vector = stateMap.get(name);
      if (initialize) {
        vector.assign(0);
      }
      state.add(vector);
    }
  }

  @Override
  public Map<String, INDArray> getState() {
    Map<String, INDArray> map = new LinkedHashMap<>();
    for (int v = 0; v < state.size(); v++) {
      map.put(names.get(v), state.get(v));
    }
    return map;
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    if (state.size() != names.size()) {
      throw new IllegalStateException(config + " has no state yet");
    }
    GradientSteps now = steps;
    if (now == null || type != gradient.dataType()) {
      now = steps(gradient.dataType() == DataType.DOUBLE);
      steps = now;
      type = gradient.dataType();
    }
    now.apply(gradient, state, iteration + 1L);
  }

  private GradientSteps steps(boolean doubles) {
    UpdateRule rule = config.rule();
    if (config.needsParameters()) {
      return doubles ? TensorBlock.doubles(rule, variable) : TensorBlock.floats(rule, variable);
    }
    return doubles ? new RuleSteps.Doubles(rule) : new RuleSteps.Floats(rule);
  }
}
