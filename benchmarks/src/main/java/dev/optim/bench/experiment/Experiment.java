package dev.optim.bench.experiment;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import java.util.List;

/**
 * What is compared, and how.
 *
 * @param title the heading of the report
 * @param tracks problems with methods, at least one pair
 * @param protocol how every method is treated
 */
public record Experiment(String title, List<Track<?>> tracks, Protocol protocol) {

  /** Checks the arguments and copies the list. */
  public Experiment {
    requireNonNull(title, "title");
    requireNonNull(protocol, "protocol");
    tracks = List.copyOf(tracks);
    Checks.atLeastOne(
        "the number of methods on problems",
        tracks.stream().mapToInt(track -> track.problems().size() * track.methods().size()).sum());
  }

  /**
   * Whether an optimizer runs on a problem.
   *
   * @param optimizer its name
   * @param problem its name
   * @return whether both are in one track
   */
  public boolean compares(String optimizer, String problem) {
    return pairings().stream()
        .anyMatch(
            pairing ->
                pairing.method().name().equals(optimizer)
                    && pairing.problem().name().equals(problem));
  }

  /** Each problem with each method that can take it. */
  List<Pairing<?>> pairings() {
    return tracks.stream().<Pairing<?>>flatMap(track -> track.pairings().stream()).toList();
  }
}
