package dev.optim.bench.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The four files that MNIST and its relatives come in, compressed or not. */
public final class ImageFiles {

  private static final String IMAGES = "-images-idx3-ubyte";
  private static final String LABELS = "-labels-idx1-ubyte";

  private ImageFiles() {}

  /**
   * Whether a folder has them.
   *
   * @param folder any path
   * @return true if the first of the four is there
   */
  public static boolean areIn(Path folder) {
    return Files.exists(folder.resolve("train" + IMAGES))
        || Files.exists(folder.resolve("train" + IMAGES + ".gz"));
  }

  /**
   * Reads them.
   *
   * @param folder where they are
   * @return training and test images, features are the pixels from 0 to 1 row by row; 8 bytes each
   * @throws IOException if one of them cannot be read, or they do not fit each other
   */
  public static TrainTest read(Path folder) throws IOException {
    try {
      return new TrainTest(samples(folder, "train"), samples(folder, "t10k"));
    } catch (IllegalArgumentException e) {
      throw new IOException(folder + ": " + e.getMessage(), e);
    }
  }

  private static Samples samples(Path folder, String name) throws IOException {
    IdxFile images = IdxFile.read(folder.resolve(name + IMAGES));
    IdxFile labels = IdxFile.read(folder.resolve(name + LABELS));
    double[] pixels = new double[images.elements().length];
    Arrays.setAll(pixels, i -> (images.elements()[i] & 0xFF) / 255.0);
    double[] classes = new double[labels.elements().length];
    Arrays.setAll(classes, i -> labels.elements()[i]);
    return new Samples(pixels.length / images.dimensions()[0], pixels, classes);
  }
}
