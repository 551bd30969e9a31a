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
  private final Set<Path> replayed = new TreeSet<>();

  private GoldenFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * The files of a folder.
   *
   * @param folder e.g. "firstorder"
   */
  public static GoldenFiles of(String folder) {
    String root = System.getProperty("golden.dir", "src/test/resources/golden");
    return new GoldenFiles(Path.of(root, folder));
  }

  /** Every JSON file of the folder, in the order of their names; at least one. */
  public List<Path> all() {
    try (Stream<Path> list = Files.list(directory)) {
      List<Path> files = list.filter(f -> f.toString().endsWith(".json")).sorted().toList();
      if (files.isEmpty()) {
        throw new IllegalStateException("no golden files in " + directory.toAbsolutePath());
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
