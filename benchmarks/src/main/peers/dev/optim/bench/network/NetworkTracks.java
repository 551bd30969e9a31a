package dev.optim.bench.network;

import dev.optim.Optimizer;
import dev.optim.bench.data.DataSets;
import dev.optim.bench.data.TrainTest;
import dev.optim.bench.experiment.Method;
import dev.optim.bench.experiment.Range;
import dev.optim.bench.experiment.Track;
import dev.optim.bench.experiment.TrackProvider;
import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.report.Metric;
import dev.optim.schedule.Schedule;
import dev.optim.secondorder.Mfac;
import dev.optim.secondorder.WindowSettings;
import dev.optim.sgd.AdamP;
import dev.optim.sgd.AdamW;
import dev.optim.sgd.DiffGrad;
import dev.optim.sgd.Lion;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** A convolutional network of DL4J on digits, and on Fashion-MNIST where its files are. */
public final class NetworkTracks implements TrackProvider {

  private static final int BATCH = 64;
  private static final long SPLIT_SEED = 123;
  private static final int DIGITS_TRAINED = 1400;
  private static final int FASHION_TRAINED = 12_000;
  private static final int MEASURED = 2000;
  private static final double[] STEP_SIZES = {1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1};
  private static final double[] OF_SIGNS = {3e-5, 1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03};

  /** For the service loader. */
  public NetworkTracks() {}

  @Override
  public List<Track<?>> tracks(Optional<Path> data) {
    List<Track<?>> tracks = new ArrayList<>();
    tracks.add(track(digits()));
    data.flatMap(NetworkTracks::fashionFolder)
        .ifPresent(folder -> tracks.add(track(fashion(folder))));
    return tracks;
  }

  /** With as many steps as a run of the whole budget makes. */
  private static Track<TrainingTask> track(Problem<TrainingTask> problem) {
    int epochs = problem.budget().points();
    int images = (int) (problem.budget().total() / epochs);
    return new Track<>(List.of(problem), methods(epochs * ((images + BATCH - 1) / BATCH)));
  }

  private static Problem<TrainingTask> digits() {
    double[] zero = new double[64];
    double[] sixteen = new double[64];
    Arrays.fill(sixteen, 16);
    TrainTest data =
        TrainTest.split(DataSets.digits().scaled(zero, sixteen), DIGITS_TRAINED, SPLIT_SEED);
    return problem(
        "digits-cnn", "handwritten digits", Images.of(data.train()), Images.of(data.test()), 20);
  }

  private static Problem<TrainingTask> fashion(Path folder) {
    try {
      return problem(
          "fashion-cnn",
          "clothes, Fashion-MNIST",
          Images.read(folder, "train", FASHION_TRAINED),
          Images.read(folder, "t10k", Integer.MAX_VALUE),
          3);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Optional<Path> fashionFolder(Path data) {
    for (Path folder : List.of(data, data.resolve("fashion-mnist"))) {
      for (String suffix : List.of("", ".gz")) {
        if (Files.exists(folder.resolve("train-images-idx3-ubyte" + suffix))) {
          return Optional.of(folder);
        }
      }
    }
    return Optional.empty();
  }

  private static Problem<TrainingTask> problem(
      String name, String what, Images train, Images test, int epochs) {
    ConvolutionalNetwork model = new ConvolutionalNetwork(train.side());
    int dimension = model.layout().length();
    return new Problem<>(
        name,
        String.format("a convolutional network of DL4J on %s, %,d variables", what, dimension),
        String.format(
            "A network of DL4J on %,d images of %d x %d pixels (%s): 8 filters of 3 x 3, batch"
                + " normalisation, largest of 2 x 2, 32 rectified units, 10 classes; single"
                + " precision, cross entropy on the first %,d training images, %,d test images."
                + " Batches of %d; step sizes fall to zero in a straight line.",
            train.size(),
            train.side(),
            train.side(),
            what,
            Math.min(MEASURED, train.size()),
            test.size(),
            BATCH),
        model.layout(),
        model.start(),
        new Budget(CostUnit.SAMPLE_GRADIENTS, (long) epochs * train.size(), epochs),
        List.of(Metric.loss("training loss"), Metric.accuracy("test accuracy")),
        () ->
            new Problem.Instance<>(
                new TrainingTask(model, train),
                TrainingTask.measurement(model, train, MEASURED, test)));
  }

  /** Every method's step size falls to zero in a straight line over the steps. */
  private static List<Method<TrainingTask>> methods(int steps) {
    return List.of(
        method(
            "DL4J-Adam",
            "DL4J's own Adam in DL4J's own loop (Kingma and Ba 2015)",
            STEP_SIZES,
            first ->
                new Dl4jMethod(
                    new Adam(new PolySchedule(ScheduleType.ITERATION, first, 1, steps)), BATCH)),
        method(
            "AdamW",
            "Adam with decoupled weight decay 0.01 (Loshchilov and Hutter 2019)",
            STEP_SIZES,
            first -> rule(AdamW.of(first).withStepSize(falling(first, steps)))),
        method(
            "Lion",
            "sign of an interpolated momentum, betas 0.9 and 0.99 (Chen et al. 2023)",
            OF_SIGNS,
            first -> rule(Lion.of(first).withStepSize(falling(first, steps)))),
        method(
            "AdamP",
            "Adam without the radial part of the step, channel by channel (Heo et al. 2021)",
            STEP_SIZES,
            first -> rule(AdamP.of(first).withStepSize(falling(first, steps)))),
        method(
            "diffGrad",
            "Adam damped where the gradient does not change (Dubey et al. 2020)",
            STEP_SIZES,
            first -> rule(DiffGrad.of(first).withStepSize(falling(first, steps)))),
        method(
            "M-FAC",
            "natural gradient of a window of 256 gradients, damping 1e-4 (Frantar et al. 2021)",
            STEP_SIZES,
            first ->
                new TrainerMethod(
                    Mfac.of(first)
                        .withStepSize(falling(first, steps))
                        .withWindow(WindowSettings.of(256, 1e-4))
                        .plan(),
                    BATCH)));
  }

  private static Schedule falling(double first, int steps) {
    return Schedule.polynomial(first, 0, 1, steps);
  }

  private static Optimizer<TrainingTask> rule(UpdateRule rule) {
    return new TrainerMethod(UpdatePlan.of(rule), BATCH);
  }

  private static Method<TrainingTask> method(
      String name,
      String summary,
      double[] stepSizes,
      DoubleFunction<Optimizer<TrainingTask>> optimizer) {
    return Method.of(
        name,
        summary,
        Range.log("step size", stepSizes[0], stepSizes[stepSizes.length - 1]),
        optimizer::apply);
  }
}
