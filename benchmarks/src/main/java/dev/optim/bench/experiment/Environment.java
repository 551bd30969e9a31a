package dev.optim.bench.experiment;

import dev.optim.Objective;
import dev.optim.kernel.Kernels;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a comparison runs.
 *
 * @param library the library's version and a fingerprint of the code on the class path
 * @param jdk the Java runtime
 * @param kernels the vector kernels in use, "scalar" or "simd"
 * @param cpu the processor's model
 * @param cores the processors the JVM may use
 * @param os the operating system
 * @param flags the JVM's flags
 * @param commit the commit the library was built from, where known
 */
public record Environment(
    String library,
    String jdk,
    String kernels,
    String cpu,
    int cores,
    String os,
    String flags,
    Optional<String> commit) {

  /** The system property that tells the commit. */
  public static final String COMMIT = "optim.commit";

  /**
   * Looks around. Reads the class path once, some 10 MB.
   *
   * @return the environment of this process
   */
  public static Environment capture() {
    String version = Objective.class.getPackage().getImplementationVersion();
    return new Environment(
        (version == null ? "unpackaged" : version) + ", code " + fingerprint(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        Kernels.name(),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        Stream.of("os.name", "os.version", "os.arch")
            .map(System::getProperty)
            .collect(Collectors.joining(" ")),
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> !flag.startsWith("-Doptim."))
            .collect(Collectors.joining(" ")),
        Optional.ofNullable(System.getProperty(COMMIT)).filter(commit -> !commit.isBlank()));
  }

  /** What a result depends on: a run is not repeated while none of it changes. */
  Map<String, String> identity() {
    return Map.of("library", library, "jdk", jdk, "kernels", kernels, "cpu", cpu);
  }

  /**
   * Whether results from there can stand beside results from here.
   *
   * @param description the environment of a report
   * @return whether library, JDK, kernels and processor are the same
   */
  public boolean isWhere(Map<String, String> description) {
    return library.equals(description.get("library"))
        && jdk.equals(description.get("JDK"))
        && kernels.equals(description.get("kernels"))
        && cpu.equals(description.get("CPU"));
  }

  /** Everything, for the report. */
  Map<String, String> describe() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("library", library);
    commit.ifPresent(commit -> all.put("commit", commit));
    all.put("JDK", jdk);
    all.put("JVM flags", flags.isEmpty() ? "none" : flags);
    all.put("kernels", kernels);
    all.put("CPU", cpu);
    all.put("cores", Integer.toString(cores));
    all.put("OS", os);
    return all;
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException | UncheckedIOException e) {
      return System.getProperty("os.arch"); // no Linux
    }
  }

  /** A hash of all content of the class path: any change of the code makes it another. */
  private static String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String[] classPath = System.getProperty("java.class.path").split(File.pathSeparator);
      Arrays.sort(classPath); // a wildcard gives them in any order
      for (String entry : classPath) {
        for (Path file : filesOf(Path.of(entry))) {
          digest.update(Files.readAllBytes(file));
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static List<Path> filesOf(Path entry) throws IOException {
    if (!Files.exists(entry)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(entry)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
