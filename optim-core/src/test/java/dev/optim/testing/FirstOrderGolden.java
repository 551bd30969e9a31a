package dev.optim.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.optim.schedule.Schedule;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.StepOutcome;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One file of the schema "firstorder-golden/1": recorded gradients and the trajectory that the
 * authors' code made of them. The replay is open loop: the recorded gradients go in, whatever the
 * parameters are.
 */
public final class FirstOrderGolden {

  /** The schema's name, the value of the field "schema". */
  public static final String SCHEMA = "firstorder-golden/1";

  /** Makes the rule of one group. */
  @FunctionalInterface
  public interface Rules {

    /**
     * The rule of one group.
     *
     * @param hyper the group's hyper-parameters as the file names them
     * @param stepSize the file's step size
     */
    UpdateRule rule(JsonNode hyper, Schedule stepSize);
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode file;
  private final Parameters layout;
  private final double[] start;

  private FirstOrderGolden(JsonNode file) {
    this.file = file;
    Parameters.Builder builder = Parameters.builder();
    for (int i = 0; i < file.get("params").size(); i++) {
      JsonNode shape = file.get("params").get(i).get("shape");
      builder.add("t" + i, JSON.convertValue(shape, int[].class));
    }
    layout = builder.build();
    start = new double[layout.length()];
    for (Parameters.Tensor tensor : layout.tensors()) {
      read(file.get("params").get(tensor.index()).get("x0"), start, tensor);
    }
  }

  /** The content of a file. */
  public static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** The replay of a file of this schema. */
  public static FirstOrderGolden of(JsonNode file) {
    assertThat(file.get("schema").asText()).isEqualTo(SCHEMA);
    return new FirstOrderGolden(file);
  }

  /** The field "algorithm". */
  public String algorithm() {
    return file.get("algorithm").asText();
  }

  /** The recorded steps. */
  public int steps() {
    return file.get("gradients").size();
  }

  /** The tensors, named t0, t1, ... */
  public Parameters layout() {
    return layout;
  }

  /** The plan of the file: its groups, their step sizes. */
  public UpdatePlan plan(Rules rules) {
    JsonNode hyper = file.get("hyper");
    if (!hyper.has("groups")) {
      return UpdatePlan.of(rules.rule(hyper, stepSize(hyper)));
    }
    UpdatePlan plan = UpdatePlan.of(rules.rule(hyper.get("groups").get(0), Schedule.constant(0)));
    for (JsonNode group : hyper.get("groups")) {
      for (JsonNode tensor : group.get("params")) {
        plan = plan.withRule("t" + tensor.asInt(), rules.rule(group, stepSize(group)));
      }
    }
    return plan;
  }

  private Schedule stepSize(JsonNode hyper) {
    JsonNode perStep = file.get("lr_per_step");
    return perStep == null
        ? Schedule.constant(hyper.get("lr").asDouble())
        : step -> perStep.get((int) step).asDouble();
  }

  /**
   * Replays the file in double precision, in arrays.
   *
   * @return the largest deviation from the recorded trajectory: |x - recorded| over the largest
   *     magnitude of the recorded tensor at that step
   */
  public double deviationOfDoubles(UpdatePlan plan) {
    DoubleUpdater updater = plan.doubles(layout);
    double[] x = start.clone();
    double worst = 0;
    for (int step = 0; step < steps(); step++) {
      double[] g = gradient(step);
      double[] before = g.clone();
      assertThat(updater.step(x, g, present(step))).isEqualTo(StepOutcome.APPLIED);
      assertThat(g).isEqualTo(before);
      worst = Math.max(worst, deviation(step, x));
    }
    return worst;
  }

  /** Replays the file in single precision, in arrays; see {@link #deviationOfDoubles}. */
  public double deviationOfFloats(UpdatePlan plan) {
    FloatUpdater updater = plan.floats(layout);
    float[] x = floats(start);
    double worst = 0;
    for (int step = 0; step < steps(); step++) {
      float[] g = floats(gradient(step));
      assertThat(updater.step(x, g, present(step))).isEqualTo(StepOutcome.APPLIED);
      worst = Math.max(worst, deviation(step, doubles(x)));
    }
    return worst;
  }

  /** Replays the file in double precision, in buffers; see {@link #deviationOfDoubles}. */
  public double deviationOfDoubleBuffers(UpdatePlan plan) {
    DoubleUpdater updater = plan.doubles(layout);
    DoubleBuffer x = direct(8).asDoubleBuffer().put(start).flip();
    DoubleBuffer g = direct(8).asDoubleBuffer();
    double[] copy = new double[layout.length()];
    double worst = 0;
    for (int step = 0; step < steps(); step++) {
      g.put(0, gradient(step));
      assertThat(updater.step(x, g, present(step))).isEqualTo(StepOutcome.APPLIED);
      x.get(0, copy);
      worst = Math.max(worst, deviation(step, copy));
    }
    return worst;
  }

  /** Replays the file in single precision, in buffers; see {@link #deviationOfDoubles}. */
  public double deviationOfFloatBuffers(UpdatePlan plan) {
    FloatUpdater updater = plan.floats(layout);
    FloatBuffer x = direct(4).asFloatBuffer().put(floats(start)).flip();
    FloatBuffer g = direct(4).asFloatBuffer();
    float[] copy = new float[layout.length()];
    double worst = 0;
    for (int step = 0; step < steps(); step++) {
      g.put(0, floats(gradient(step)));
      assertThat(updater.step(x, g, present(step))).isEqualTo(StepOutcome.APPLIED);
      x.get(0, copy);
      worst = Math.max(worst, deviation(step, doubles(copy)));
    }
    return worst;
  }

  /** The end of a replay that is saved at some step and gone on with by another updater. */
  public double[] endResumed(UpdatePlan plan, int at) {
    DoubleUpdater updater = plan.doubles(layout);
    double[] x = start.clone();
    for (int step = 0; step < steps(); step++) {
      if (step == at) {
        DoubleUpdater next = plan.doubles(layout);
        next.restore(updater.checkpoint());
        updater = next;
      }
      updater.step(x, gradient(step), present(step));
    }
    return x;
  }

  /** The parameters before the first step. */
  public double[] start() {
    return start.clone();
  }

  /** The gradient of a step, NaN where a tensor has none: it must not be read. */
  public double[] gradient(int step) {
    double[] g = new double[layout.length()];
    Arrays.fill(g, Double.NaN);
    for (Parameters.Tensor tensor : layout.tensors()) {
      JsonNode recorded = file.get("gradients").get(step).get(tensor.index());
      if (!recorded.isNull()) {
        read(recorded, g, tensor);
      }
    }
    return g;
  }

  /** Which tensors have a gradient in a step. */
  public boolean[] present(int step) {
    boolean[] present = new boolean[layout.tensors().size()];
    for (int i = 0; i < present.length; i++) {
      present[i] = !file.get("gradients").get(step).get(i).isNull();
    }
    return present;
  }

  private double deviation(int step, double[] x) {
    double worst = 0;
    double[] expected = new double[x.length];
    for (Parameters.Tensor tensor : layout.tensors()) {
      read(file.get("trajectory").get(step).get(tensor.index()), expected, tensor);
      double size = 0;
      double difference = 0;
      for (int i = tensor.offset(); i < tensor.end(); i++) {
        size = Math.max(size, Math.abs(expected[i]));
        difference = Math.max(difference, Math.abs(x[i] - expected[i]));
      }
      worst = Math.max(worst, difference == 0 ? 0 : difference / size);
    }
    return worst;
  }

  private static void read(JsonNode numbers, double[] out, Parameters.Tensor tensor) {
    assertThat(numbers.size()).isEqualTo(tensor.size());
    for (int i = 0; i < tensor.size(); i++) {
      out[tensor.offset() + i] = numbers.get(i).asDouble();
    }
  }

  private ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(layout.length() * bytes).order(ByteOrder.nativeOrder());
  }

  private static float[] floats(double[] a) {
    float[] out = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      out[i] = (float) a[i];
    }
    return out;
  }

  private static double[] doubles(float[] a) {
    double[] out = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      out[i] = a[i];
    }
    return out;
  }
}
