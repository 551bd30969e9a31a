package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.DifferentiableObjective;
import dev.optim.Minimizer;
import dev.optim.Result;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.StopReason;
import dev.optim.random.RandomStream;
import dev.optim.schedule.Schedule;
import dev.optim.state.Checkpoint;
import dev.optim.testing.Quadratic;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import dev.optim.update.NonFinite;
import dev.optim.update.Parameters;
import dev.optim.update.StepOutcome;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every rule of the list survives: bad numbers, bad problems, bad files, two threads. */
class RuleReliabilityTest {

  private static final Training SMALL = Training.SMALL;
  private static final Start START = Start.at(4, -3, 8, 0.5);

  // ---- hyper-parameters

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void refusesHyperParametersOutOfRange(Rules.Named named) throws Exception {
    refusesBadComponents((Record) named.rule());
  }

  private static void refusesBadComponents(Record record) throws Exception {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      components[i].getAccessor().setAccessible(true);
      values[i] = components[i].getAccessor().invoke(record);
    }
    Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
    constructor.setAccessible(true);
    for (int i = 0; i < components.length; i++) {
      for (Object bad : bad(types[i])) {
        Object[] changed = values.clone();
        changed[i] = bad;
        assertThatThrownBy(() -> construct(constructor, changed))
            .as("%s with %s = %s", record, components[i].getName(), bad)
            .isInstanceOfAny(IllegalArgumentException.class, NullPointerException.class)
            .hasMessageContaining(components[i].getName());
      }
      if (values[i] instanceof UpdateRule || values[i] instanceof Kappa.Custom) {
        refusesBadComponents((Record) values[i]);
      } else if (values[i] instanceof Kappas.BuiltIn builtIn) {
        refusesBadComponents((Record) builtIn);
      }
    }
  }

  private static List<?> bad(Class<?> type) {
    if (type == double.class) {
      return List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1.0);
    } else if (type == int.class) {
      return List.of(-1, Integer.MIN_VALUE);
    } else if (type == long.class) {
      return List.of(-1L, Long.MIN_VALUE);
    }
    return type.isPrimitive() ? List.of() : Collections.singletonList(null);
  }

  private static void construct(Constructor<?> constructor, Object[] arguments) throws Throwable {
    try {
      constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  // ---- gradients

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void skipsOnlyTheTensorOfABadGradientOnRequest(Rules.Named named) {
    UpdatePlan plan = UpdatePlan.of(named.rule()).withNonFinite(NonFinite.SKIP_TENSOR);
    DoubleUpdater updater = plan.doubles(SMALL.layout());
    DoubleUpdater absent = SMALL.doubles(named.rule());
    double[] x = SMALL.run(updater, 3);
    double[] y = SMALL.run(absent, 3);
    Parameters.Tensor tall = SMALL.layout().tensor("tall");
    boolean[] present = new boolean[SMALL.layout().tensors().size()];
    Arrays.fill(present, true);
    present[tall.index()] = false;
    double[] g = SMALL.gradient(3);
    g[tall.offset()] = Double.NaN;

    assertThat(updater.step(x, g)).isEqualTo(StepOutcome.APPLIED);
    absent.step(y, g, present);
    assertThat(x).isEqualTo(y);
    assertThat(updater.skipped()).isEqualTo(1);
    updater.step(x, SMALL.gradient(4));
    absent.step(y, SMALL.gradient(4));
    assertThat(x).isEqualTo(y);
  }

  /** Where nobody looks, NaN shows in the parameter: no coordinate stays where it is in silence. */
  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void showsABadElementThatIsLetThrough(Rules.Named named) {
    UpdatePlan plan = UpdatePlan.of(named.rule()).withNonFinite(NonFinite.TRUST);
    for (Parameters.Tensor tensor : SMALL.layout().tensors()) {
      int bad = tensor.end() - 1;
      DoubleUpdater doubles = plan.doubles(SMALL.layout());
      FloatUpdater floats = plan.floats(SMALL.layout());
      double[] x = SMALL.run(doubles, 2);
      float[] y = SMALL.run(floats, 2);
      double[] g = SMALL.gradient(2);
      float[] h = SMALL.floatGradient(2);
      g[bad] = Double.NaN;
      h[bad] = Float.NaN;
      doubles.step(x, g);
      floats.step(y, h);
      assertThat(x[bad]).as(tensor.name()).isNaN();
      assertThat(y[bad]).as(tensor.name()).isNaN();
    }
  }

  /** The largest gradients that are let in never overflow a moment, which would freeze it. */
  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void noMomentOverflows(Rules.Named named) {
    Parameters layout = Parameters.builder().add("weight", 2, 3).add("bias", 2).build();
    UpdateRule rule = named.make().apply(Schedule.constant(1e-3));
    FloatUpdater updater = UpdatePlan.of(rule).floats(layout);
    float[] x = {1, -1, 2, -2, 3, -3, 0.5f, 0};
    float[] g = new float[layout.length()];
    for (int step = 0; step < 300; step++) {
      Arrays.fill(g, step % 7 == 0 ? -1e18f : 1e18f);
      assertThat(updater.step(x, g)).isEqualTo(StepOutcome.APPLIED);
    }
    Checkpoint state = updater.checkpoint();
    for (String name : state.tensorNames()) {
      if (!name.contains(":")) {
        for (float value : state.floats(name)) {
          assertThat(Float.isFinite(value)).as(name).isTrue();
        }
      }
    }
    for (float value : x) {
      assertThat(Float.isFinite(value)).isTrue();
    }
  }

  // ---- problems

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void returnsTheBestFinitePointWhenTheParametersOverflow(Rules.Named named) {
    UpdateRule rule = named.make().apply(step -> step < 3 ? 0.01 : 1e308);
    Result result = Minimizer.minimize(rule, new Quadratic(5), START, Stop.iterations(20));
    assertThat(result.reason()).isIn(StopReason.NON_FINITE, StopReason.ITERATION_BUDGET);
    assertThat(result.value()).isFinite();
    assertThat(Arrays.stream(result.point()).allMatch(Double::isFinite)).isTrue();
    double start = new Quadratic(5).value(new double[] {4, -3, 8, 0.5});
    assertThat(result.value()).isLessThanOrEqualTo(start);
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void rollsBackWhenTheProblemThrows(Rules.Named named) {
    Quadratic calm = new Quadratic(5);
    int[] calls = {0};
    DifferentiableObjective throwing =
        DifferentiableObjective.of(
            calm::value,
            (x, out) -> {
              if (++calls[0] % 4 == 3) {
                throw new IllegalStateException("no gradient");
              }
              calm.gradient(x, out);
            });
    var expected = named.rule().start(calm, START, RandomStream.of(1));
    var disturbed = named.rule().start(throwing, START, RandomStream.of(1));
    for (int step = 0; step < 12; step++) {
      expected.advance();
      try {
        disturbed.advance();
      } catch (RuntimeException e) {
        assertThat(e).hasRootCauseMessage("no gradient");
        disturbed.advance();
      }
      assertThat(disturbed.iterate().point()).isEqualTo(expected.iterate().point());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void anObjectiveThatWritesToItsPointDoesNoHarm(Rules.Named named) {
    Quadratic calm = new Quadratic(5);
    AtomicReference<double[]> kept = new AtomicReference<>(new double[4]);
    DifferentiableObjective rude =
        new DifferentiableObjective() {
          @Override
          public double value(double[] x) {
            return spoiling(x, calm.value(x));
          }

          @Override
          public void gradient(double[] x, double[] out) {
            calm.gradient(x, out);
            spoiling(x, 0);
          }

          @Override
          public double valueAndGradient(double[] x, double[] out) {
            return spoiling(x, calm.valueAndGradient(x, out));
          }

          private double spoiling(double[] x, double value) {
            Arrays.fill(x, Double.NaN);
            Arrays.fill(kept.getAndSet(x), Double.NaN);
            return value;
          }
        };
    Stop stop = Stop.iterations(10);
    assertThat(Minimizer.minimize(named.rule(), rude, START, stop).point())
        .isEqualTo(Minimizer.minimize(named.rule(), calm, START, stop).point());
  }

  // ---- files

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void refusesADamagedFileWithNothingChanged(Rules.Named named, @TempDir Path dir)
      throws IOException {
    DoubleUpdater updater = SMALL.doubles(named.rule());
    SMALL.run(updater, 3);
    Path file = dir.resolve("updater.safetensors");
    updater.checkpoint().write(file);
    byte[] bytes = Files.readAllBytes(file);
    DoubleUpdater other = SMALL.doubles(named.rule());
    SMALL.run(other, 1);
    Checkpoint before = other.checkpoint();
    RandomStream random = RandomStream.of(6);
    for (int trial = 0; trial < 20; trial++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      if (trial == 0) {
        damaged = Arrays.copyOf(bytes, bytes.length - 1);
      }
      Files.write(file, damaged);
      assertThatThrownBy(() -> other.restore(Checkpoint.read(file)))
          .isInstanceOfAny(IOException.class, RuntimeException.class);
      assertThat(other.checkpoint()).isEqualTo(before);
    }
    Files.write(file, bytes);
    other.restore(Checkpoint.read(file));
    assertThat(other.checkpoint()).isEqualTo(updater.checkpoint());
  }

  /** Schedule, batch order and state go on where they were. */
  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void aRunOnBatchesGoesOnBitForBit(Rules.Named named) {
    UpdateRule rule = named.make().apply(Schedule.cosine(0.1, 0.001, 40).withWarmUp(5));
    var optimizer = UpdatePlan.of(rule).miniBatch(3);
    Quadratic sum = new Quadratic(7);
    var whole = optimizer.start(sum, START, RandomStream.of(2));
    for (int step = 0; step < 30; step++) {
      whole.advance();
    }
    var first = optimizer.start(sum, START, RandomStream.of(2));
    for (int step = 0; step < 13; step++) {
      first.advance();
    }
    var second = optimizer.start(sum, START, RandomStream.of(2));
    second.restore(first.checkpoint());
    for (int step = 13; step < 30; step++) {
      second.advance();
    }
    assertThat(second.iterate().point()).isEqualTo(whole.iterate().point());
    assertThat(second.checkpoint()).isEqualTo(whole.checkpoint());
  }

  // ---- threads and sizes

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void oneRuleServesTwoThreadsAtOnce(Rules.Named named) throws InterruptedException {
    UpdateRule rule = named.rule();
    double[] expected = SMALL.run(SMALL.doubles(rule), 20);
    AtomicReference<double[]> there = new AtomicReference<>();
    Thread thread = new Thread(() -> there.set(SMALL.run(SMALL.doubles(rule), 20)));
    thread.start();
    double[] here = SMALL.run(SMALL.doubles(rule), 20);
    thread.join();
    assertThat(here).isEqualTo(expected);
    assertThat(there.get()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void movesASingleElement(Rules.Named named) {
    for (Parameters layout :
        List.of(
            Parameters.vector(1),
            Parameters.builder().add("scalar").build(),
            Parameters.builder().add("matrix", 1, 1).build())) {
      DoubleUpdater updater = UpdatePlan.of(named.rule()).doubles(layout);
      double[] x = {1};
      for (int step = 0; step < 5; step++) {
        updater.step(x, new double[] {step + 1});
      }
      assertThat(x[0]).isFinite().isNotEqualTo(1);
    }
  }

  /** A rule that works in a copy of a tensor finds out before it steps that none is long enough. */
  @Test
  void refusesATensorThatNoArrayToWorkInHolds() {
    Parameters.Tensor huge =
        Parameters.builder().add("huge", 40_000, 40_000).build().tensor("huge");
    for (Kappa kappa : List.of(new Kappas.TopK(9), new Kappas.Nuclear())) {
      assertThatThrownBy(() -> LionK.of(1, kappa).serving(huge))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("huge, of 40000 x 40000");
    }
    assertThatThrownBy(() -> Muon.of(1).serving(huge)).hasMessageContaining("Muon needs");
    assertThat(LionK.of(1, new Kappas.Lp(3)).serving(huge)).isNotNull();
    Parameters.Tensor square =
        Parameters.builder().add("w", 20_700, 20_700).build().tensor("w"); // 5 r^2 elements
    assertThat(Muon.of(1).serving(square)).isNotNull();
    Parameters.Tensor larger = Parameters.builder().add("w", 20_800, 20_800).build().tensor("w");
    assertThatThrownBy(() -> Muon.of(1).serving(larger)).hasMessageContaining("Muon needs");
  }

  @ParameterizedTest
  @MethodSource("dev.optim.sgd.Rules#arguments")
  void refusesNull(Rules.Named named) {
    DoubleUpdater updater = SMALL.doubles(named.rule());
    double[] x = SMALL.start();
    assertThatThrownBy(() -> updater.step(x, (double[]) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("gradient");
    assertThatThrownBy(() -> updater.step((double[]) null, x))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("parameters");
    DoubleBuffer[] none = new DoubleBuffer[SMALL.layout().tensors().size()];
    assertThatThrownBy(() -> updater.step(none, none))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("conv");
    assertThat(x).isEqualTo(SMALL.start());
    assertThat(updater.applied()).isZero();
  }
}
