package dev.optim.bench.experiment;

import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.report.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/**
 * An experiment as a YAML file says it:
 *
 * <pre>{@code
 * title: Adam or Lion
 * preset: first-order            # for what is not said here
 * problems: [digits-*, rosenbrock-10]
 * optimizers:
 *   - Adam
 *   - Lion: {step size: {log: [1e-4, 1e-2]}, batch size: 32}
 * seeds: 10
 * tuning: {studies: 3, trials: 5}
 * budget: {sample gradients: 20000, gradients: 5000, time: 30 s}
 * targets: [1e-1, 1e-3, 1e-5]
 * }</pre>
 *
 * <p>Every key may be left out. What is not understood is refused with its line and column.
 */
public final class ExperimentFile {

  /** The experiments that ship. */
  public static final List<String> PRESETS =
      List.of("first-order", "second-order", "derivative-free", "bilevel", "all");

  private static final String DEFAULT = "default";
  private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?) *(ms|s|min|h)");
  private static final Map<String, CostUnit> UNITS =
      Map.of(
          "evaluations", CostUnit.VALUES,
          "gradients", CostUnit.GRADIENTS,
          "sample gradients", CostUnit.SAMPLE_GRADIENTS,
          "rankings", CostUnit.RANKINGS,
          "calls", CostUnit.CALLS);

  private ExperimentFile() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @return what it asks for
   * @throws ExperimentException if it cannot be read or understood
   */
  public static Request read(Path file) throws ExperimentException {
    try {
      return parse(file.toString(), new StringReader(Files.readString(file)));
    } catch (NoSuchFileException e) {
      throw new ExperimentException("cannot read " + file + ": there is no such file");
    } catch (CharacterCodingException e) {
      throw new ExperimentException("cannot read " + file + ": it is no text in UTF-8");
    } catch (IOException e) {
      throw new ExperimentException("cannot read " + file + ": " + FileFailure.inWords(e));
    }
  }

  /**
   * An experiment that ships.
   *
   * @param name one of {@link #PRESETS}
   * @return what it asks for
   * @throws ExperimentException if there is no such preset
   */
  public static Request preset(String name) throws ExperimentException {
    Optional<String> complaint = new Names("preset", PRESETS).complaint(List.of(name));
    if (complaint.isPresent()) {
      throw new ExperimentException(complaint.get());
    }
    return resource(name.toLowerCase(Locale.ROOT));
  }

  /**
   * What is compared where nothing is asked for.
   *
   * @return a tour within a minute or two
   */
  public static Request standard() {
    try {
      return resource(DEFAULT);
    } catch (ExperimentException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A time as people write it, e.g. "30 s" or "5 min". */
  public static Optional<Duration> time(String text) {
    Matcher matcher = TIME.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long millis =
        switch (matcher.group(2)) {
          case "ms" -> 1;
          case "s" -> 1000;
          case "min" -> 60_000;
          default -> 3_600_000;
        };
    return Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * millis)))
        .filter(duration -> !duration.isZero());
  }

  private static Request resource(String name) throws ExperimentException {
    String file = name + ".yaml";
    try (InputStream in = ExperimentFile.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the class path");
      }
      return parse(file, new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a document; the file's name is for complaints. */
  static Request parse(String file, Reader in) throws ExperimentException, IOException {
    YamlMap root = YamlMap.read(file, in);
    Request base = Request.EVERYTHING;
    Optional<Node> preset = root.take("preset");
    if (preset.isPresent()) {
      String name = root.text(preset.get());
      Optional<String> complaint = new Names("preset", PRESETS).complaint(List.of(name));
      if (complaint.isPresent()) {
        throw root.refused(preset.get(), complaint.get());
      }
      base = preset(name);
    }
    Optional<String> title = root.text("title");
    List<Request.Name> problems = problems(root);
    List<Request.Name> optimizers = new ArrayList<>();
    List<Request.Ranged> ranges = new ArrayList<>();
    optimizers(root, optimizers, ranges);
    Optional<Integer> seeds = root.count("seeds");
    YamlMap tuning = root.map("tuning");
    Optional<Integer> studies = tuning.count("studies");
    Optional<Integer> trials = tuning.count("trials");
    tuning.refuseOthers();
    YamlMap budget = root.map("budget");
    Optional<Duration> timeLimit = timeLimit(budget);
    Map<CostUnit, Long> budgets = new LinkedHashMap<>();
    for (Map.Entry<String, CostUnit> unit : UNITS.entrySet()) {
      budget.count(unit.getKey()).ifPresent(total -> budgets.put(unit.getValue(), (long) total));
    }
    budget.refuseOthers();
    List<Double> targets = targets(root);
    root.refuseOthers();
    return new Request(
            title,
            problems,
            optimizers,
            ranges,
            seeds,
            studies,
            trials,
            timeLimit,
            targets,
            budgets,
            1)
        .orElse(base);
  }

  private static List<Request.Name> problems(YamlMap root) throws ExperimentException {
    List<Request.Name> names = new ArrayList<>();
    for (Node node : root.list("problems")) {
      names.add(new Request.Name(root.text(node), root.where(node)));
    }
    return names;
  }

  /** Adds the optimizers to the names, and their ranges to the ranges. */
  private static void optimizers(
      YamlMap root, List<Request.Name> names, List<Request.Ranged> ranges)
      throws ExperimentException {
    for (Node node : root.list("optimizers")) {
      if (!root.isMap(node)) {
        names.add(new Request.Name(root.text(node), root.where(node)));
        continue;
      }
      YamlMap entry = root.map(node);
      for (String text : entry.keys()) {
        Request.Name name = new Request.Name(text, root.where(node));
        names.add(name);
        YamlMap settings = entry.map(text);
        for (String key : settings.keys()) {
          Range range = range(key, settings.take(key).orElseThrow(), settings);
          ranges.add(new Request.Ranged(name, range, settings.whereKey(key)));
        }
      }
    }
  }

  /** A number, or an interval that is searched: {@code {log: [1e-4, 1e-2]}}. */
  private static Range range(String name, Node value, YamlMap settings) throws ExperimentException {
    if (!settings.isMap(value)) {
      return Range.fixed(name, settings.number(value));
    }
    YamlMap interval = settings.map(value);
    List<Node> log = interval.list("log");
    List<Node> linear = interval.list("linear");
    interval.refuseOthers();
    List<Node> ends = log.isEmpty() ? linear : log;
    if (ends.size() != 2 || !log.isEmpty() && !linear.isEmpty()) {
      throw settings.refused(
          value, name + " must be a number, {log: [low, high]} or {linear: [low, high]}");
    }
    Range.Scale scale = log.isEmpty() ? Range.Scale.LINEAR : Range.Scale.LOG;
    try {
      return new Range(name, settings.number(ends.get(0)), settings.number(ends.get(1)), scale);
    } catch (IllegalArgumentException e) {
      throw settings.refused(value, e.getMessage());
    }
  }

  private static Optional<Duration> timeLimit(YamlMap budget) throws ExperimentException {
    Optional<Node> node = budget.take("time");
    if (node.isEmpty()) {
      return Optional.empty();
    }
    String text = budget.text(node.get());
    return Optional.of(
        time(text)
            .orElseThrow(
                () ->
                    budget.refused(
                        node.get(), "time is '" + text + "', must be like 30 s, 5 min or 1 h")));
  }

  private static List<Double> targets(YamlMap root) throws ExperimentException {
    List<Double> targets = new ArrayList<>();
    for (Node node : root.list("targets")) {
      double target = root.number(node);
      double before = targets.isEmpty() ? 1 : targets.get(targets.size() - 1);
      if (!(target > 0 && target < before)) {
        throw root.refused(node, "targets must decrease, each between 0 and 1");
      }
      targets.add(target);
    }
    return targets;
  }
}
