package dev.optim.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  private static final Checkpoint SAMPLE =
      Checkpoint.builder()
          .meta("rule", "AdamW")
          .meta("step", 7)
          .meta("lr", 0.1)
          .tensor("m", new float[] {1, 2, 3, 4, 5, 6}, 2, 3)
          .tensor("v", new double[] {0.5, -0.0}, 2)
          .tensor("steps", new long[] {3, 4}, 2)
          .tensor("groups", new int[] {8}, 1)
          .tensor("w", new short[] {(short) 0x3F80}, 1)
          .tensor("scale", new double[] {2.5})
          .tensor("none", new float[0], 0)
          .build();

  @Test
  void givesBackWhatWasPutIn() {
    assertThat(SAMPLE.metadata().keySet()).containsExactly("rule", "step", "lr");
    assertThat(SAMPLE.meta("rule")).isEqualTo("AdamW");
    assertThat(SAMPLE.metaLong("step")).isEqualTo(7);
    assertThat(SAMPLE.metaDouble("lr")).isEqualTo(0.1);
    assertThat(SAMPLE.tensorNames())
        .containsExactly("m", "v", "steps", "groups", "w", "scale", "none");
    assertThat(SAMPLE.floats("m", 2, 3)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(SAMPLE.doubles("v", 2)).containsExactly(0.5, -0.0);
    assertThat(SAMPLE.longs("steps", 2)).containsExactly(3, 4);
    assertThat(SAMPLE.ints("groups", 1)).containsExactly(8);
    assertThat(SAMPLE.bfloat16s("w", 1)).containsExactly((short) 0x3F80);
    assertThat(SAMPLE.doubles("scale", new long[0])).containsExactly(2.5);
    assertThat(SAMPLE.floats("none", 0)).isEmpty();
    assertThat(SAMPLE.dtype("w")).isEqualTo(DType.BF16);
    assertThat(SAMPLE.shape("m")).containsExactly(2, 3);
    assertThat(SAMPLE.shape("scale")).isEmpty();
  }

  @Test
  void givesTensorsOfAnyShapeWhenNoneIsAskedFor() {
    assertThat(SAMPLE.floats("m")).hasSize(6);
    assertThat(SAMPLE.doubles("scale")).hasSize(1);
    assertThat(SAMPLE.longs("steps")).hasSize(2);
    assertThat(SAMPLE.ints("groups")).hasSize(1);
    assertThat(SAMPLE.bfloat16s("w")).hasSize(1);
  }

  @Test
  void copiesIntoArraysOfTheRightLength() {
    float[] m = new float[6];
    double[] v = new double[2];
    long[] steps = new long[2];
    int[] groups = new int[1];
    short[] w = new short[1];
    SAMPLE.copyTo("m", m);
    SAMPLE.copyTo("v", v);
    SAMPLE.copyTo("steps", steps);
    SAMPLE.copyTo("groups", groups);
    SAMPLE.copyTo("w", w);
    assertThat(m).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(v).containsExactly(0.5, -0.0);
    assertThat(steps).containsExactly(3, 4);
    assertThat(groups).containsExactly(8);
    assertThat(w).containsExactly((short) 0x3F80);

    float[] tooLong = {9, 9, 9, 9, 9, 9, 9};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SAMPLE.copyTo("m", tooLong))
        .withMessage("tensor 'm' is F32[2, 3] and has 6 element(s), target has room for 7");
    assertThat(tooLong).containsOnly(9);
  }

  @Test
  void keepsNobodysArray() {
    float[] data = {1, 2};
    long[] shape = {2};
    Checkpoint checkpoint = Checkpoint.builder().tensor("m", data, shape).build();
    data[0] = 9;
    shape[0] = 9;
    checkpoint.floats("m")[1] = 9;
    checkpoint.shape("m")[0] = 9;
    assertThat(checkpoint.floats("m", 2)).containsExactly(1, 2);
  }

  @Test
  void saysWhatIsMissingOrDifferent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SAMPLE.part("nothing").floats("m"))
        .withMessage("the checkpoint has no tensor 'm'; it has {}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SAMPLE.floats("x"))
        .withMessageContaining("no tensor 'x'; it has {m=F32[2, 3], v=F64[2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SAMPLE.doubles("m", 2, 3))
        .withMessage("tensor 'm' is F32[2, 3], expected type F64");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SAMPLE.floats("m", 6))
        .withMessage("tensor 'm' is F32[2, 3], expected shape [6]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SAMPLE.doubles("v", new long[0]))
        .withMessage("tensor 'v' is F64[2], expected shape []");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SAMPLE.meta("seed"))
        .withMessage("the checkpoint has no metadata 'seed'; it has [rule, step, lr]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SAMPLE.metaLong("rule"))
        .withMessage("metadata 'rule' is not an integer: 'AdamW'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SAMPLE.metaDouble("rule"))
        .withMessage("metadata 'rule' is not a number: 'AdamW'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SAMPLE.require("rule", "Lion"))
        .withMessage("the checkpoint has rule 'AdamW', expected 'Lion'");
    assertThat(SAMPLE.require("rule", "AdamW")).isSameAs(SAMPLE);
  }

  @Test
  void holdsRealMetadataExactly() {
    for (double value :
        new double[] {0.1, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1 / 0.0, -1 / 0.0, 0 / 0.0}) {
      Checkpoint checkpoint = Checkpoint.builder().meta("x", value).build();
      assertThat(Double.doubleToLongBits(checkpoint.metaDouble("x")))
          .isEqualTo(Double.doubleToLongBits(value));
    }
    assertThat(Checkpoint.builder().meta("x", "1e-3").build().metaDouble("x")).isEqualTo(1e-3);
    assertThat(Checkpoint.builder().meta("x", Long.MIN_VALUE).build().metaLong("x"))
        .isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void refusesBadContents() {
    CheckpointBuilder builder = Checkpoint.builder().meta("a", "1").tensor("t", new int[2], 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.tensor("m", new float[5], 2, 3))
        .withMessage("shape of tensor 'm': [2, 3] holds 6 element(s), the array has 5");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.tensor("m", new float[5]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.tensor("m", new float[1], -1, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.tensor("m", new float[0], 1L << 62, 2, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.tensor("t", new int[0], 0))
        .withMessage("tensor 't' was added before");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.meta("a", 2))
        .withMessage("metadata 'a' was added before");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.meta("optim.format", "2"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.tensor("__metadata__", new int[1], 1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.meta("b", "\ud800"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.tensor("\udc00", new int[1], 1));
    assertThat(builder.build())
        .isEqualTo(Checkpoint.builder().meta("a", "1").tensor("t", new int[2], 2).build());
  }

  @Test
  @SuppressWarnings("NullAway")
  void refusesNullByName() {
    CheckpointBuilder builder = Checkpoint.builder();
    assertThatNullPointerException()
        .isThrownBy(() -> builder.meta("a", (String) null))
        .withMessageContaining("'a'");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.tensor(null, new int[1], 1))
        .withMessage("name");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.tensor("t", (float[]) null, 1))
        .withMessage("data");
    assertThatNullPointerException().isThrownBy(() -> Checkpoint.read(null)).withMessage("file");
    assertThatNullPointerException().isThrownBy(() -> SAMPLE.write(null)).withMessage("file");
  }

  @Test
  void partsAreCheckpointsWithinCheckpoints(@TempDir Path directory) throws Exception {
    Checkpoint run = Checkpoint.builder().meta("iteration", 3).include("rule.", SAMPLE).build();
    Path file = run.write(directory.resolve("run.safetensors"));
    Checkpoint loaded = Checkpoint.read(file);
    assertThat(loaded.part("rule.")).isEqualTo(SAMPLE);
    assertThat(loaded.metaLong("iteration")).isEqualTo(3);
  }

  @Test
  void includesAllOrNothing() {
    Checkpoint clash = Checkpoint.builder().meta("x", 1).tensor("t", new int[1], 1).build();
    CheckpointBuilder builder = Checkpoint.builder().tensor("p.t", new int[1], 1);
    Checkpoint before = builder.build();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.include("p.", clash));
    assertThat(builder.build()).isEqualTo(before);
  }

  @Test
  void partsDoNotSmuggleReservedKeysIn() {
    Checkpoint checkpoint = Checkpoint.builder().meta("p.optim.format", "9").build();
    assertThatIllegalArgumentException().isThrownBy(() -> checkpoint.part("p."));
  }

  @Test
  void equalMeansSameBits() {
    assertThat(one(Float.intBitsToFloat(0x7FC00001)))
        .isEqualTo(one(Float.intBitsToFloat(0x7FC00001)))
        .isNotEqualTo(one(Float.NaN));
    assertThat(one(0f)).isNotEqualTo(one(-0f)).hasSameHashCodeAs(one(-0f));
    assertThat(SAMPLE).isNotEqualTo(one(0f)).isNotEqualTo("text");
    float[] large = new float[100_000];
    Checkpoint zeros = Checkpoint.builder().tensor("t", large, large.length).build();
    large[99_999] = 1;
    assertThat(Checkpoint.builder().tensor("t", large, large.length).build()).isNotEqualTo(zeros);
  }

  private static Checkpoint one(float value) {
    return Checkpoint.builder().tensor("t", new float[] {value}, 1).build();
  }
}
