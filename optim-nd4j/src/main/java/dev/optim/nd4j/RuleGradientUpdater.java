package dev.optim.nd4j;

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

/** A rule at work on one block of DL4J's or one variable of SameDiff's, with their state arrays. */
final class RuleGradientUpdater implements GradientUpdater<RuleUpdater> {

  private final RuleUpdater config;
  private final List<String> names;
  private final List<INDArray> state = new ArrayList<>();
  private @Nullable RuleSteps<?> steps;
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
    RuleSteps<?> now = steps;
    if (now == null || type != gradient.dataType()) {
      now =
          gradient.dataType() == DataType.DOUBLE
              ? new RuleSteps.Doubles(config.rule())
              : new RuleSteps.Floats(config.rule());
      steps = now;
      type = gradient.dataType();
    }
    now.apply(gradient, state, iteration + 1L);
  }
}
