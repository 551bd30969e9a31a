package dev.optim.bench.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.optim.bench.report.Curve;
import dev.optim.bench.report.Spent;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What became of every trial, in a file that only ever grows: one line of JSON for each, written
 * when the trial ends. Whatever kills the process, the lines before stay; a line that was torn is
 * cut off when the file is opened again, and its trial is run again.
 *
 * <p>A trial is found by its {@link TrialKey}. Where a key comes twice, as after a failure that was
 * tried again, the later line counts. The file is locked: one process at a time. Safe for use from
 * several threads.
 */
public final class RunLog implements Closeable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> ENVIRONMENT = new TypeReference<>() {};

  private final Path file;
  private final FileChannel channel;
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private final Map<String, Map<String, String>> environments = new HashMap<>();
  private int unreadable;

  private RunLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a log and reads what is in it.
   *
   * @param file where it is, or will be; its directory must exist
   * @return the log
   * @throws IOException if the file cannot be read and written, or another process has it open; the
   *     message says so in one line
   */
  public static RunLog open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (!lock(channel)) {
        throw new IOException(file + " is in use by another comparison");
      }
      RunLog log = new RunLog(file, channel);
      log.read();
      return log;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * What became of a trial.
   *
   * @param key the trial's key
   * @return the outcome; empty if it has not been run, or failed and is to be tried again
   */
  public synchronized Optional<Outcome> find(TrialKey key) {
    return Optional.ofNullable(outcomes.get(key.hash())).filter(Outcome::stands);
  }

  /**
   * Writes down what became of a trial, and returns when the operating system has it.
   *
   * @param key the trial's key
   * @param outcome what became of it
   * @throws IOException if the line cannot be written; the file is then as it was before
   */
  public synchronized void append(TrialKey key, Outcome outcome) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("key", key.hash());
    line.setAll((ObjectNode) JSON.valueToTree(key));
    write(line, outcome);
    byte[] bytes = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    long end = channel.size();
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer, end + buffer.position());
      }
    } catch (IOException e) {
      channel.truncate(end);
      throw e;
    }
    outcomes.put(key.hash(), outcome);
    environments.put(key.hash(), key.environment());
  }

  /**
   * The lines that could not be understood, beside a torn last one. They stay where they are; their
   * trials are run again.
   *
   * @return how many
   */
  public int unreadable() {
    return unreadable;
  }

  /**
   * The runs that were made by another version of the library, on another JDK or another machine:
   * none of them is ever found from here.
   *
   * @param here where runs are looked up
   * @return how many; they stay in the file
   */
  public synchronized int fromElsewhere(Environment here) {
    Map<String, String> identity = here.identity();
    return (int) environments.values().stream().filter(each -> !each.equals(identity)).count();
  }

  /**
   * Forgets everything.
   *
   * @throws IOException if the file cannot be emptied
   */
  public synchronized void clear() throws IOException {
    channel.truncate(0);
    outcomes.clear();
    environments.clear();
    unreadable = 0;
  }

  /** Lets go of the file. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** The file's path. */
  @Override
  public String toString() {
    return file.toString();
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // another comparison in this very process
    }
  }

  private void read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {}
    int lineBegin = 0;
    for (int i = 0; i < bytes.position(); i++) {
      if (bytes.get(i) == '\n') {
        readLine(new String(bytes.array(), lineBegin, i - lineBegin, StandardCharsets.UTF_8));
        lineBegin = i + 1;
      }
    }
    channel.truncate(lineBegin); // what follows the last line end is a torn line
  }

  private void readLine(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      String key = required(node, "key").asText();
      Outcome outcome = outcome(node);
      environments.put(key, JSON.convertValue(required(node, "environment"), ENVIRONMENT));
      outcomes.put(key, outcome);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      unreadable++;
    }
  }

  private static void write(ObjectNode line, Outcome outcome) {
    line.put("outcome", outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    line.put("reason", outcome.reason());
    if (outcome instanceof Outcome.Completed completed) {
      Curve curve = completed.curve();
      int n = curve.size();
      line.putPOJO("spent", IntStream.range(0, n).mapToObj(i -> columns(curve.spent(i))).toArray());
      line.putPOJO(
          "metrics",
          IntStream.range(0, curve.metrics())
              .mapToObj(k -> IntStream.range(0, n).mapToDouble(i -> curve.value(k, i)).toArray())
              .toArray());
    } else {
      line.putPOJO("spent", columns(outcome.spent()));
    }
  }

  /** In the order of the record. */
  private static long[] columns(Spent spent) {
    return new long[] {
      spent.evaluations(),
      spent.values(),
      spent.gradients(),
      spent.elapsedNanos(),
      spent.allocatedBytes()
    };
  }

  private static Spent spent(JsonNode node) throws JsonProcessingException {
    long[] columns = JSON.treeToValue(node, long[].class);
    if (columns == null || columns.length != 5) {
      throw new IllegalArgumentException("spent has no five numbers");
    }
    return new Spent(columns[0], columns[1], columns[2], columns[3], columns[4]);
  }

  private static Outcome outcome(JsonNode node) throws JsonProcessingException {
    String reason = required(node, "reason").asText();
    return switch (required(node, "outcome").asText()) {
      case "completed" -> new Outcome.Completed(reason, curve(node));
      case "diverged" -> new Outcome.Diverged(reason, spent(required(node, "spent")));
      case "failed" -> new Outcome.Failed(reason);
      default -> throw new IllegalArgumentException("no such outcome");
    };
  }

  private static Curve curve(JsonNode node) throws JsonProcessingException {
    JsonNode spent = required(node, "spent");
    double[][] metrics = JSON.treeToValue(required(node, "metrics"), double[][].class);
    if (metrics == null || spent.isEmpty()) {
      throw new IllegalArgumentException("a curve without numbers");
    }
    Curve.Builder curve = Curve.builder(metrics.length);
    for (int i = 0; i < spent.size(); i++) {
      double[] values = new double[metrics.length];
      for (int k = 0; k < values.length; k++) {
        if (metrics[k].length != spent.size()) {
          throw new IllegalArgumentException("a metric without an end");
        }
        values[k] = metrics[k][i];
      }
      curve.add(spent(spent.get(i)), values);
    }
    return curve.build();
  }

  private static JsonNode required(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value;
  }
}
