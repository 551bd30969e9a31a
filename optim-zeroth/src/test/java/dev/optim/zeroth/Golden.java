package dev.optim.zeroth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Arrays of golden files, and how close is close. */
final class Golden {

  private Golden() {}

  static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number; "inf" and "nan" are strings, and null is an energy not known yet. */
  static double number(JsonNode node) {
    if (node.isNull()) {
      return Double.POSITIVE_INFINITY;
    }
    return switch (node.asText()) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> node.asDouble();
    };
  }

  static double[] vector(JsonNode node) {
    double[] vector = new double[node.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = number(node.get(i));
    }
    return vector;
  }

  static int[] indices(JsonNode node) {
    int[] indices = new int[node.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = node.get(i).asInt();
    }
    return indices;
  }

  static double[][] rows(JsonNode node) {
    double[][] rows = new double[node.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = vector(node.get(i));
    }
    return rows;
  }

  static double[][] transposed(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    return columns;
  }

  /** Compares relative to the largest number of the vector. */
  static void close(String what, double[] actual, double[] expected, double tolerance) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    double largest = 1e-300;
    for (double e : expected) {
      largest = Double.isFinite(e) ? Math.max(largest, Math.abs(e)) : largest;
    }
    for (int i = 0; i < expected.length; i++) {
      if (Double.isFinite(expected[i])) {
        assertThat(Math.abs(actual[i] - expected[i]) / largest)
            .as("%s[%s]: %s, recorded %s", what, i, actual[i], expected[i])
            .isLessThan(tolerance);
      } else {
        assertThat(actual[i]).as("%s[%s]", what, i).isEqualTo(expected[i]);
      }
    }
  }

  static void close(String what, double[][] actual, double[][] expected, double tolerance) {
    assertThat(actual.length).as(what).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      close(what + " row " + i, actual[i], expected[i], tolerance);
    }
  }
}
