package dev.optim.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.random.RandomStream;
import dev.optim.sgd.Adam;
import dev.optim.sgd.AdamP;
import dev.optim.sgd.AdamW;
import dev.optim.sgd.Lion;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import dev.optim.update.GradientTransform;
import dev.optim.update.Parameters;
import dev.optim.update.StepOutcome;
import dev.optim.update.UpdatePlan;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Steps of arrays make the same bits as steps of the heap. */
class ArrayUpdaterTest {

  private static final Parameters LAYOUT =
      Parameters.builder()
          .add("plain", 40, 70)
          .add("fortran", 7, 5)
          .add("transposed", 6, 11)
          .add("column", 9)
          .add("rows", 4, 3)
          .add("scalar")
          .add("last", 3, 2, 4)
          .build();
  private static final int N = LAYOUT.length();

  static List<UpdatePlan> plans() {
    return List.of(
        UpdatePlan.of(Adam.of(1e-2)),
        UpdatePlan.of(Lion.of(1e-2).withWeightDecay(0.1)).withThreads(2),
        UpdatePlan.of(AdamP.of(1e-2)),
        UpdatePlan.of(AdamW.of(1e-2)).withTransform(GradientTransform.clipByGlobalNorm(1)));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void aViewWithOffsetIsSteppedInItsBase(UpdatePlan plan) {
    FloatUpdater heap = plan.floats(LAYOUT);
    ArrayUpdater updater = ArrayUpdater.of(plan, LAYOUT, DataType.FLOAT);
    float[] x = floats(0, N);
    INDArray base = Nd4j.zeros(DataType.FLOAT, N + 12);
    INDArray view = base.get(NDArrayIndex.interval(5, 5 + N));
    view.assign(Nd4j.createFromArray(x));
    INDArray gradientBase = Nd4j.zeros(DataType.FLOAT, N + 12);
    INDArray gradientView = gradientBase.get(NDArrayIndex.interval(9, 9 + N));
    for (int step = 1; step <= 3; step++) {
      float[] g = floats(step, N);
      boolean[] present = {true, true, step != 2, true, true, true, true};
      gradientView.assign(Nd4j.createFromArray(g));
      assertThat(updater.step(view, gradientView, present)).isEqualTo(heap.step(x, g, present));
      assertThat(gradientView.toFloatVector()).isEqualTo(g);
    }
    assertThat(view.toFloatVector()).isEqualTo(x);
    float[] around = base.toFloatVector();
    assertThat(Arrays.copyOf(around, 5)).containsOnly(0);
    assertThat(Arrays.copyOfRange(around, 5 + N, N + 12)).containsOnly(0);
    assertThat(updater.updater().checkpoint()).isEqualTo(heap.checkpoint());
  }

  @ParameterizedTest
  @MethodSource("plans")
  void arraysOfAnyOrderAreSteppedInRowMajorOrder(UpdatePlan plan) {
    FloatUpdater heap = plan.floats(LAYOUT);
    ArrayUpdater updater = ArrayUpdater.of(plan, LAYOUT, DataType.FLOAT);
    float[] x = floats(0, N);
    List<INDArray> parameters = odd(DataType.FLOAT);
    assign(parameters, x);
    for (int step = 1; step <= 4; step++) {
      float[] g = floats(step, N);
      boolean[] present = new boolean[parameters.size()];
      List<@Nullable INDArray> gradients = new ArrayList<>(odd(DataType.FLOAT));
      assign(gradients, g);
      for (int i = 0; i < present.length; i++) {
        present[i] = (i + step) % 3 != 0;
        if (!present[i]) {
          gradients.set(i, null);
        }
      }
      assertThat(updater.step(parameters, gradients)).isEqualTo(heap.step(x, g, present));
    }
    assertThat(flat(parameters)).isEqualTo(x);
    assertThat(updater.updater().checkpoint()).isEqualTo(heap.checkpoint());
  }

  @ParameterizedTest
  @MethodSource("plans")
  void doublePrecision(UpdatePlan plan) {
    DoubleUpdater heap = plan.doubles(LAYOUT);
    ArrayUpdater flat = ArrayUpdater.of(plan, LAYOUT, DataType.DOUBLE);
    ArrayUpdater apart = ArrayUpdater.of(plan, LAYOUT, DataType.DOUBLE);
    double[] x = new double[N];
    INDArray row = Nd4j.zeros(DataType.DOUBLE, 3, N).getRow(1);
    List<INDArray> tensors = odd(DataType.DOUBLE);
    assign(tensors, Nd4j.zeros(DataType.DOUBLE, N));
    for (int step = 1; step <= 3; step++) {
      double[] g = doubles(step, N);
      List<INDArray> gradients = odd(DataType.DOUBLE);
      assign(gradients, Nd4j.createFromArray(g));
      heap.step(x, g);
      flat.step(row, Nd4j.createFromArray(g));
      apart.step(tensors, gradients);
    }
    assertThat(row.toDoubleVector()).isEqualTo(x);
    int offset = 0;
    for (INDArray tensor : tensors) {
      INDArray rows = tensor.dup('c').reshape(tensor.length());
      int end = offset + (int) tensor.length();
      assertThat(rows.toDoubleVector()).isEqualTo(Arrays.copyOfRange(x, offset, end));
      offset = end;
    }
  }

  @Test
  void aFlatColumnIsHandled() {
    UpdatePlan plan = plans().get(0);
    Parameters layout = Parameters.vector(50);
    float[] x = floats(1, 50);
    INDArray matrix = Nd4j.zeros(DataType.FLOAT, 50, 3);
    INDArray column = matrix.getColumn(1);
    column.assign(Nd4j.createFromArray(x));
    float[] g = floats(2, 50);
    plan.floats(layout).step(x, g);
    ArrayUpdater.of(plan, layout, DataType.FLOAT).step(column, Nd4j.createFromArray(g));
    assertThat(column.dup().toFloatVector()).isEqualTo(x);
    assertThat(matrix.getColumn(0).sumNumber().doubleValue()).isZero();
    assertThat(matrix.getColumn(2).sumNumber().doubleValue()).isZero();
  }

  @Test
  void aBadGradientLeavesEveryArrayAsItWas() {
    ArrayUpdater updater = ArrayUpdater.of(plans().get(0), LAYOUT, DataType.FLOAT);
    List<INDArray> parameters = odd(DataType.FLOAT);
    float[] x = floats(3, N);
    assign(parameters, x);
    List<INDArray> gradients = odd(DataType.FLOAT);
    assign(gradients, floats(4, N));
    gradients.get(6).putScalar(23, Float.NaN);
    assertThat(updater.step(parameters, gradients)).isEqualTo(StepOutcome.SKIPPED);
    assertThat(flat(parameters)).isEqualTo(x);
    assertThat(updater.updater().skipped()).isEqualTo(1);
  }

  @Test
  void arraysMayMoveBetweenSteps() {
    UpdatePlan plan = plans().get(0);
    ArrayUpdater updater = ArrayUpdater.of(plan, LAYOUT, DataType.FLOAT);
    FloatUpdater heap = plan.floats(LAYOUT);
    float[] x = floats(5, N);
    INDArray moving = Nd4j.createFromArray(x);
    for (int step = 1; step <= 4; step++) {
      float[] g = floats(step, N);
      heap.step(x, g);
      updater.step(moving, Nd4j.createFromArray(g));
      assertThat(moving.toFloatVector()).isEqualTo(x);
      moving = moving.dup();
    }
  }

  @Test
  void aCheckpointMovesBetweenHeapAndArrays() {
    UpdatePlan plan = plans().get(0);
    FloatUpdater heap = plan.floats(LAYOUT);
    float[] x = floats(6, N);
    heap.step(x, floats(7, N));
    ArrayUpdater updater = ArrayUpdater.of(plan, LAYOUT, DataType.FLOAT);
    updater.updater().restore(heap.checkpoint());
    INDArray array = Nd4j.createFromArray(x);
    updater.step(array, Nd4j.createFromArray(floats(8, N)));
    heap.step(x, floats(8, N));
    assertThat(array.toFloatVector()).isEqualTo(x);
  }

  @Test
  void aStepAllocatesNothingThatGrowsWithTheArrays() {
    Parameters layout = Parameters.builder().add("w", 500, 60).add("b", 60).build();
    UpdatePlan plan = UpdatePlan.of(Adam.of(1e-3));
    ArrayUpdater whole = ArrayUpdater.of(plan, layout, DataType.FLOAT);
    ArrayUpdater apart = ArrayUpdater.of(plan, layout, DataType.FLOAT);
    INDArray x = Nd4j.zeros(DataType.FLOAT, layout.length());
    INDArray g = Nd4j.ones(DataType.FLOAT, layout.length());
    List<INDArray> xs = List.of(Nd4j.zeros(500, 60), Nd4j.zeros(60));
    List<INDArray> gs = List.of(Nd4j.ones(500, 60), Nd4j.ones(60));
    int steps = 20;
    long bytes = Long.MAX_VALUE;
    // iterators, which the compiler removes later; a copy of the weights would be 120,000 bytes;
    // the Vector API boxes its vectors until it is compiled
    for (int round = 0; round < 200 && bytes >= 8_000; round++) {
      long before = allocated();
      for (int step = 0; step < steps; step++) {
        whole.step(x, g);
        apart.step(xs, gs);
      }
      bytes = (allocated() - before) / steps;
    }
    assertThat(bytes).isLessThan(8_000);
  }

  @Test
  void theLayoutOfNamedArrays() {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put("w", Nd4j.zeros(DataType.FLOAT, 3, 4).transpose());
    arrays.put("s", Nd4j.scalar(1f));
    assertThat(ArrayUpdater.layout(arrays))
        .isEqualTo(Parameters.builder().add("w", 4, 3).add("s").build());
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  /** Arrays of the layout's shapes, of every order there is, with 7 around or between them. */
  private static List<INDArray> odd(DataType type) {
    INDArray around = Nd4j.valueArrayOf(new long[] {30}, 7, type);
    return List.of(
        Nd4j.zeros(type, 40, 70),
        Nd4j.zeros(type, 7, 5).dup('f'),
        Nd4j.zeros(type, 11, 6).transpose(),
        Nd4j.zeros(type, 9, 4).getColumn(2),
        Nd4j.zeros(type, 9, 3).get(NDArrayIndex.interval(2, 2, 9), NDArrayIndex.all()),
        Nd4j.scalar(type, 0),
        around.get(NDArrayIndex.interval(3, 27)).reshape('c', 3, 2, 4));
  }

  private static void assign(List<? extends @Nullable INDArray> tensors, float[] values) {
    assign(tensors, Nd4j.createFromArray(values));
  }

  private static void assign(List<? extends @Nullable INDArray> tensors, INDArray values) {
    for (Parameters.Tensor tensor : LAYOUT.tensors()) {
      INDArray array = tensors.get(tensor.index());
      assertThat(array.shape()).isEqualTo(Arrays.stream(tensor.shape()).asLongStream().toArray());
      INDArray part = values.get(NDArrayIndex.interval(tensor.offset(), tensor.end()));
      array.assign(part.dup('c').reshape('c', array.shape()));
    }
  }

  private static float[] flat(List<INDArray> tensors) {
    float[] all = new float[N];
    for (Parameters.Tensor tensor : LAYOUT.tensors()) {
      INDArray array = tensors.get(tensor.index());
      float[] rows = array.dup('c').reshape(array.length()).toFloatVector();
      System.arraycopy(rows, 0, all, tensor.offset(), rows.length);
    }
    return all;
  }

  private static double[] doubles(long seed, int n) {
    double[] values = new double[n];
    RandomStream.of(seed).fillGaussian(values);
    return values;
  }

  private static float[] floats(long seed, int n) {
    double[] values = doubles(seed, n);
    float[] floats = new float[n];
    for (int i = 0; i < n; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
