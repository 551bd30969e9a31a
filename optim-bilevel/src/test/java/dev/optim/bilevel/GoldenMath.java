package dev.optim.bilevel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Reading golden files, and the little dense algebra their problems are made of. */
final class GoldenMath {

  private static final ObjectMapper JSON = new ObjectMapper();

  private GoldenMath() {}

  static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** An array of numbers, or the base64 of little-endian doubles. */
  static double[] vector(JsonNode node) {
    if (node.isTextual()) {
      ByteBuffer bytes =
          ByteBuffer.wrap(Base64.getDecoder().decode(node.asText())).order(ByteOrder.LITTLE_ENDIAN);
      double[] out = new double[bytes.remaining() / 8];
      bytes.asDoubleBuffer().get(out);
      return out;
    }
    return JSON.convertValue(node, double[].class);
  }

  static double[][] matrix(JsonNode node) {
    return JSON.convertValue(node, double[][].class);
  }

  static double[][] matrix(double[] rowMajor, int rows) {
    int columns = rowMajor.length / rows;
    double[][] out = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(rowMajor, i * columns, out[i], 0, columns);
    }
    return out;
  }

  static double[][] pseudoInverse(double[][] a) {
    DMatrixRMaj inverse = new DMatrixRMaj(a[0].length, a.length);
    CommonOps_DDRM.pinv(new DMatrixRMaj(a), inverse);
    return matrix(inverse.data, a[0].length);
  }

  static double[] times(double[][] a, double[] x) {
    double[] out = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < x.length; j++) {
        out[i] += a[i][j] * x[j];
      }
    }
    return out;
  }

  static double[] transposedTimes(double[][] a, double[] x) {
    double[] out = new double[a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < out.length; j++) {
        out[j] += a[i][j] * x[i];
      }
    }
    return out;
  }

  static double[] join(double[]... blocks) {
    int length = 0;
    for (double[] block : blocks) {
      length += block.length;
    }
    double[] all = new double[length];
    int at = 0;
    for (double[] block : blocks) {
      System.arraycopy(block, 0, all, at, block.length);
      at += block.length;
    }
    return all;
  }

  static double[] filled(int length, double value) {
    double[] a = new double[length];
    Arrays.fill(a, value);
    return a;
  }

  static double distance(double[] a, double[] b) {
    return Math.sqrt(LvHbaState.squaredDistance(a, b));
  }

  static double relativeError(double[] a, double[] optimum) {
    return distance(a, optimum) / distance(optimum, new double[optimum.length]);
  }

  /** The largest difference is within 1e-10 of the largest number. */
  static void assertClose(String what, double[] actual, double[] expected) {
    assertClose(what, actual, expected, 1e-10);
  }

  static void assertClose(String what, double[] actual, double[] expected, double tolerance) {
    assertThat(actual.length).as(what).isEqualTo(expected.length);
    double size = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      size = Math.max(size, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    }
    assertThat(difference).as(what).isLessThanOrEqualTo(tolerance * Math.max(size, 1e-2));
  }
}
