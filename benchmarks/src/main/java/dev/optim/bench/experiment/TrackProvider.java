package dev.optim.bench.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Adds tracks to the catalogue: problems and methods of one's own, or of another library.
 *
 * <p>Implementations are found by {@link java.util.ServiceLoader}: public classes with a public
 * constructor without arguments, named in a file {@code
 * META-INF/services/dev.optim.bench.experiment.TrackProvider} on the class path.
 */
@FunctionalInterface
public interface TrackProvider {

  /**
   * Makes the tracks.
   *
   * @param data the folder of data sets that do not ship with the library, if the user names one
   * @return the tracks; their problems have names of their own
   * @throws IllegalArgumentException if the folder holds data that cannot be read
   */
  List<Track<?>> tracks(Optional<Path> data);
}
