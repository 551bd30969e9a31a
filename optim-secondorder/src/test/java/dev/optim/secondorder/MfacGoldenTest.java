package dev.optim.secondorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.optim.schedule.Schedule;
import dev.optim.testing.GoldenFiles;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import dev.optim.update.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Products, diagonals, elements, windows, blocks, pruned weights and optimizer traces as computed
 * with sixty digits or by the authors' code.
 */
class MfacGoldenTest {

  private static final GoldenFiles FILES = GoldenFiles.of("mfac", 31);
  private static final double ALL_DOUBLE = 1e-9;

  static List<Path> files() {
    return FILES.all();
  }

  @AfterAll
  static void report() {
    FILES.report();
  }

  @ParameterizedTest
  @MethodSource("files")
  void replays(Path file) throws IOException {
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    String name = file.getFileName().toString();
    switch (name.substring(0, name.indexOf('_'))) {
      case "core" -> replayCore(json);
      case "window" -> replayWindow(json);
      case "block" -> replayBlocks(json);
      case "prune" -> replayPruning(json);
      case "optim" -> replayOptimizer(json);
      default -> fail("unknown kind of golden file: " + name);
    }
    FILES.replayed(file);
  }

  private static void replayCore(JsonNode json) {
    int d = json.get("d").asInt();
    double[][] gradients = matrix(json.get("grads"));
    for (Storage storage : List.of(Storage.FLOAT64, Storage.FLOAT32)) {
      FisherWindow window = FisherWindow.of(d, settings(json).withStorage(storage));
      for (double[] gradient : gradients) {
        window.add(gradient);
      }
      replayProducts(json, window);
      double[] out = new double[d];
      window.multiplyHeld(gradients.length - 1 - heldSlot(json), out);
      assertClose(out, matrix(json.get("ihvp"))[held(json)], ALL_DOUBLE, "span");
    }
    StaticFisher fixed = StaticFisher.of(gradients, damping(json));
    replayProducts(json, fixed);
  }

  private static void replayProducts(JsonNode json, InverseFisher fisher) {
    double[][] x = matrix(json.get("x"));
    double[][] expected = matrix(json.get("ihvp"));
    double[] out = new double[fisher.dimension()];
    for (int i = 0; i < x.length; i++) {
      fisher.multiply(x[i], out);
      assertClose(out, expected[i], ALL_DOUBLE, "product " + i);
    }
    fisher.diagonal(out);
    assertEachClose(out, vector(json.get("diag")), 2 * ALL_DOUBLE, "diagonal");
    double largest = largest(vector(json.get("diag")));
    for (JsonNode element : json.get("elements")) {
      assertThat(fisher.element(element.get(0).asInt(), element.get(1).asInt()))
          .as("element %s", element)
          .isCloseTo(element.get(2).asDouble(), within(ALL_DOUBLE * largest));
    }
  }

  private static void replayWindow(JsonNode json) {
    int d = json.get("d").asInt();
    double[][] gradients = matrix(json.get("gradients"));
    double[] x = vector(json.get("fixed_x"));
    for (Storage storage : List.of(Storage.FLOAT64, Storage.FLOAT32)) {
      WindowSettings settings = settings(json).withStorage(storage);
      FisherWindow byWindow = FisherWindow.of(d, settings);
      FisherWindow byCount = FisherWindow.of(d, settings.withDivisor(Divisor.COUNT));
      double[] out = new double[d];
      for (JsonNode step : json.get("steps")) {
        double[] gradient = gradients[step.get("step").asInt()];
        byWindow.addAndMultiply(gradient, out);
        assertClose(out, vector(step.get("ihvp_new_grad")), ALL_DOUBLE, "newest gradient");
        byCount.addAndMultiply(gradient, out);
        JsonNode scaledByCount = step.path("ihvp_new_grad_scaled_by_count");
        JsonNode expected =
            scaledByCount.isMissingNode() ? step.get("ihvp_new_grad") : scaledByCount;
        assertClose(out, vector(expected), ALL_DOUBLE, "by count");
        if (step.has("ihvp_fixed_x")) {
          byWindow.multiply(x, out);
          assertClose(out, vector(step.get("ihvp_fixed_x")), ALL_DOUBLE, "fixed vector");
        }
        if (step.has("diag")) {
          byWindow.diagonal(out);
          assertEachClose(out, vector(step.get("diag")), ALL_DOUBLE, "diagonal");
        }
        if (step.has("elements")) {
          for (JsonNode element : step.get("elements")) {
            assertThat(byWindow.element(element.get(0).asInt(), element.get(1).asInt()))
                .isCloseTo(element.get(2).asDouble(), within(ALL_DOUBLE / damping(json)));
          }
        }
      }
    }
  }

  private static void replayBlocks(JsonNode json) {
    StaticFisher fisher =
        StaticFisher.of(matrix(json.get("grads")), damping(json), json.get("block").asInt());
    double[] out = new double[fisher.dimension()];
    fisher.multiply(vector(json.get("x")), out);
    assertClose(out, vector(json.get("ihvp")), ALL_DOUBLE, "product");
    fisher.diagonal(out);
    assertEachClose(out, vector(json.get("diag")), ALL_DOUBLE, "diagonal");
  }

  private static void replayPruning(JsonNode json) {
    double[][] gradients = matrix(json.get("grads"));
    double[] weights = vector(json.get("w"));
    int block = json.get("block").isNull() ? Integer.MAX_VALUE : json.get("block").asInt();
    StaticFisher fisher = StaticFisher.of(gradients, damping(json), block);
    double[] diagonal = new double[weights.length];
    fisher.diagonal(diagonal);
    assertEachClose(diagonal, vector(json.get("diag")), ALL_DOUBLE, "diagonal");
    assertEachClose(
        ObsPruner.scores(weights, fisher), vector(json.get("score")), ALL_DOUBLE, "score");

    ObsPruner pruner =
        ObsPruner.of(json.get("sparsity").asDouble())
            .withRecomputations(1)
            .withDamping(damping(json))
            .withBlockSize(block);
    Pruning authors = pruner.prune(weights, w -> gradients);
    Pruning joint = pruner.withCompensation(Compensation.JOINT).prune(weights, w -> gradients);
    assertThat(authors.count()).isEqualTo(json.get("ndrop").asInt());
    for (JsonNode index : json.get("dropped_sorted_by_score")) {
      assertThat(authors.pruned()[index.asInt()]).isTrue();
    }
    assertThat(joint.pruned()).isEqualTo(authors.pruned());
    assertClose(authors.weights(), vector(json.get("w_after")), ALL_DOUBLE, "authors' weights");
    assertClose(joint.weights(), vector(json.get("w_after_joint")), ALL_DOUBLE, "joint weights");
  }

  private static void replayOptimizer(JsonNode json) {
    SoftmaxRegression problem = SoftmaxRegression.of(json);
    Mfac mfac =
        new Mfac(
            Schedule.constant(json.get("lr").asDouble()),
            json.get("momentum").asDouble(),
            json.get("weight_decay").asDouble(),
            settings(json));
    Parameters layout =
        Parameters.builder()
            .add("W", problem.classes(), problem.features())
            .add("b", problem.classes())
            .build();
    DoubleUpdater doubles =
        mfac.withWindow(mfac.window().withStorage(Storage.FLOAT64)).plan().doubles(layout);
    FloatUpdater floats = mfac.plan().floats(layout);
    double[] x = problem.start();
    float[] single = narrow(x);
    double[] gradient = new double[x.length];
    for (JsonNode step : json.get("trace").get("float64")) {
      int[] batch = problem.batch(step.get("step").asInt());
      double loss = problem.valueAndGradient(x, batch, gradient);
      assertThat(loss).isCloseTo(step.get("batch_loss_before").asDouble(), within(1e-10 * loss));
      doubles.step(x, gradient);
      double[] expected = vector(step.get("params_after"));
      assertClose(x, expected, 1e-10, "parameters");

      problem.valueAndGradient(widen(single), batch, gradient);
      floats.step(single, narrow(gradient));
      assertClose(widen(single), expected, 1e-4, "parameters in single precision");
    }
  }

  private static WindowSettings settings(JsonNode json) {
    return WindowSettings.of(json.get("m").asInt(), damping(json));
  }

  private static double damping(JsonNode json) {
    return json.get("lambda_").asDouble();
  }

  /** Which of the vectors is a gradient of the window. */
  private static int held(JsonNode json) {
    JsonNode descriptions = json.get("x_desc");
    for (int i = 0; i < descriptions.size(); i++) {
      if (descriptions.get(i).asText().startsWith("gradient in window")) {
        return i;
      }
    }
    throw new AssertionError("no vector is a gradient of the window");
  }

  private static int heldSlot(JsonNode json) {
    return Integer.parseInt(json.get("x_desc").get(held(json)).asText().replaceAll("\\D", ""));
  }

  private static void assertClose(double[] actual, double[] expected, double tolerance, String as) {
    double error = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      error += (actual[i] - expected[i]) * (actual[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    assertThat(Math.sqrt(error)).as(as).isLessThanOrEqualTo(tolerance * Math.sqrt(norm));
  }

  private static void assertEachClose(
      double[] actual, double[] expected, double tolerance, String as) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .as("%s %d", as, i)
          .isCloseTo(expected[i], within(tolerance * Math.abs(expected[i])));
    }
  }

  private static Offset<Double> within(double offset) {
    return Offset.offset(offset);
  }

  private static double largest(double[] a) {
    double largest = 0;
    for (double one : a) {
      largest = Math.max(largest, Math.abs(one));
    }
    return largest;
  }

  static double[] vector(JsonNode json) {
    double[] vector = new double[json.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = json.get(i).asDouble();
    }
    return vector;
  }

  static double[][] matrix(JsonNode json) {
    double[][] matrix = new double[json.size()][];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = vector(json.get(i));
    }
    return matrix;
  }

  private static float[] narrow(double[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) x[i];
    }
    return y;
  }

  private static double[] widen(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i];
    }
    return y;
  }
}
