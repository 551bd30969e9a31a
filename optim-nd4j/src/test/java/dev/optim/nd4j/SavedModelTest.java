package dev.optim.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.sgd.AdamP;
import dev.optim.sgd.NAdam;
import dev.optim.update.UpdateRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A saved model holds everything: another JVM goes on with the same bits. */
class SavedModelTest {

  @TempDir private Path folder;

  @Test
  void aSavedModelGoesOnBitForBitInAFreshJvm() throws Exception {
    List<String> expected = new ArrayList<>();
    expected.add(saveAndGoOn("numbers.zip", NAdam.of(0.01), 0.01));
    expected.add(saveAndGoOn("shapes.zip", AdamP.of(0.01).withWeightDecay(0.1), 0));

    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Resume.class.getName());
    command.add(folder.resolve("numbers.zip").toString());
    command.add(folder.resolve("shapes.zip").toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(output).contains(expected);
  }

  /** Three steps, saved, three more. */
  private String saveAndGoOn(String file, UpdateRule rule, double decay) throws IOException {
    MultiLayerNetwork network = RuleUpdaterTest.network(rule, decay);
    RuleCompanion.attach(network);
    train(network, 0);
    ModelSerializer.writeModel(network, folder.resolve(file).toFile(), true);
    train(network, 3);
    return file + " " + hash(network);
  }

  private static void train(MultiLayerNetwork network, int from) {
    for (int step = from; step < from + 3; step++) {
      network.fit(RuleUpdaterTest.data(step));
    }
  }

  private static int hash(MultiLayerNetwork network) {
    return Arrays.hashCode(network.params().dup().toFloatVector());
  }

  /** Loads the models, trains on, and prints what became of them. */
  static final class Resume {

    public static void main(String[] files) throws IOException {
      for (String file : files) {
        MultiLayerNetwork network =
            ModelSerializer.restoreMultiLayerNetwork(Path.of(file).toFile(), true);
        train(network, 3);
        System.out.println(Path.of(file).getFileName() + " " + hash(network));
      }
    }
  }
}
