package dev.optim.bench.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optim.FiniteSum;
import dev.optim.Minimizer;
import dev.optim.Result;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.sgd.Adam;
import dev.optim.update.UpdatePlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageProblemsTest {

  @TempDir Path data;

  @Test
  void filesInAFolderOfTheirNameAreProblems() throws IOException {
    writeAll(Files.createDirectory(data.resolve("mnist")), "");
    Path fashion = Files.createDirectory(data.resolve("fashion-mnist"));
    writeAll(fashion, ".gz");

    assertThat(ImageProblems.in(data))
        .extracting(Problem::name)
        .containsExactly("mnist-softmax", "mnist-mlp", "fashion-softmax");
    assertThat(ImageProblems.in(fashion))
        .extracting(Problem::name)
        .containsExactly("fashion-softmax");
    assertThat(ImageProblems.in(data.resolve("elsewhere"))).isEmpty();
  }

  @Test
  void aProblemIsMeasuredOnBothParts() throws IOException {
    writeAll(Files.createDirectory(data.resolve("mnist")), "");
    Problem<FiniteSum> softmax = ImageProblems.in(data).get(0);
    Problem.Instance<FiniteSum> one = softmax.open();
    Problem.Instance<FiniteSum> other = softmax.open();
    double[] x = new double[50];
    x[40 + 7] = 1; // the bias of class 7: the first test image is one

    assertThat(softmax.budget()).isEqualTo(new Budget(CostUnit.SAMPLE_GRADIENTS, 9, 6));
    assertThat(softmax.description()).contains("3 training and 2 test images", "50 variables");
    assertThat(one.measurement().at(x))
        .containsExactly(other.measurement().at(x))
        .satisfies(values -> assertThat(values[1]).isEqualTo(0.5));
    double[] gradient = new double[50];
    other.oracle().valueAndGradient(new double[50], gradient);
    assertThat(gradient[40 + 9]).isCloseTo(0.1, within(1e-15)); // no training image is a 9
  }

  @Test
  void filesThatDoNotFitAreRefused() throws IOException {
    Path mnist = Files.createDirectory(data.resolve("mnist"));
    writeAll(mnist, "");
    write(mnist.resolve("t10k-labels-idx1-ubyte"), 0, 0, 8, 1, 0, 0, 0, 1, 7);

    assertThatIOException()
        .isThrownBy(() -> ImageProblems.in(data))
        .withMessageStartingWith(mnist + ": values");
  }

  /**
   * Adam at 1e-3 with batches of 128 in three epochs, against PyTorch's 83.2 % of the test images.
   * Needs the real files: {@code -Ddata.dir=...}.
   */
  @Test
  void fashionMnistIsLearntAsWellAsWithPyTorch() throws IOException {
    String folder = System.getProperty("data.dir", "");
    assumeTrue(Files.isDirectory(Path.of(folder, "fashion-mnist")) && !folder.isEmpty());
    Problem<FiniteSum> softmax = ImageProblems.in(Path.of(folder, "fashion-mnist")).get(0);
    Problem.Instance<FiniteSum> instance = softmax.open();
    int steps = 3 * ((60_000 + 127) / 128);

    Result result =
        Minimizer.until(Stop.iterations(steps))
            .seed(1)
            .minimize(
                UpdatePlan.of(Adam.of(1e-3)).miniBatch(128),
                instance.oracle(),
                Start.at(new double[7850]));

    assertThat(instance.measurement().at(result.point())[1]).isCloseTo(0.832, within(0.012));
  }

  /** Three training and two test images of 2 x 2 pixels. */
  private static void writeAll(Path folder, String suffix) throws IOException {
    write(
        folder.resolve("train-images-idx3-ubyte" + suffix),
        bytes(List.of(0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2), 12, 255));
    write(folder.resolve("train-labels-idx1-ubyte" + suffix), 0, 0, 8, 1, 0, 0, 0, 3, 7, 7, 1);
    write(
        folder.resolve("t10k-images-idx3-ubyte" + suffix),
        bytes(List.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2), 8, 51));
    write(folder.resolve("t10k-labels-idx1-ubyte" + suffix), 0, 0, 8, 1, 0, 0, 0, 2, 7, 2);
  }

  private static int[] bytes(List<Integer> head, int pixels, int value) {
    int[] bytes = new int[head.size() + pixels];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = i < head.size() ? head.get(i) : value;
    }
    return bytes;
  }

  private static void write(Path file, int... bytes) throws IOException {
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = file.toString().endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
      for (int each : bytes) {
        out.write(each);
      }
    }
  }
}
