package dev.optim.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A report as JSON: everything it holds, and the summary of each optimizer.
 *
 * <p>A curve is one array per quantity. NaN is {@code null}; an infinity is {@code 1e999}, which is
 * JSON and which parsers read back as an infinity. Seeds are text: not every reader keeps 64 bits.
 */
final class ReportJson {

  /** The version of the format; a reader refuses any other. */
  static final int FORMAT = 2;

  /** Every digit of every number. */
  static final int EXACT = 0;

  private final JsonGenerator json;
  private final MathContext precision;

  private ReportJson(JsonGenerator json, int digits) {
    this.json = json;
    this.precision = new MathContext(digits);
  }

  /** Writes the report with so many significant digits, and leaves the writer open. */
  static void write(Report report, List<Standings> standings, int digits, Writer out)
      throws IOException {
    JsonFactory factory = JsonFactory.builder().build();
    try (JsonGenerator json = factory.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      new ReportJson(json, digits).report(report, standings);
    }
  }

  private void report(Report report, List<Standings> all) throws IOException {
    json.writeStartObject();
    json.writeNumberField("format", FORMAT);
    json.writeStringField("title", report.title());
    json.writeStringField("generatedAt", report.generatedAt().toString());
    json.writeObjectFieldStart("environment");
    for (var entry : report.environment().entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
    json.writeFieldName("targets");
    numbers(report.targets().size(), report.targets()::get);
    json.writeArrayFieldStart("problems");
    for (ProblemReport problem : report.problems()) {
      problem(problem);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("standings");
    for (Standings standings : all) {
      new StandingsJson(this, json).write(standings);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void problem(ProblemReport problem) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", problem.name());
    json.writeStringField("description", problem.description());
    json.writeNumberField("dimension", problem.dimension());
    json.writeStringField("evaluationUnit", problem.evaluationUnit());
    json.writeNumberField("budget", problem.budget());
    if (problem.lowest().isPresent()) {
      number("lowest", problem.lowest().getAsDouble());
    }
    json.writeArrayFieldStart("metrics");
    for (Metric metric : problem.metrics()) {
      json.writeStartObject();
      json.writeStringField("name", metric.name());
      json.writeStringField("better", metric.better() == Metric.Better.LOWER ? "lower" : "higher");
      json.writeBooleanField("logarithmic", metric.logarithmic());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("optimizers");
    for (OptimizerReport optimizer : problem.optimizers()) {
      optimizer(optimizer, Summary.of(optimizer, problem.metrics()));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void optimizer(OptimizerReport optimizer, Summary summary) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", optimizer.name());
    json.writeStringField("hyperparameters", optimizer.hyperparameters());
    tuning(optimizer.tuning());
    summary(summary);
    json.writeArrayFieldStart("runs");
    for (RunReport.Completed run : optimizer.completed()) {
      run(run);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("failures");
    for (RunReport.Failed run : optimizer.failed()) {
      json.writeStartObject();
      json.writeStringField("seed", Long.toString(run.seed()));
      json.writeStringField("reason", run.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  void tuning(Tuning tuning) throws IOException {
    json.writeObjectFieldStart("tuning");
    json.writeNumberField("trials", tuning.trials());
    json.writeNumberField("failed", tuning.failed());
    json.writeNumberField("evaluations", tuning.evaluations());
    number("seconds", tuning.seconds());
    json.writeEndObject();
  }

  private void summary(Summary summary) throws IOException {
    json.writeObjectFieldStart("summary");
    json.writeArrayFieldStart("metrics");
    for (Spread spread : summary.spreads()) {
      json.writeStartObject();
      number("min", spread.min());
      number("lowerQuartile", spread.lowerQuartile());
      number("median", spread.median());
      number("upperQuartile", spread.upperQuartile());
      number("max", spread.max());
      json.writeEndObject();
    }
    json.writeEndArray();
    number("evaluations", summary.evaluations());
    number("seconds", summary.seconds());
    json.writeObjectFieldStart("stopReasons");
    for (var entry : summary.stopReasons().entrySet()) {
      json.writeNumberField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void run(RunReport.Completed run) throws IOException {
    Curve curve = run.curve();
    json.writeStartObject();
    json.writeStringField("seed", Long.toString(run.seed()));
    json.writeStringField("stopReason", run.stopReason());
    counts("evaluations", curve, Spent::evaluations);
    counts("objectiveValues", curve, Spent::values);
    counts("gradients", curve, Spent::gradients);
    counts("bytes", curve, Spent::allocatedBytes);
    json.writeFieldName("seconds");
    numbers(curve.size(), point -> curve.spent(point).elapsedNanos() / 1e9);
    json.writeArrayFieldStart("values");
    for (int metric = 0; metric < curve.metrics(); metric++) {
      int index = metric;
      numbers(curve.size(), point -> curve.value(index, point));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void counts(String field, Curve curve, ToLongFunction<Spent> count) throws IOException {
    json.writeArrayFieldStart(field);
    for (int point = 0; point < curve.size(); point++) {
      json.writeNumber(count.applyAsLong(curve.spent(point)));
    }
    json.writeEndArray();
  }

  void numbers(int size, IntToDoubleFunction values) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < size; i++) {
      number(values.applyAsDouble(i));
    }
    json.writeEndArray();
  }

  void number(String field, double value) throws IOException {
    json.writeFieldName(field);
    number(value);
  }

  private void number(double value) throws IOException {
    if (Double.isNaN(value)) {
      json.writeNull();
    } else if (Double.isInfinite(value)) {
      json.writeNumber(value > 0 ? "1e999" : "-1e999");
    } else if (precision.getPrecision() == EXACT) {
      json.writeNumber(value);
    } else {
      json.writeNumber(new BigDecimal(value).round(precision).doubleValue());
    }
  }
}
