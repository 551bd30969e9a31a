package dev.optim.bench.speed;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures goals by JMH.
 *
 * @param forks JVMs for each goal, one after the other
 * @param calm milliseconds without a change after which a race counts as warm
 * @param warmup milliseconds of warm-up, at most
 * @param iterations heats counted, in each JVM
 * @param millis the least time of a heat
 */
public record Bench(int forks, int calm, int warmup, int iterations, int millis) {

  /** Enough for M-FAC's large windows; what is not used is not taken from the machine. */
  private static final String HEAP = "-Xmx6g";

  /**
   * Whoever calls a method that is being compiled waits for it: a warm-up has no other way to know
   * that the compiler, perhaps slowed by other programs, is still at the kernel it is timing.
   */
  private static final String WAIT_FOR_COMPILER = "-XX:-BackgroundCompilation";

  /** Memory is touched before the race is made, or the first laps would wait for the system. */
  private static final String[] TOUCHED = {"-Xms1g", "-XX:+AlwaysPreTouch"};

  /**
   * In small pages an array lies scattered over the machine's memory, and its parts push each other
   * out of the cache: one of two sides of equal speed would be slower by up to a sixth.
   */
  private static final String LARGE_PAGES = "-XX:+UseTransparentHugePages";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  /**
   * For figures to be quoted: fifteen seconds a goal.
   *
   * @return the effort
   */
  public static Bench thorough() {
    return new Bench(3, 2000, 20_000, 10, 200);
  }

  /**
   * For a look: about seven seconds a goal.
   *
   * @return the effort
   */
  public static Bench quick() {
    return new Bench(1, 800, 10_000, 7, 60);
  }

  /**
   * Runs the race of a goal. JMH prints what its forks say, such as that there is an incubator
   * module: meanwhile {@link System#out} is silent.
   *
   * @param goal one of {@link Goals#all}
   * @return the outcome; one with a failure if the race threw
   * @throws RunnerException if JMH cannot run at all, as when another run holds its lock
   */
  public Measurement measure(Goal goal) throws RunnerException {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    try {
      Collection<BenchmarkResult> results =
          new Runner(options(goal)).runSingle().getBenchmarkResults();
      return Measurement.of(goal, results.stream().map(Bench::fork).toList());
    } catch (RunnerException e) {
      if (e.getCause() == null && e.getSuppressed().length == 0) {
        throw e;
      }
      return Measurement.failed(goal, reason(e));
    } finally {
      System.setOut(out);
    }
  }

  private Options options(Goal goal) {
    return new OptionsBuilder()
        .include("^" + RaceBenchmark.class.getName().replace(".", "\\.") + "\\.race$")
        .param("goal", goal.name())
        .param("millis", Integer.toString(millis))
        .param("calm", Integer.toString(calm))
        .param("warmup", Integer.toString(warmup))
        .forks(forks)
        .warmupIterations(0)
        .measurementIterations(iterations)
        .jvmArgsAppend(jvmArgs())
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .build();
  }

  /**
   * Beside this JVM's own flags, what makes laps comparable, and what users are told to set: the
   * Vector API, where there is one.
   */
  private static String[] jvmArgs() {
    List<String> args = new ArrayList<>(List.of(HEAP, WAIT_FOR_COMPILER));
    args.addAll(List.of(TOUCHED));
    if (System.getProperty("os.name").equals("Linux")) {
      args.add(LARGE_PAGES); // other systems' JVMs do not know it
    }
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()) {
      args.addAll(List.of("--add-modules", VECTOR_MODULE));
    }
    return args.toArray(new String[0]);
  }

  private static Measurement.Fork fork(BenchmarkResult result) {
    return new Measurement.Fork(
        readings(result, "subject"),
        readings(result, "speed"),
        readings(result, "bytes"),
        Arrays.stream(readings(result, "settled")).allMatch(settled -> settled == 1));
  }

  private static double[] readings(BenchmarkResult result, String name) {
    return result.getIterationResults().stream()
        .mapToDouble(iteration -> iteration.getSecondaryResults().get(name).getScore())
        .toArray();
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null || root.getSuppressed().length > 0) {
      root = root.getCause() != null ? root.getCause() : root.getSuppressed()[0];
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }
}
