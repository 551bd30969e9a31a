package dev.optim.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The golden files of one folder: numbers made by running the authors' own code. They lie in the
 * folder of that name under the directory named by the system property {@code golden.dir}, or in
 * the module's test resources where it is not set.
 */
public final class GoldenFiles {

  private final Path directory;
  private final int count;
  private final Set<Path> replayed = new TreeSet<>();

  private GoldenFiles(Path directory, int count) {
    this.directory = directory;
    this.count = count;
  }

  /**
   * The files of a folder.
   *
   * @param folder e.g. "firstorder"
   * @param count how many there are at least: a file that is lost is missed
   */
  public static GoldenFiles of(String folder, int count) {
    String root = System.getProperty("golden.dir", "src/test/resources/golden");
    return new GoldenFiles(Path.of(root, folder), count);
  }

  /** Every JSON file of the folder, in the order of their names. */
  public List<Path> all() {
    try (Stream<Path> list = Files.list(directory)) {
      List<Path> files = list.filter(f -> f.toString().endsWith(".json")).sorted().toList();
      if (files.size() < count) {
        throw new IllegalStateException(
            "%d golden files in %s, must be %d"
                .formatted(files.size(), directory.toAbsolutePath(), count));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes that a file was replayed. */
  public void replayed(Path file) {
    replayed.add(file);
  }

  /** Prints how many files were replayed, for whoever wants to see that they were. */
  public void report() {
    System.out.println("golden: " + replayed.size() + " files replayed from " + directory);
  }
}
