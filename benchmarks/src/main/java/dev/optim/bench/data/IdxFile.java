package dev.optim.bench.data;

import dev.optim.Checks;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * An array of unsigned bytes in the IDX format of the MNIST data sets: two zero bytes, the type 8,
 * the number of dimensions, each dimension in four bytes, most significant first, and the elements
 * in row-major order.
 *
 * @param dimensions the sizes, the number of samples first
 * @param elements the elements, as signed bytes
 */
public record IdxFile(int[] dimensions, byte[] elements) {

  private static final int UNSIGNED_BYTES = 0x08;

  /**
   * Reads a file.
   *
   * @param file the file, or the name of one that has ".gz" behind it and is compressed
   * @return its content
   * @throws IOException if it cannot be read, or is no IDX file of unsigned bytes
   */
  public static IdxFile read(Path file) throws IOException {
    Path packed = file.resolveSibling(file.getFileName() + ".gz");
    boolean plain = Files.exists(file);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(plain ? file : packed));
        DataInputStream in = new DataInputStream(plain ? raw : new GZIPInputStream(raw))) {
      return read(in);
    } catch (EOFException e) {
      throw new IOException(file + " ends too early", e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException(file + " is no IDX file of bytes: " + e.getMessage(), e);
    }
  }

  private static IdxFile read(DataInputStream in) throws IOException {
    int magic = in.readInt();
    int[] dimensions = new int[magic & 0xFF];
    Checks.require(
        magic >>> 8 == UNSIGNED_BYTES && dimensions.length > 0, "magic number", magic, "0x080?");
    for (int d = 0; d < dimensions.length; d++) {
      dimensions[d] = (int) Checks.atLeastOne("dimension", in.readInt());
    }
    int size = Arrays.stream(dimensions).reduce(1, Math::multiplyExact);
    byte[] elements = in.readNBytes(size);
    if (elements.length < size) {
      throw new EOFException();
    }
    return new IdxFile(dimensions, elements);
  }
}
