package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.state.Checkpoint;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every bit of every rule is what it was when checksums.txt was written, on whatever machine, JDK
 * and kernels: the file was the same for JDK 17 and 25, with and without the Vector API. A rule
 * whose arithmetic is changed on purpose gets a new line, as the failure prints it.
 */
class ChecksumTest {

  private static final int STEPS = 5;

  @Test
  void everyRuleKeepsItsBits() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    try (InputStream in = ChecksumTest.class.getResourceAsStream("checksums.txt")) {
      String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text.lines().map(line -> line.split(": ")).forEach(l -> expected.put(l[0], l[1]));
    }
    Map<String, String> actual = new TreeMap<>();
    for (Rules.Named named : Rules.all()) {
      actual.put(named.name(), checksum(named));
    }
    assertThat(actual)
        .as(
            actual.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("\n", "\n", "\n")))
        .isEqualTo(expected);
  }

  private static String checksum(Rules.Named named) {
    long sum = 0;
    for (Training training : List.of(Training.SMALL, Training.LARGE)) {
      DoubleUpdater doubles = training.doubles(named.rule());
      sum = 31 * sum + hash(training.run(doubles, STEPS));
      sum = 31 * sum + hash(doubles.checkpoint());
      FloatUpdater floats = training.floats(named.rule());
      sum = 31 * sum + Arrays.hashCode(training.run(floats, STEPS));
      sum = 31 * sum + hash(floats.checkpoint());
    }
    return String.format("%016x", sum);
  }

  private static long hash(double[] a) {
    long hash = 1;
    for (double value : a) {
      hash = 1_000_003 * hash + Double.doubleToLongBits(value);
    }
    return hash;
  }

  private static long hash(Checkpoint state) {
    long hash = 1;
    for (String name : new TreeSet<>(state.tensorNames())) {
      hash =
          31 * hash
              + switch (state.dtype(name)) {
                case F64 -> hash(state.doubles(name));
                case F32 -> Arrays.hashCode(state.floats(name));
                default -> Arrays.hashCode(state.longs(name));
              };
    }
    return hash;
  }
}
