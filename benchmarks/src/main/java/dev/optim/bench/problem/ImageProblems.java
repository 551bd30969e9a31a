package dev.optim.bench.problem;

import dev.optim.FiniteSum;
import dev.optim.Start;
import dev.optim.bench.data.ImageFiles;
import dev.optim.bench.data.TrainTest;
import dev.optim.bench.report.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * MNIST and Fashion-MNIST, whole, from a folder that the user names: softmax regression on both,
 * and a 784-128-10 network on MNIST. Three passes over the training images are a run.
 */
public final class ImageProblems {

  private static final int EPOCHS = 3;
  private static final int MEASURED = 6;
  private static final int HIDDEN = 128;

  private ImageProblems() {}

  /**
   * The problems whose files are there: in the folder itself if it is named {@code mnist} or {@code
   * fashion-mnist}, or else in a folder of such a name in it.
   *
   * @param data the folder
   * @return none, one, two or three problems
   * @throws IOException if there are such files and they cannot be read
   */
  public static List<Problem<FiniteSum>> in(Path data) throws IOException {
    List<Problem<FiniteSum>> problems = new ArrayList<>();
    Path mnist = folder(data, "mnist");
    if (ImageFiles.areIn(mnist)) {
      TrainTest digits = ImageFiles.read(mnist);
      problems.add(softmax("mnist-softmax", "handwritten digits, MNIST", digits));
      problems.add(network("mnist-mlp", "handwritten digits, MNIST", digits));
    }
    Path fashion = folder(data, "fashion-mnist");
    if (ImageFiles.areIn(fashion)) {
      problems.add(softmax("fashion-softmax", "clothes, Fashion-MNIST", ImageFiles.read(fashion)));
    }
    return List.copyOf(problems);
  }

  private static Path folder(Path data, String name) {
    return data.endsWith(name) ? data : data.resolve(name);
  }

  private static Problem<FiniteSum> softmax(String name, String what, TrainTest data) {
    ReluNetwork train = new ReluNetwork(data.train(), 10, 0);
    return problem(
        name,
        "softmax regression on " + what + ", %,d variables",
        "convex; starts at zero",
        train,
        new ReluNetwork(data.test(), 10, 0),
        Start.at(new double[train.layout().length()]));
  }

  private static Problem<FiniteSum> network(String name, String what, TrainTest data) {
    ReluNetwork train = new ReluNetwork(data.train(), 10, 0, HIDDEN);
    return problem(
        name,
        "a 784-128-10 network on " + what + ", %,d variables",
        "rectified units, He's random start",
        train,
        new ReluNetwork(data.test(), 10, 0, HIDDEN),
        new HeStart(train.layout()));
  }

  private static Problem<FiniteSum> problem(
      String name, String form, String how, ReluNetwork train, ReluNetwork test, Start start) {
    String what = String.format(Locale.ROOT, form, train.layout().length());
    String description =
        String.format(
            Locale.ROOT,
            "%s: %,d training and %,d test images, cross entropy; %s.",
            Character.toUpperCase(what.charAt(0)) + what.substring(1),
            train.terms(),
            test.terms(),
            how);
    return new Problem<>(
        name,
        what,
        description,
        train.layout(),
        start,
        new Budget(CostUnit.SAMPLE_GRADIENTS, (long) EPOCHS * train.terms(), MEASURED),
        List.of(Metric.loss("training loss"), Metric.accuracy("test accuracy")),
        () -> {
          ReluNetwork ownTrain = train.another();
          ReluNetwork ownTest = test.another();
          return new Problem.Instance<>(
              ownTrain, x -> new double[] {ownTrain.value(x), ownTest.accuracy(x)});
        });
  }
}
