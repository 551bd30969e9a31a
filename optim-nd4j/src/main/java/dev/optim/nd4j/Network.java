package dev.optim.nd4j;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** What a training loop asks of DL4J's two kinds of network, which share too little of it. */
sealed interface Network {

  Model model();

  Layer[] layers();

  boolean truncated();

  void load(DataSet batch);

  void load(MultiDataSet batch);

  void differentiate();

  void score(double score);

  Collection<TrainingListener> listeners();

  int iteration();

  void iteration(int count);

  int epoch();

  void endEpoch();

  void clear();

  /** A network of layers. */
  record Layers(MultiLayerNetwork model) implements Network {

    @Override
    public Layer[] layers() {
      return model.getLayers();
    }

    @Override
    public boolean truncated() {
      return model.getLayerWiseConfigurations().getBackpropType() != BackpropType.Standard;
    }

    @Override
    public void load(DataSet batch) {
      model.setInput(batch.getFeatures());
      model.setLabels(batch.getLabels());
      if (batch.getFeaturesMaskArray() != null || batch.getLabelsMaskArray() != null) {
        model.setLayerMaskArrays(batch.getFeaturesMaskArray(), batch.getLabelsMaskArray());
      }
    }

    @Override
    public void load(MultiDataSet batch) {
      throw new UnsupportedOperationException("a network of layers takes a DataSet");
    }

    @Override
    public void differentiate() {
      if (model.getGradientsViewArray() == null) {
        model.initGradientsView();
      }
      model.computeGradientAndScore();
    }

    @Override
    public void score(double score) {
      model.setScore(score);
    }

    @Override
    public Collection<TrainingListener> listeners() {
      return model.getListeners();
    }

    @Override
    public int iteration() {
      return model.getIterationCount();
    }

    @Override
    public void iteration(int count) {
      model.setIterationCount(count);
    }

    @Override
    public int epoch() {
      return model.getEpochCount();
    }

    @Override
    public void endEpoch() {
      model.incrementEpochCount();
    }

    @Override
    public void clear() {
      model.clearLayerMaskArrays();
      model.clearLayersStates();
    }
  }

  /** A graph. */
  record Graph(ComputationGraph model) implements Network {

    @Override
    public Layer[] layers() {
      return model.getLayers();
    }

    @Override
    public boolean truncated() {
      return model.getConfiguration().getBackpropType() != BackpropType.Standard;
    }

    @Override
    public void load(DataSet batch) {
      load(
          new INDArray[] {batch.getFeatures()},
          new INDArray[] {batch.getLabels()},
          batch.getFeaturesMaskArray() == null
              ? null
              : new INDArray[] {batch.getFeaturesMaskArray()},
          batch.getLabelsMaskArray() == null ? null : new INDArray[] {batch.getLabelsMaskArray()});
    }

    @Override
    public void load(MultiDataSet batch) {
      load(
          batch.getFeatures(),
          batch.getLabels(),
          batch.getFeaturesMaskArrays(),
          batch.getLabelsMaskArrays());
    }

    private void load(
        INDArray[] inputs,
        INDArray[] labels,
        INDArray @Nullable [] inputMasks,
        INDArray @Nullable [] labelMasks) {
      model.setInputs(inputs);
      model.setLabels(labels);
      if (inputMasks != null || labelMasks != null) {
        model.setLayerMaskArrays(inputMasks, labelMasks);
      }
    }

    @Override
    public void differentiate() {
      if (model.getGradientsViewArray() == null) {
        model.initGradientsView();
      }
      model.computeGradientAndScore();
    }

    @Override
    public void score(double score) {
      model.setScore(score);
    }

    @Override
    public Collection<TrainingListener> listeners() {
      return model.getListeners();
    }

    @Override
    public int iteration() {
      return model.getIterationCount();
    }

    @Override
    public void iteration(int count) {
      model.getConfiguration().setIterationCount(count);
    }

    @Override
    public int epoch() {
      return model.getEpochCount();
    }

    @Override
    public void endEpoch() {
      model.incrementEpochCount();
    }

    @Override
    public void clear() {
      model.clearLayerMaskArrays();
      model.clearLayersStates();
    }
  }
}
