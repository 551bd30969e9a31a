package dev.optim.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.sgd.Sgd;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Bad arrays are refused before anything is written. */
@SuppressWarnings("try") // a workspace is opened for its effect
class ArrayRefusalsTest {

  private static final Parameters LAYOUT = Parameters.builder().add("w", 2, 3).add("b", 4).build();
  private static final UpdatePlan PLAN = UpdatePlan.of(Sgd.of(1));
  private static final WorkspaceConfiguration WORKSPACE =
      WorkspaceConfiguration.builder()
          .initialSize(1 << 16)
          .policyAllocation(AllocationPolicy.STRICT)
          .build();

  private final ArrayUpdater updater = ArrayUpdater.of(PLAN, LAYOUT, DataType.FLOAT);
  private final INDArray x = Nd4j.zeros(DataType.FLOAT, 10);
  private final INDArray g = Nd4j.ones(DataType.FLOAT, 10);
  private final INDArray w = Nd4j.zeros(DataType.FLOAT, 2, 3);
  private final INDArray b = Nd4j.zeros(DataType.FLOAT, 4);
  private final INDArray gw = Nd4j.ones(DataType.FLOAT, 2, 3);
  private final INDArray gb = Nd4j.ones(DataType.FLOAT, 4);

  @AfterEach
  void nothingWasWritten() {
    assertThat(updater.updater().applied()).isZero();
    assertThat(x.toFloatVector()).containsOnly(0);
    assertThat(w.dup().reshape(6).toFloatVector()).containsOnly(0);
  }

  private void refusesGradient(@Nullable INDArray bad, String message) {
    assertThatThrownBy(() -> updater.step(x, bad))
        .isInstanceOfAny(IllegalArgumentException.class, NullPointerException.class)
        .hasMessageContaining("gradient")
        .hasMessageContaining(message);
  }

  private void refusesBias(INDArray bias, @Nullable INDArray gradient, String message) {
    assertThatThrownBy(() -> updater.step(List.of(w, bias), Arrays.asList(gw, gradient)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void typesLengthsAndShapes() {
    refusesGradient(null, "");
    refusesGradient(Nd4j.ones(DataType.DOUBLE, 10), "is DOUBLE, must be FLOAT");
    refusesGradient(Nd4j.ones(DataType.INT32, 10), "is INT, must be FLOAT");
    refusesGradient(Nd4j.ones(DataType.FLOAT, 9), "has length 9, expected 10");
    refusesGradient(Nd4j.empty(DataType.FLOAT), "is empty");
    refusesBias(Nd4j.zeros(DataType.FLOAT, 1, 4), gb, "b has shape [1, 4], expected [4]");
    refusesBias(b, Nd4j.ones(DataType.FLOAT, 5), "gradient of b has shape [5], expected [4]");
    refusesBias(b, Nd4j.ones(DataType.BFLOAT16, 4), "gradient of b is BFLOAT16");
    assertThatThrownBy(() -> updater.step(List.of(w), List.of(gw, gb)))
        .hasMessage("parameters has 1 arrays, the layout 2 tensors");
    assertThatThrownBy(() -> updater.step(x, g, new boolean[3])).hasMessageContaining("present");
    assertThatThrownBy(() -> ArrayUpdater.of(PLAN, LAYOUT, DataType.BFLOAT16))
        .hasMessage("type is BFLOAT16, must be FLOAT or DOUBLE");
  }

  @Test
  void closedArraysAndViewsOfThem() {
    INDArray closed = Nd4j.ones(DataType.FLOAT, 20);
    INDArray view = closed.get(NDArrayIndex.interval(3, 13));
    closed.close();
    refusesGradient(closed, "is closed");
    refusesGradient(view, "is closed");
  }

  @Test
  void arraysOfAWorkspaceThatWasLeft() {
    INDArray inside;
    INDArray view;
    try (MemoryWorkspace workspace =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(WORKSPACE, "STEP")) {
      inside = Nd4j.ones(DataType.FLOAT, 10);
      view = Nd4j.ones(DataType.FLOAT, 20).get(NDArrayIndex.interval(4, 14));
    }
    refusesGradient(inside, "workspace STEP, which has been closed since");
    refusesGradient(view, "workspace STEP, which has been closed since");
    try (MemoryWorkspace workspace =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(WORKSPACE, "STEP")) {
      refusesGradient(inside, "workspace STEP, which has been closed since");
      refusesGradient(view, "workspace STEP, which has been closed since");
    }
  }

  @Test
  void arraysOfAnOpenWorkspaceAreFine() {
    ArrayUpdater other = ArrayUpdater.of(PLAN, LAYOUT, DataType.FLOAT);
    INDArray y = Nd4j.zeros(DataType.FLOAT, 10);
    for (int step = 0; step < 3; step++) {
      try (MemoryWorkspace workspace =
          Nd4j.getWorkspaceManager().getAndActivateWorkspace(WORKSPACE, "OPEN")) {
        INDArray gradients = Nd4j.ones(DataType.FLOAT, 20);
        other.step(y, gradients.get(NDArrayIndex.interval(4, 14)));
      }
    }
    assertThat(y.toFloatVector()).containsOnly(-3);
  }

  @Test
  void sharedMemory() {
    refusesGradient(x, "share their memory");
    refusesGradient(x.reshape(2, 5), "share their memory");
    refusesBias(b, b, "gradient of b shares its memory with the parameters");
    INDArray memory = Nd4j.zeros(DataType.FLOAT, 12);
    INDArray left = memory.get(NDArrayIndex.interval(0, 6)).reshape('c', 2, 3);
    INDArray middle = memory.get(NDArrayIndex.interval(5, 9));
    assertThatThrownBy(() -> updater.step(List.of(left, middle), List.of(gw, gb)))
        .hasMessage("two arrays of parameters share their memory");
    assertThatThrownBy(() -> updater.step(List.of(left, b), List.of(gw, middle)))
        .hasMessage("the gradient of b shares its memory with the parameters");
  }

  @Test
  void stridesThatRepeatAnElement() {
    INDArray repeated =
        Nd4j.create(Nd4j.zeros(DataType.FLOAT, 3).data(), new long[] {4}, new long[] {0}, 0, 'c');
    refusesBias(repeated, gb, "b has strides [0] that repeat an element");
  }
}
