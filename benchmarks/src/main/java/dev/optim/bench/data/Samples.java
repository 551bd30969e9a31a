package dev.optim.bench.data;

import dev.optim.Checks;
import java.util.Objects;

/**
 * Samples of a data set: each has the same number of features, and a target that is a class (0, 1,
 * ...) or a measured value. Immutable and safe to share. Memory: 8 bytes a feature.
 */
public final class Samples {

  private final int features;
  private final double[] values; // [sample][feature], row-major
  private final double[] targets;

  /**
   * Takes the samples over.
   *
   * @param features the features of a sample, at least 1
   * @param values the features of all samples, sample by sample; copied
   * @param targets one target for each sample, at least one; copied
   * @throws IllegalArgumentException if the lengths do not fit or a number is not finite
   */
  public Samples(int features, double[] values, double[] targets) {
    Checks.atLeastOne("features", features);
    Checks.atLeastOne("targets.length", targets.length);
    Checks.length("values", values.length, Math.multiplyExact(targets.length, features));
    this.features = features;
    this.values = values.clone();
    this.targets = targets.clone();
    Checks.finite("values", this.values);
    Checks.finite("targets", this.targets);
  }

  /**
   * The number of samples.
   *
   * @return at least 1
   */
  public int size() {
    return targets.length;
  }

  /**
   * The number of features of a sample.
   *
   * @return at least 1
   */
  public int features() {
    return features;
  }

  /**
   * One feature of one sample.
   *
   * @param sample its index
   * @param feature the feature's index
   * @return the value
   * @throws IndexOutOfBoundsException if there is no such sample or feature
   */
  public double feature(int sample, int feature) {
    return values[sample * features + Objects.checkIndex(feature, features)];
  }

  /**
   * The features of one sample.
   *
   * @param sample its index
   * @param out receives them
   * @param offset where the first goes
   * @throws IndexOutOfBoundsException if there is no such sample or no room for it
   */
  public void copyFeatures(int sample, double[] out, int offset) {
    System.arraycopy(values, sample * features, out, offset, features);
  }

  /**
   * The target of one sample.
   *
   * @param sample its index
   * @return the measured value, or the class as a number
   */
  public double target(int sample) {
    return targets[sample];
  }

  /**
   * The classes of all samples.
   *
   * @return a new array
   * @throws IllegalStateException if a target is not one of 0, 1, ...
   */
  public int[] labels() {
    int[] labels = new int[size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) targets[i];
      if (labels[i] != targets[i] || labels[i] < 0) {
        throw new IllegalStateException("target " + i + " is " + targets[i] + ", not a class");
      }
    }
    return labels;
  }

  /**
   * The features of all samples, shifted and scaled one by one.
   *
   * @param shift taken off each feature first; one a feature
   * @param scale what each is then divided by; one a feature, none zero
   * @return new samples with (value - shift) / scale
   * @throws IllegalArgumentException if a length does not fit or a result is not finite
   */
  public Samples scaled(double[] shift, double[] scale) {
    Checks.length("shift", shift.length, features);
    Checks.length("scale", scale.length, features);
    double[] scaled = new double[values.length];
    for (int i = 0; i < scaled.length; i++) {
      int feature = i % features;
      scaled[i] = (values[i] - shift[feature]) / scale[feature];
    }
    return new Samples(features, scaled, targets);
  }

  /**
   * Some of the samples.
   *
   * @param indices which, in the order wanted, at least one
   * @return new samples
   */
  Samples select(int[] indices) {
    double[] chosen = new double[indices.length * features];
    double[] chosenTargets = new double[indices.length];
    for (int i = 0; i < indices.length; i++) {
      copyFeatures(indices[i], chosen, i * features);
      chosenTargets[i] = targets[indices[i]];
    }
    return new Samples(features, chosen, chosenTargets);
  }
}
