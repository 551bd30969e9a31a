package dev.optim.bench.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything the outcome of a trial depends on, its times included. Trials with the same key are
 * run once.
 *
 * @param problem the problem's name; its definition is part of the library
 * @param optimizer the method with every hyper-parameter
 * @param seed the seed
 * @param budget what the run may spend and where it is measured
 * @param environment library, JDK and machine
 */
public record TrialKey(
    String problem, String optimizer, long seed, String budget, Map<String, String> environment) {

  /** Sorts the map, so that equal keys are equal as text. */
  public TrialKey {
    environment = new TreeMap<>(environment);
  }

  static TrialKey of(Trial<?> trial, Environment environment) {
    return new TrialKey(
        trial.problem().name(),
        trial.optimizer().toString(),
        trial.seed(),
        trial.problem().budget() + ", at most " + trial.timeLimit().toMillis() / 1e3 + " s",
        environment.identity());
  }

  /**
   * The key in short.
   *
   * @return half of the SHA-256 of all fields, 32 hexadecimal digits
   */
  @JsonIgnore
  public String hash() {
    try {
      byte[] text = toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
