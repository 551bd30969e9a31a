package dev.optim.zeroth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.optim.EvaluationException;
import dev.optim.Iterate;
import dev.optim.Minimizer;
import dev.optim.Objective;
import dev.optim.Observer;
import dev.optim.Result;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.StopReason;
import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults that are injected, and what must be as it was afterwards. */
class ReliabilityTest {

  private static final Start START = Start.uniform(5, -2, 2);

  static List<ValueMethod> methods() {
    return ValueMethodsTest.methods();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void whateverIsThrownTheRunIsAsItWas(ValueMethod method) {
    List<Throwable> faults =
        List.of(new IllegalStateException(), new IOException("checked"), new StackOverflowError());
    AtomicInteger calls = new AtomicInteger();
    Objective faulty =
        x -> {
          int call = calls.incrementAndGet();
          if (call % 41 == 0 && call / 41 <= faults.size()) {
            throw ReliabilityTest.<RuntimeException>unchecked(faults.get(call / 41 - 1));
          }
          return Functions.rosenbrock(x);
        };
    Run run = method.start(faulty, START, RandomStream.of(4));
    Run undisturbed = method.start(Functions::rosenbrock, START, RandomStream.of(4));
    int thrown = 0;
    for (int i = 0; i < 40; i++) {
      undisturbed.advance();
    }
    while (run.iterate().iteration() < undisturbed.iterate().iteration()) {
      try {
        run.advance();
      } catch (EvaluationException | StackOverflowError e) {
        thrown++;
      }
    }

    assertThat(thrown).isBetween(1, faults.size());
    assertThat(run.checkpoint()).isEqualTo(undisturbed.checkpoint());
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void aRunGoesOnInAnotherProcess(@TempDir Path folder) throws IOException {
    AskTell before = Cbo.standard().open(START, RandomStream.of(4));
    before.tell(3, 1.5);
    Path file = before.checkpoint().write(folder.resolve("run.safetensors"));
    AskTell after = Cbo.standard().open(START, RandomStream.of(0));

    after.restore(Checkpoint.read(file));

    assertThat(after.ask()).isDeepEqualTo(before.ask());
    assertThat(after.checkpoint()).isEqualTo(before.checkpoint());
    assertThatThrownBy(() -> after.tell(3, 1.5)).hasMessageContaining("index is 3");
    for (int i = 0; i < after.ask().length; i++) {
      assertThat(after.answered(i)).isEqualTo(i == 3);
    }
    assertThatThrownBy(() -> after.answered(40)).hasMessageContaining("index is 40");
    assertThatThrownBy(() -> after.answered(-1)).hasMessageContaining("index is -1");
  }

  @Test
  void sizesThatCannotBeAreRefused() {
    Cbo cbo = Cbo.standard();
    assertThatThrownBy(() -> cbo.open(START, RandomStream.of(0), 1e9))
        .hasMessageContaining("population is 40000000000,");
    assertThatThrownBy(() -> cbo.open(START, RandomStream.of(0), 0.5))
        .hasMessageContaining("factor is 0.5");
    assertThatThrownBy(() -> cbo.open(Start.at(), RandomStream.of(0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anObserverThatThrowsChangesNothing() {
    Objective f = Functions::rosenbrock;
    Observer broken =
        new Observer() {
          @Override
          public void iterated(Iterate iterate) {
            throw new IllegalStateException("broken");
          }
        };
    Minimizer minimizer = Minimizer.until(Stop.iterations(30));

    Result result = minimizer.observedBy(broken).minimize(Cbo.standard(), f, START);

    assertThat(result.point()).isEqualTo(best(f));
    assertThat(result.warnings()).isNotEmpty();
  }

  @Test
  void hungEvaluationsEndInBoundedTime() {
    CountDownLatch never = new CountDownLatch(1);
    Objective hangs =
        x -> {
          if (x[0] < -1) {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          return Functions.sphere(x);
        };
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      Objective limited = ParallelObjective.of(hangs, pool).withTimeout(Duration.ofMillis(50));
      Result result =
          Minimizer.until(Stop.iterations(3))
              .minimize(Cbo.standard().withParticles(8), limited, START);

      assertThat(result.reason()).isEqualTo(StopReason.ITERATION_BUDGET);
      assertThat(result.value()).isFinite();
      assertThat(result.point()[0]).isGreaterThanOrEqualTo(-1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void virtualThreadsGiveTheSameBits() throws ReflectiveOperationException {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads are there from 21 on");
    Method factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
    ExecutorService threads = (ExecutorService) factory.invoke(null);
    try {
      assertThat(best(ParallelObjective.of(Functions::rosenbrock, threads)))
          .isEqualTo(best(Functions::rosenbrock));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aPoolThatIsShutDownIsAFailedEvaluation() {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    pool.shutdown();

    Result result =
        Minimizer.until(Stop.iterations(3))
            .minimize(Cbo.standard(), ParallelObjective.of(Functions::rosenbrock, pool), START);

    assertThat(result.reason()).isEqualTo(StopReason.EVALUATION_FAILED);
    assertThat(result.failure()).isPresent();
  }

  private static double[] best(Objective f) {
    return Minimizer.until(Stop.iterations(30)).minimize(Cbo.standard(), f, START).point();
  }

  /** Recorded on JDK 17 without the Vector API: every JDK and kernel has to give the same. */
  @Test
  void theSameBitsEverywhere() {
    Cbo cbo = Cbo.standard().withParticles(30);
    Map<String, ValueMethod> methods = new LinkedHashMap<>();
    methods.put("plain", cbo);
    methods.put("single", cbo.withPrecision(Precision.SINGLE));
    methods.put("isotropic", cbo.withNoise(Noise.isotropic(0.5)));
    methods.put("memory", cbo.withMemory(new Memory(0.4, 2)));
    methods.put("corrected", cbo.withCorrection(Correction.regularised(0.1)));
    methods.put("sample size", cbo.withAlpha(Alpha.effectiveSampleSize(0.3)));
    methods.put(
        "polarised", cbo.withPolarisation(new Polarisation(Polarisation.Kernel.LAPLACE, 1, true)));
    methods.put("hopping", ConsensusHopping.of(50, 10, 0.2));
    methods.put("CMA-ES", CmaEs.standard(0.5));
    methods.put("ranking", new RankSgdOnValues(RankSgd.standard()));
    Map<String, String> sums = new LinkedHashMap<>();
    methods.forEach((name, method) -> sums.put(name, checksum(method)));

    assertThat(sums).isEqualTo(RECORDED);
  }

  private static final Map<String, String> RECORDED =
      Map.ofEntries(
          Map.entry("plain", "89322050"),
          Map.entry("single", "2627b8e8"),
          Map.entry("isotropic", "eda22ee8"),
          Map.entry("memory", "6d72a4ab"),
          Map.entry("corrected", "d756d581"),
          Map.entry("sample size", "60cc2738"),
          Map.entry("polarised", "f049c91f"),
          Map.entry("hopping", "194694d7"),
          Map.entry("CMA-ES", "f979eabe"),
          Map.entry("ranking", "93480d43"));

  private static String checksum(ValueMethod method) {
    AskTell run = method.open(START, RandomStream.of(11));
    CRC32 sum = new CRC32();
    for (int i = 0; i < 60; i++) {
      double[][] points = run.ask();
      for (double[] x : points) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * x.length);
        bytes.asDoubleBuffer().put(x);
        sum.update(bytes);
      }
      if (run.ended().isEmpty()) {
        run.tell(Arrays.stream(points).mapToDouble(Functions::rosenbrock).toArray());
      }
    }
    return Long.toHexString(sum.getValue());
  }

  static List<Cbo> variants() {
    Cbo cbo = Cbo.standard().withParticles(30).withCollapse(0);
    return List.of(
        cbo,
        cbo.withPrecision(Precision.SINGLE),
        cbo.withNoise(Noise.isotropic(0.5)),
        cbo.withMemory(new Memory(0.4, 2)),
        cbo.withCorrection(Correction.heaviside()),
        cbo.withAlpha(Alpha.effectiveSampleSize(0.3)),
        cbo.withBatch(new MiniBatch(10, false)),
        cbo.withDrift(Drift.adam(0.1, 0.9, 0.99, 1e-8)).withNoise(Noise.anisotropic(5)),
        cbo.withPolarisation(new Polarisation(Polarisation.Kernel.GAUSSIAN, 1, true)));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aStepAllocatesNothing(Cbo cbo) {
    Run run = cbo.start(Functions::sphere, START, RandomStream.of(1));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    // the Vector API allocates until its kernels are compiled
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 2000 && allocated > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        run.advance();
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }

    assertThat(allocated).isZero();
  }
}
