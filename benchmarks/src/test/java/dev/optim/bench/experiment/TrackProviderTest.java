package dev.optim.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.DifferentiableObjective;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.problem.Problems;
import dev.optim.sgd.Sgd;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tracks that are found on the class path. */
class TrackProviderTest {

  @TempDir Path folder;

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void takeAway() {
    Thread.currentThread().setContextClassLoader(before);
  }

  private void name(String provider) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(TrackProvider.class.getName()), provider + "\n");
    Thread.currentThread()
        .setContextClassLoader(new URLClassLoader(new URL[] {folder.toUri().toURL()}, before));
  }

  private static Track<?> track(String name) {
    Problem<DifferentiableObjective> like = Problems.rosenbrock();
    Problem<DifferentiableObjective> problem =
        new Problem<>(
            name,
            like.summary(),
            like.description(),
            like.layout(),
            like.start(),
            like.budget(),
            like.metrics(),
            like.instances());
    return new Track<>(
        List.of(problem), List.of(Method.of("Steps", "gradient descent", Sgd.of(1e-3))));
  }

  /** A good one. */
  public static final class Own implements TrackProvider {
    @Override
    public List<Track<?>> tracks(Optional<Path> data) {
      return List.of(track("my-valley"));
    }
  }

  /** One whose problem has a name that is taken. */
  public static final class Taken implements TrackProvider {
    @Override
    public List<Track<?>> tracks(Optional<Path> data) {
      return List.of(track("digits-mlp"));
    }
  }

  @Test
  void theirProblemsAreAmongAll() throws IOException {
    name(Own.class.getName());
    assertThat(Catalogue.tracks())
        .flatExtracting(Track::problems)
        .extracting("name")
        .contains("my-valley", "digits-mlp");
  }

  @Test
  void theirMethodsRunWithoutBeingNamed() throws Exception {
    name(Own.class.getName());
    Request everyday = ExperimentFile.standard().including(Catalogue.added(Optional.empty()));
    assertThat(everyday.resolve(Catalogue.tracks()).tracks())
        .filteredOn(track -> track.problems().get(0).name().equals("my-valley"))
        .flatExtracting(Track::methods)
        .extracting("name")
        .containsExactly("Steps");
  }

  @Test
  void aNameThatIsTakenIsRefused() throws IOException {
    name(Taken.class.getName());
    assertThatThrownBy(Catalogue::tracks)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are two problems digits-mlp");
  }

  @Test
  void aClassThatIsNotThereIsNamed() throws IOException {
    name("no.such.Tracks");
    assertThatThrownBy(Catalogue::tracks)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("OPTIM_CLASSPATH")
        .hasMessageContaining("no.such.Tracks");
  }
}
