package dev.optim.bench.experiment;

import dev.optim.DifferentiableObjective;
import dev.optim.FiniteSum;
import dev.optim.bench.problem.ImageProblems;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.problem.Problems;
import dev.optim.bench.report.FileFailure;
import dev.optim.secondorder.Mfac;
import dev.optim.secondorder.WindowSettings;
import dev.optim.sgd.Sgd;
import dev.optim.update.UpdatePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The problems and methods of the comparison, in tracks: what ships, and what a {@link
 * TrackProvider} on the class path adds.
 */
public final class Catalogue {

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
   * @throws IllegalArgumentException if the folder holds data that cannot be read, a provider of
   *     tracks cannot be used, or one of its problems has the name of another
   */
  public static List<Track<?>> tracks(Optional<Path> data) {
    List<Track<?>> all = new ArrayList<>(List.of(training(), smooth()));
    all.addAll(DerivativeFreeTracks.tracks());
    all.addAll(BilevelTracks.tracks());
    Set<String> names = new HashSet<>(names(all));
    for (Track<?> track : added(data)) {
      for (String name : names(List.of(track))) {
        if (!names.add(name)) {
          throw new IllegalArgumentException("there are two problems " + name);
        }
      }
      all.add(track);
    }
    return List.copyOf(all);
  }

  /**
   * What is there beside what ships.
   *
   * @param data the folder of data sets that do not ship, if the user names one
   * @return the tracks of the data that are there, and of all providers on the class path
   * @throws IllegalArgumentException if it is no folder, or holds data that cannot be read, or a
   *     provider cannot be used
   */
  public static List<Track<?>> added(Optional<Path> data) {
    if (data.isPresent() && !Files.isDirectory(data.get())) {
      throw new IllegalArgumentException("--data: " + data.get() + " is no folder");
    }
    List<Track<?>> added = new ArrayList<>();
    if (data.isPresent()) {
      List<Problem<FiniteSum>> images = images(data.get());
      added.addAll(images.isEmpty() ? List.of() : List.of(new Track<>(images, batchMethods())));
    }
    try {
      for (TrackProvider provider : ServiceLoader.load(TrackProvider.class)) {
        added.addAll(provider.tracks(data));
      }
    } catch (ServiceConfigurationError e) {
      throw new IllegalArgumentException("OPTIM_CLASSPATH: " + e.getMessage(), e);
    }
    return List.copyOf(added);
  }

  private static List<Problem<FiniteSum>> images(Path data) {
    try {
      return ImageProblems.in(data);
    } catch (IOException e) {
      throw new IllegalArgumentException("--data: " + FileFailure.inWords(e), e);
    }
  }

  private static List<String> names(List<Track<?>> tracks) {
    return tracks.stream().flatMap(track -> track.problems().stream().map(Problem::name)).toList();
  }

  /** Models on real data, trained on mini-batches. */
  private static Track<FiniteSum> training() {
    return new Track<>(
        List.of(Problems.digitsMlp(), Problems.digitsSoftmax(), Problems.cancerLogistic()),
        batchMethods());
  }

  /** Methods that ask for mini-batches. */
  private static List<Method<FiniteSum>> batchMethods() {
    return Stream.concat(
            FirstOrderRule.all().map(FirstOrderRule::onBatches), Stream.of(sam(), mfac()))
        .toList();
  }

  private static Method<FiniteSum> sam() {
    return new Method<>(
        "SAM",
        "momentum 0.9 with gradients taken 0.05 uphill, two a step (Foret et al. 2021)",
        List.of(Range.log(FirstOrderRule.STEP_SIZE, 3e-3, 3), FirstOrderRule.BATCH_SIZE),
        setting ->
            UpdatePlan.of(Sgd.of(setting.get(FirstOrderRule.STEP_SIZE)).withMomentum(0.9))
                .miniBatch(setting.count(FirstOrderRule.BATCH_SIZE.name()))
                .withSharpnessAware(0.05));
  }

  private static Method<FiniteSum> mfac() {
    WindowSettings window = WindowSettings.of(512, 1e-4);
    return new Method<>(
        "M-FAC",
        "natural gradient of a window of 512 gradients, damping 1e-4 (Frantar et al. 2021)",
        List.of(Range.log(FirstOrderRule.STEP_SIZE, 1e-4, 0.1), FirstOrderRule.BATCH_SIZE),
        setting ->
            Mfac.of(setting.get(FirstOrderRule.STEP_SIZE))
                .withWindow(window)
                .plan()
                .miniBatch(setting.count(FirstOrderRule.BATCH_SIZE.name())));
  }

  /** Smooth functions, with whole gradients. */
  private static Track<DifferentiableObjective> smooth() {
    return new Track<>(List.of(Problems.rosenbrock()), gradientMethods());
  }

  /** Methods that ask for whole gradients. */
  static List<Method<DifferentiableObjective>> gradientMethods() {
    return FirstOrderRule.all().map(FirstOrderRule::onWholeGradients).toList();
  }
}
