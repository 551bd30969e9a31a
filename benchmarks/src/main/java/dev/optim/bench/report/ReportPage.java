package dev.optim.bench.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report as one HTML file that needs nothing else: style, scripts, chart library and data are
 * inside.
 */
final class ReportPage {

  /** Enough for a line on a screen, and half the size of every digit. */
  private static final int DIGITS = 6;

  /** In the order in which they build on each other. */
  private static final List<String> SCRIPTS =
      List.of(
          "dom.js",
          "format.js",
          "bands.js",
          "scales.js",
          "marks.js",
          "theme.js",
          "plot.js",
          "figure.js",
          "table.js",
          "profile.js",
          "standing.js",
          "page.js");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

  private ReportPage() {}

  static void write(Report report, List<Standings> standings, Writer out) throws IOException {
    StringBuilder scripts = new StringBuilder();
    for (String script : SCRIPTS) {
      scripts.append(ours(script)).append('\n');
    }
    StringWriter data = new StringWriter();
    ReportJson.write(report, standings, DIGITS, data);
    Map<String, String> parts =
        Map.of(
            "title", escapeText(report.title()),
            "style", ours("report.css"),
            "data", escapeJson(data.toString()),
            "library", escapeScript(chartLibrary()),
            "scripts", escapeScript(scripts.toString()));
    String template = ours("index.html");
    Matcher placeholder = PLACEHOLDER.matcher(template);
    int from = 0;
    while (placeholder.find()) {
      out.append(template, from, placeholder.start()).append(parts.get(placeholder.group(1)));
      from = placeholder.end();
    }
    out.append(template, from, template.length());
  }

  /** Text between tags. */
  static String escapeText(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /**
   * JSON inside a script element. These characters occur in JSON only within strings, where the
   * escapes mean the same; unescaped, {@code </script>} would end the element, {@code <!--} change
   * how it is read, and the line separators end a line of JavaScript.
   */
  static String escapeJson(String json) {
    return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  /** JavaScript inside a script element; the tag can only stand in a string or a comment. */
  static String escapeScript(String script) {
    return script.replaceAll("(?i)</(script)", "<\\\\/$1");
  }

  private static String ours(String name) throws IOException {
    return resource("/dev/optim/bench/report/" + name);
  }

  private static String chartLibrary() throws IOException {
    Properties pom = new Properties();
    try (InputStream in = open("/META-INF/maven/org.mvnpm/echarts/pom.properties")) {
      pom.load(in);
    }
    String version = pom.getProperty("version");
    return resource("/META-INF/resources/_static/echarts/" + version + "/dist/echarts.min.js");
  }

  private static String resource(String path) throws IOException {
    try (InputStream in = open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream open(String path) throws IOException {
    InputStream in = ReportPage.class.getResourceAsStream(path);
    if (in == null) {
      throw new FileNotFoundException(path + " is missing from the class path");
    }
    return in;
  }
}
