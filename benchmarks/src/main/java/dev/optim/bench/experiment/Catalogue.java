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
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/**
 * The problems and methods of the comparison, in tracks: what ships, and what a {@link
 * TrackProvider} on the class path adds.
 */
public final class Catalogue {

  private static final String STEP_SIZE = "step size";
  private static final Range BATCH_SIZE = Range.fixed("batch size", 64);

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
    all.addAll(BilevelTracks.tracks());
    all.addAll(added(data));
    return List.copyOf(all);
  }

  /**
   * What is there beside what ships.
   *
   * @param data the folder of data sets that do not ship, if the user names one
   * @return the tracks of all providers on the class path
   * @throws IllegalArgumentException if the folder holds data that cannot be read
   */
  public static List<Track<?>> added(Optional<Path> data) {
    List<Track<?>> added = new ArrayList<>();
    for (TrackProvider provider : ServiceLoader.load(TrackProvider.class)) {
      added.addAll(provider.tracks(data));
    }
    return List.copyOf(added);
  }

  /** Models on real data, trained on mini-batches. */
  private static Track<FiniteSum> training() {
    return new Track<>(
        List.of(Problems.digitsMlp(), Problems.digitsSoftmax(), Problems.cancerLogistic()),
        Stream.concat(Rule.all().map(Rule::onBatches), Stream.of(mfac())).toList());
  }

  private static Method<FiniteSum> mfac() {
    WindowSettings window = WindowSettings.of(512, 1e-4);
    return new Method<>(
        "M-FAC",
        "natural gradient of a window of 512 gradients, damping 1e-4 (Frantar et al. 2021)",
        List.of(Range.log(STEP_SIZE, 1e-4, 0.1), BATCH_SIZE),
        setting ->
            Mfac.of(setting.get(STEP_SIZE))
                .withWindow(window)
                .plan()
                .miniBatch(setting.count(BATCH_SIZE.name())));
  }

  /** Smooth functions, with whole gradients. */
  private static Track<DifferentiableObjective> smooth() {
    return new Track<>(List.of(Problems.rosenbrock()), gradientMethods());
  }

  /** Methods that ask for whole gradients. */
  static List<Method<DifferentiableObjective>> gradientMethods() {
    return Rule.all().map(Rule::onWholeGradients).toList();
  }

  /** An update rule, its step size to be found within three decades. */
  private record Rule(
      String name, String summary, DoubleFunction<UpdateRule> of, Range training, Range smooth) {

    static Stream<Rule> all() {
      return Stream.of(
          new Rule("SGD", "gradient descent", Sgd::of, stepSize(0.01, 10), stepSize(1e-5, 1e-2)),
          new Rule(
              "Momentum",
              "gradient descent with momentum 0.9 (Polyak 1964)",
              stepSize -> Sgd.of(stepSize).withMomentum(0.9),
              stepSize(0.003, 3),
              stepSize(1e-5, 1e-2)),
          new Rule(
              "Nesterov",
              "gradient descent with Nesterov momentum 0.9 (Sutskever et al. 2013)",
              stepSize -> Sgd.of(stepSize).withNesterov(0.9),
              stepSize(0.003, 3),
              stepSize(1e-5, 1e-2)),
          new Rule(
              "Adam",
              "adaptive moments, betas 0.9 and 0.999 (Kingma and Ba 2015)",
              Adam::of,
              stepSize(0.001, 1),
              stepSize(1e-4, 0.1)),
          new Rule(
              "AdamW",
              "Adam with decoupled weight decay 0.01 (Loshchilov and Hutter 2019)",
              AdamW::of,
              stepSize(0.001, 1),
              stepSize(1e-4, 0.1)),
          new Rule(
              "Lion",
              "sign of an interpolated momentum, betas 0.9 and 0.99 (Chen et al. 2023)",
              Lion::of,
              stepSize(1e-4, 0.1),
              stepSize(3e-5, 0.03)));
    }

    private static Range stepSize(double low, double high) {
      return Range.log(STEP_SIZE, low, high);
    }

    Method<FiniteSum> onBatches() {
      return new Method<>(
          name,
          summary,
          List.of(training, BATCH_SIZE),
          setting ->
              UpdatePlan.of(of.apply(setting.get(STEP_SIZE)))
                  .miniBatch(setting.count(BATCH_SIZE.name())));
    }

    Method<DifferentiableObjective> onWholeGradients() {
      return Method.of(name, summary, smooth, of::apply);
    }
  }
}
