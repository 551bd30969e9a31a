package dev.optim.bench.network;

import dev.optim.Checks;
import dev.optim.bench.data.IdxFile;
import dev.optim.bench.data.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Square grey images of ten classes.
 *
 * @param side pixels in a row, and rows
 * @param pixels image by image, row by row, 0 to 1
 * @param labels the class of each image, 0..9
 */
record Images(int side, float[] pixels, int[] labels) {

  private static final int CLASSES = 10;

  Images {
    Checks.length("pixels", pixels.length, labels.length * side * side);
    for (int label : labels) {
      Checks.require(label >= 0 && label < CLASSES, "label", label, "in 0..9");
    }
  }

  /** Images of 8 x 8 pixels with values from 0 to 1. */
  static Images of(Samples digits) {
    int features = digits.features();
    float[] pixels = new float[digits.size() * features];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) digits.feature(i / features, i % features);
    }
    return new Images((int) Math.sqrt(features), pixels, digits.labels());
  }

  /**
   * The first images of the files that MNIST and its relatives come in.
   *
   * @throws IOException if they cannot be read or do not fit each other
   */
  static Images read(Path folder, String name, int most) throws IOException {
    IdxFile images = IdxFile.read(folder.resolve(name + "-images-idx3-ubyte"));
    IdxFile labels = IdxFile.read(folder.resolve(name + "-labels-idx1-ubyte"));
    int[] shape = images.dimensions();
    int samples = labels.elements().length;
    if (shape.length != 3 || shape[0] != samples || shape[1] != shape[2]) {
      throw new IOException(
          folder + ": " + name + " has " + samples + " labels for " + Arrays.toString(shape));
    }
    int count = Math.min(samples, most);
    float[] pixels = new float[count * shape[1] * shape[2]];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (images.elements()[i] & 0xFF) / 255f;
    }
    int[] classes = new int[count];
    Arrays.setAll(classes, i -> labels.elements()[i]);
    return new Images(shape[1], pixels, classes);
  }

  int size() {
    return labels.length;
  }

  /** Some of the images as DL4J takes them: [images, 1, side, side], and one column a class. */
  DataSet batch(int... indices) {
    int area = side * side;
    float[] features = new float[indices.length * area];
    float[][] classes = new float[indices.length][CLASSES];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(pixels, indices[i] * area, features, i * area, area);
      classes[i][labels[indices[i]]] = 1;
    }
    return new DataSet(
        Nd4j.createFromArray(features).reshape(indices.length, 1, side, side),
        Nd4j.createFromArray(classes));
  }

  /** The first images, in pieces. */
  List<DataSet> first(int count, int piece) {
    List<DataSet> pieces = new ArrayList<>();
    int end = Math.min(count, size());
    for (int from = 0; from < end; from += piece) {
      pieces.add(batch(IntStream.range(from, Math.min(from + piece, end)).toArray()));
    }
    return pieces;
  }
}
