package dev.optim.bench.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.optim.Minimizer;
import dev.optim.Optimizer;
import dev.optim.Result;
import dev.optim.Stop;
import dev.optim.bench.experiment.Track;
import dev.optim.bench.problem.Problem;
import dev.optim.sgd.Adam;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.NoOp;

class NetworkTracksTest {

  @SuppressWarnings("unchecked")
  private static Problem<TrainingTask> digits() {
    Track<?> track = new NetworkTracks().tracks(Optional.empty()).get(0);
    assertThat(track.problems()).extracting("name").containsExactly("digits-cnn");
    return (Problem<TrainingTask>) track.problems().get(0);
  }

  private static Result train(Optimizer<TrainingTask> method, int steps) {
    Problem<TrainingTask> problem = digits();
    return Minimizer.until(Stop.iterations(steps))
        .seed(1)
        .minimize(method, problem.open().oracle(), problem.start());
  }

  @Test
  void thisLibrarysAdamTakesTheStepsOfDl4js() {
    double[] ours = train(new TrainerMethod(UpdatePlan.of(Adam.of(1e-3)), 64), 10).point();
    double[] theirs =
        train(new Dl4jMethod(new org.nd4j.linalg.learning.config.Adam(1e-3), 64), 10).point();
    double[] start = train(new TrainerMethod(UpdatePlan.of(Adam.of(0)), 64), 1).point();
    for (Parameters.Tensor tensor : digits().layout().tensors()) {
      int from = tensor.offset();
      int to = tensor.end();
      assertThat(Arrays.copyOfRange(ours, from, to))
          .as(tensor.name())
          .containsExactly(Arrays.copyOfRange(theirs, from, to), within(2e-3))
          .isNotEqualTo(Arrays.copyOfRange(start, from, to));
    }
  }

  @Test
  void aTrainedNetworkKnowsItsDigits() {
    Problem<TrainingTask> problem = digits();
    Result result = train(new TrainerMethod(UpdatePlan.of(Adam.of(0.01)), 64), 100);
    double[] measured = problem.open().measurement().at(result.point());
    assertThat(measured[0]).isLessThan(0.15);
    assertThat(measured[1]).isGreaterThan(0.9);

    // what is measured in pieces is what it is in one
    TrainingTask task = problem.open().oracle();
    DataSet all = task.images().first(1400, 1400).get(0);
    MultiLayerNetwork network = task.model().at(result.point(), new NoOp());
    assertThat(measured[0]).isEqualTo(network.score(all, false), within(1e-6));
  }

  @Test
  void clothesAreThereWhenTheirFilesAre(@TempDir Path folder) throws IOException {
    write(folder, "train", 70);
    write(folder, "t10k", 20);
    List<Track<?>> tracks = new NetworkTracks().tracks(Optional.of(folder));
    assertThat(tracks).hasSize(2);
    assertThat(tracks.get(1).problems()).extracting("name").containsExactly("fashion-cnn");
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), new byte[12]);
    assertThatThrownBy(() -> new NetworkTracks().tracks(Optional.of(folder)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("t10k-labels-idx1-ubyte");
  }

  private static void write(Path folder, String name, int count) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + count * 64);
    images.putInt(0x803).putInt(count).putInt(8).putInt(8);
    Files.write(folder.resolve(name + "-images-idx3-ubyte"), images.array());
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    labels.putInt(0x801).putInt(count);
    Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels.array());
  }
}
