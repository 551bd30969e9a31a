package dev.optim.bench.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The data sets that ship with the benchmarks. The file {@code README.md} beside them names their
 * sources and terms.
 */
public final class DataSets {

  private DataSets() {}

  /**
   * Handwritten digits: 1,797 images of 8 x 8 pixels, classes 0..9.
   *
   * @return features are the pixels, 0 (white) to 16 (black), row by row
   */
  public static Samples digits() {
    return lastColumnIsTarget(rows(lines("digits.csv.gz"), ","));
  }

  /**
   * Breast tumours: 569 samples of 30 measurements, classes 0 (malignant) and 1 (benign).
   *
   * @return features in the units of the source, of very different sizes
   */
  public static Samples breastCancer() {
    List<String> lines = lines("breast_cancer.csv");
    return lastColumnIsTarget(rows(lines.subList(1, lines.size()), ","));
  }

  /**
   * Diabetes: 442 patients with 10 measurements each, and the progression of the disease a year
   * later.
   *
   * @return features in the units of the source; the target is a measured value, 25 to 346
   */
  public static Samples diabetes() {
    double[][] rows = rows(lines("diabetes_data_raw.csv.gz"), " ");
    double[] targets =
        lines("diabetes_target.csv.gz").stream().mapToDouble(Double::parseDouble).toArray();
    return samples(rows, rows[0].length, targets);
  }

  private static Samples lastColumnIsTarget(double[][] rows) {
    int features = rows[0].length - 1;
    double[] targets = Arrays.stream(rows).mapToDouble(row -> row[features]).toArray();
    return samples(rows, features, targets);
  }

  private static Samples samples(double[][] rows, int features, double[] targets) {
    double[] values = new double[rows.length * features];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * features, features);
    }
    return new Samples(features, values, targets);
  }

  private static double[][] rows(List<String> lines, String separator) {
    return lines.stream()
        .map(line -> Arrays.stream(line.split(separator)).mapToDouble(Double::parseDouble))
        .map(row -> row.toArray())
        .toArray(double[][]::new);
  }

  private static List<String> lines(String file) {
    try (InputStream raw = DataSets.class.getResourceAsStream(file)) {
      if (raw == null) {
        throw new IllegalStateException("resource " + file + " is missing from the class path");
      }
      InputStream text = file.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
      return new BufferedReader(new InputStreamReader(text, StandardCharsets.US_ASCII))
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + file + " cannot be read", e);
    }
  }
}
