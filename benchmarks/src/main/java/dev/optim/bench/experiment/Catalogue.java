package dev.optim.bench.experiment;

import dev.optim.DifferentiableObjective;
import dev.optim.FiniteSum;
import dev.optim.bench.problem.Problems;
import dev.optim.secondorder.Mfac;
import dev.optim.secondorder.WindowSettings;
import dev.optim.sgd.Adam;
import dev.optim.sgd.AdamW;
import dev.optim.sgd.Lion;
import dev.optim.sgd.Sgd;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The problems and methods of the comparison, in tracks: what ships, and what a {@link
 * TrackProvider} on the class path adds.
 */
public final class Catalogue {

  private static final int BATCH = 64;

  private Catalogue() {}

  /**
   * Everything there is without further data.
   *
   * @return the tracks; a method may be in several, under the same name
   */
  public static List<Track<?>> tracks() {
    return tracks(Optional.empty());
  }

  /**
   * Everything there is.
   *
   * @param data the folder of data sets that do not ship, if the user names one
   * @return the tracks; a method may be in several, under the same name
   * @throws IllegalArgumentException if the folder holds data that cannot be read
   */
  public static List<Track<?>> tracks(Optional<Path> data) {
    List<Track<?>> all = new ArrayList<>(List.of(training(), smooth()));
    all.addAll(DerivativeFreeTracks.tracks());
    for (TrackProvider provider : ServiceLoader.load(TrackProvider.class)) {
      all.addAll(provider.tracks(data));
    }
    return List.copyOf(all);
  }

  /** Models on real data, trained on mini-batches. */
  private static Track<FiniteSum> training() {
    return new Track<>(
        List.of(Problems.digitsMlp(), Problems.digitsSoftmax(), Problems.cancerLogistic()),
        Stream.concat(Rule.all().map(rule -> rule.onBatches(BATCH)), Stream.of(mfac())).toList());
  }

  private static Method<FiniteSum> mfac() {
    WindowSettings window = WindowSettings.of(512, 1e-4);
    return new Method<>(
        "M-FAC",
        "natural gradient of a window of 512 gradients, damping 1e-4 (Frantar et al. 2021)",
        DoubleStream.of(1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1)
            .mapToObj(
                stepSize ->
                    new Method.Candidate<FiniteSum>(
                        "step size " + stepSize + ", batches of " + BATCH,
                        Mfac.of(stepSize).withWindow(window).plan().miniBatch(BATCH)))
            .toList());
  }

  /** Smooth functions, with whole gradients. */
  private static Track<DifferentiableObjective> smooth() {
    return new Track<>(List.of(Problems.rosenbrock()), gradientMethods());
  }

  /** Methods that ask for whole gradients. */
  static List<Method<DifferentiableObjective>> gradientMethods() {
    return Rule.all().map(Rule::onWholeGradients).toList();
  }

  /** An update rule with its step sizes to choose from, half a decade apart, over three decades. */
  private record Rule(
      String name,
      String summary,
      DoubleFunction<UpdateRule> of,
      double[] training,
      double[] smooth) {

    static Stream<Rule> all() {
      return Stream.of(
          new Rule(
              "SGD",
              "gradient descent",
              Sgd::of,
              new double[] {0.01, 0.03, 0.1, 0.3, 1, 3, 10},
              new double[] {1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2}),
          new Rule(
              "Momentum",
              "gradient descent with momentum 0.9 (Polyak 1964)",
              stepSize -> Sgd.of(stepSize).withMomentum(0.9),
              new double[] {0.003, 0.01, 0.03, 0.1, 0.3, 1, 3},
              new double[] {1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2}),
          new Rule(
              "Nesterov",
              "gradient descent with Nesterov momentum 0.9 (Sutskever et al. 2013)",
              stepSize -> Sgd.of(stepSize).withNesterov(0.9),
              new double[] {0.003, 0.01, 0.03, 0.1, 0.3, 1, 3},
              new double[] {1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2}),
          new Rule(
              "Adam",
              "adaptive moments, betas 0.9 and 0.999 (Kingma and Ba 2015)",
              Adam::of,
              new double[] {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1},
              new double[] {1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1}),
          new Rule(
              "AdamW",
              "Adam with decoupled weight decay 0.01 (Loshchilov and Hutter 2019)",
              AdamW::of,
              new double[] {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1},
              new double[] {1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1}),
          new Rule(
              "Lion",
              "sign of an interpolated momentum, betas 0.9 and 0.99 (Chen et al. 2023)",
              Lion::of,
              new double[] {1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1},
              new double[] {3e-5, 1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03}));
    }

    Method<FiniteSum> onBatches(int size) {
      return new Method<>(
          name,
          summary,
          Arrays.stream(training)
              .mapToObj(
                  stepSize ->
                      new Method.Candidate<FiniteSum>(
                          "step size " + stepSize + ", batches of " + size,
                          UpdatePlan.of(of.apply(stepSize)).miniBatch(size)))
              .toList());
    }

    Method<DifferentiableObjective> onWholeGradients() {
      return new Method<>(
          name,
          summary,
          Arrays.stream(smooth)
              .mapToObj(
                  stepSize ->
                      new Method.Candidate<DifferentiableObjective>(
                          "step size " + stepSize, of.apply(stepSize)))
              .toList());
    }
  }
}
