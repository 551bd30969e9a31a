package dev.optim.bench.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads the {@code results.json} that {@link ReportWriter} has written. */
public final class ReportReader {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportReader() {}

  /**
   * Reads a report, with every digit it had.
   *
   * @param file a {@code results.json}
   * @return the report
   * @throws IOException if it cannot be read, is of another version, or no report at all; the
   *     message says so in one line
   */
  public static Report read(Path file) throws IOException {
    try {
      JsonNode root = JSON.readTree(file.toFile());
      int format = root.path("format").asInt(1);
      if (!root.has("problems") || format != ReportJson.FORMAT) {
        throw new IOException(
            file
                + (root.has("problems")
                    ? " is of format " + format + ", this version reads " + ReportJson.FORMAT
                    : " holds no results of a comparison"));
      }
      return report(root);
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IOException(file + " holds no results of a comparison: " + line, e);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    }
  }

  private static Report report(JsonNode root) {
    Map<String, String> environment = new LinkedHashMap<>();
    required(root, "environment")
        .properties()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
    List<Double> targets = new ArrayList<>();
    required(root, "targets").forEach(target -> targets.add(number(target)));
    List<ProblemReport> problems = new ArrayList<>();
    required(root, "problems").forEach(problem -> problems.add(problem(problem)));
    return new Report(
        required(root, "title").asText(),
        Instant.parse(required(root, "generatedAt").asText()),
        environment,
        targets,
        problems);
  }

  private static ProblemReport problem(JsonNode node) {
    List<Metric> metrics = new ArrayList<>();
    required(node, "metrics").forEach(metric -> metrics.add(metric(metric)));
    List<OptimizerReport> optimizers = new ArrayList<>();
    required(node, "optimizers").forEach(optimizer -> optimizers.add(optimizer(optimizer)));
    return new ProblemReport(
        required(node, "name").asText(),
        required(node, "description").asText(),
        required(node, "dimension").asInt(),
        required(node, "evaluationUnit").asText(),
        required(node, "budget").asLong(),
        node.has("lowest") ? OptionalDouble.of(number(node.get("lowest"))) : OptionalDouble.empty(),
        metrics,
        optimizers);
  }

  private static Metric metric(JsonNode node) {
    boolean lower = required(node, "better").asText().equals("lower");
    return new Metric(
        required(node, "name").asText(),
        lower ? Metric.Better.LOWER : Metric.Better.HIGHER,
        required(node, "logarithmic").asBoolean());
  }

  private static OptimizerReport optimizer(JsonNode node) {
    List<RunReport> runs = new ArrayList<>();
    required(node, "runs").forEach(run -> runs.add(completed(run)));
    required(node, "failures")
        .forEach(
            run -> runs.add(new RunReport.Failed(seed(run), required(run, "reason").asText())));
    JsonNode tuning = required(node, "tuning");
    return new OptimizerReport(
        required(node, "name").asText(),
        required(node, "hyperparameters").asText(),
        new Tuning(
            required(tuning, "trials").asInt(),
            required(tuning, "failed").asInt(),
            required(tuning, "evaluations").asLong(),
            required(tuning, "seconds").asDouble()),
        runs);
  }

  private static RunReport completed(JsonNode node) {
    JsonNode metrics = required(node, "values");
    JsonNode evaluations = required(node, "evaluations");
    Curve.Builder curve = Curve.builder(metrics.size());
    for (int point = 0; point < evaluations.size(); point++) {
      double[] values = new double[metrics.size()];
      for (int metric = 0; metric < values.length; metric++) {
        values[metric] = number(required(metrics.get(metric), point));
      }
      Spent spent =
          new Spent(
              evaluations.get(point).asLong(),
              required(required(node, "objectiveValues"), point).asLong(),
              required(required(node, "gradients"), point).asLong(),
              Math.round(required(required(node, "seconds"), point).asDouble() * 1e9),
              required(required(node, "bytes"), point).asLong());
      curve.add(spent, values);
    }
    return new RunReport.Completed(
        seed(node), required(node, "stopReason").asText(), curve.build());
  }

  private static long seed(JsonNode node) {
    return Long.parseLong(required(node, "seed").asText());
  }

  private static double number(JsonNode node) {
    return node.isNull() ? Double.NaN : node.asDouble();
  }

  private static JsonNode required(JsonNode node, String field) {
    return present(node.get(field), "'" + field + "'");
  }

  private static JsonNode required(JsonNode array, int index) {
    return present(array.get(index), "a number");
  }

  private static JsonNode present(@Nullable JsonNode node, String what) {
    if (node == null) {
      throw new IllegalArgumentException(what + " is missing");
    }
    return node;
  }
}
