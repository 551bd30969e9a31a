package dev.optim.bench.experiment;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The keys and values of a YAML mapping; every complaint begins with the line and column. */
final class YamlMap {

  private final String file;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  private YamlMap(String file) {
    this.file = file;
  }

  /** Reads a document, which must be a mapping; an empty one is an empty mapping. */
  static YamlMap read(String file, Reader in) throws ExperimentException, IOException {
    YamlMap empty = new YamlMap(file);
    try {
      Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(in);
      return root == null ? empty : empty.map(root);
    } catch (MarkedYAMLException e) {
      throw new ExperimentException(
          file
              + (e.getProblemMark() == null
                  ? ""
                  : ":"
                      + (e.getProblemMark().getLine() + 1)
                      + ":"
                      + (e.getProblemMark().getColumn() + 1))
              + ": "
              + e.getProblem());
    } catch (YAMLException e) {
      throw new ExperimentException(file + ": " + e.getMessage());
    }
  }

  /** The keys, in their order. */
  List<String> keys() {
    return new ArrayList<>(keys.keySet());
  }

  /** Where a key stands that there is, to begin a complaint with. */
  String whereKey(String key) {
    return where(Objects.requireNonNull(keys.get(key), key));
  }

  /** The value of a key, which is known from now on. */
  Optional<Node> take(String key) {
    known.add(key);
    return Optional.ofNullable(values.get(key));
  }

  Optional<String> text(String key) throws ExperimentException {
    Optional<Node> node = take(key);
    return node.isPresent() ? Optional.of(text(node.get())) : Optional.empty();
  }

  /** A whole number of at least one. */
  Optional<Integer> count(String key) throws ExperimentException {
    Optional<Node> node = take(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    double number = number(node.get());
    if (number < 1 || number != (int) number) {
      throw refused(
          node.get(), key + " is " + text(node.get()) + ", must be a whole number from 1");
    }
    return Optional.of((int) number);
  }

  /** A list, or a single value as a list of one; none where the key is missing. */
  List<Node> list(String key) throws ExperimentException {
    Optional<Node> node = take(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (!(node.get() instanceof SequenceNode sequence)) {
      return List.of(node.get());
    }
    if (sequence.getValue().isEmpty()) {
      throw refused(sequence, key + " is empty");
    }
    return sequence.getValue();
  }

  /** A mapping; an empty one where the key is missing. */
  YamlMap map(String key) throws ExperimentException {
    Optional<Node> node = take(key);
    return node.isPresent() ? map(node.get()) : new YamlMap(file);
  }

  boolean isMap(Node node) {
    return node instanceof MappingNode;
  }

  YamlMap map(Node node) throws ExperimentException {
    if (!(node instanceof MappingNode mapping)) {
      throw refused(node, "'key: value' pairs are expected here");
    }
    YamlMap map = new YamlMap(file);
    for (NodeTuple entry : mapping.getValue()) {
      String key = text(entry.getKeyNode());
      if (map.values.put(key, entry.getValueNode()) != null) {
        throw refused(entry.getKeyNode(), "'" + key + "' comes twice");
      }
      map.keys.put(key, entry.getKeyNode());
    }
    return map;
  }

  String text(Node node) throws ExperimentException {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw refused(node, "a single value is expected here");
  }

  double number(Node node) throws ExperimentException {
    String text = text(node);
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw refused(node, "'" + text + "' is no number");
  }

  /** Refuses the first key that nobody has asked for. */
  void refuseOthers() throws ExperimentException {
    for (Map.Entry<String, Node> key : keys.entrySet()) {
      if (!known.contains(key.getKey())) {
        throw refused(
            key.getValue(),
            new Names("key", List.copyOf(known)).complaint(List.of(key.getKey())).orElseThrow());
      }
    }
  }

  ExperimentException refused(Node node, String why) {
    return new ExperimentException(where(node) + why);
  }

  /** Where a value stands, to begin a complaint with. */
  String where(Node node) {
    return "%s:%d:%d: "
        .formatted(file, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
  }
}
