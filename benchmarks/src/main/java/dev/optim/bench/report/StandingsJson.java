package dev.optim.bench.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.optim.bench.statistics.Steps;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** How the optimizers stand, as a part of a report's JSON. */
final class StandingsJson {

  private final ReportJson report;
  private final JsonGenerator json;

  StandingsJson(ReportJson report, JsonGenerator json) {
    this.report = report;
    this.json = json;
  }

  void write(Standings standings) throws IOException {
    json.writeStartObject();
    texts("problems", standings.problems());
    json.writeNumberField("instances", standings.instances());
    json.writeArrayFieldStart("rows");
    for (Standings.Row row : standings.rows()) {
      row(row);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("pairs");
    for (Standings.Pair pair : standings.pairs()) {
      pair(pair);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("dropped");
    for (Standings.Dropped dropped : standings.dropped()) {
      json.writeStartObject();
      json.writeStringField("optimizer", dropped.optimizer());
      texts("order", dropped.order());
      json.writeBooleanField("holds", dropped.holds());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("profiles");
    for (Standings.Profile profile : standings.profiles()) {
      profile(profile);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void row(Standings.Row row) throws IOException {
    json.writeStartObject();
    json.writeStringField("optimizer", row.optimizer());
    report.number("meanRank", row.meanRank());
    report.number("low", row.interval().low());
    report.number("high", row.interval().high());
    report.number("otherProblemsLow", row.otherProblems().low());
    report.number("otherProblemsHigh", row.otherProblems().high());
    report.number("decades", row.decades());
    json.writeFieldName("solved");
    numbers(row.solved());
    json.writeArrayFieldStart("runningTimes");
    for (List<Double> problem : row.runningTimes()) {
      numbers(problem);
    }
    json.writeEndArray();
    report.tuning(row.tuning());
    json.writeEndObject();
  }

  private void pair(Standings.Pair pair) throws IOException {
    json.writeStartObject();
    json.writeStringField("first", pair.first());
    json.writeStringField("second", pair.second());
    json.writeNumberField("wins", pair.wins());
    json.writeNumberField("losses", pair.losses());
    report.number("probability", pair.probability());
    report.number("adjusted", pair.adjusted());
    json.writeEndObject();
  }

  private void profile(Standings.Profile profile) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", profile.kind().name().toLowerCase(Locale.ROOT));
    report.number("target", profile.target());
    json.writeArrayFieldStart("lines");
    for (Steps line : profile.lines()) {
      json.writeStartObject();
      json.writeFieldName("x");
      report.numbers(line.x().length, i -> line.x()[i]);
      json.writeFieldName("y");
      report.numbers(line.y().length, i -> line.y()[i]);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void numbers(List<Double> values) throws IOException {
    report.numbers(values.size(), values::get);
  }

  private void texts(String field, List<String> texts) throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
