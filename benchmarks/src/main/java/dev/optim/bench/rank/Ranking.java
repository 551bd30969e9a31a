package dev.optim.bench.rank;

import dev.optim.Start;
import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import dev.optim.zeroth.AskRank;
import dev.optim.zeroth.RankSgd;
import dev.optim.zeroth.RankingSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A person's search for a flower by ZO-RankSGD: questions that alternate between "which three of
 * these six, in order" and "which of these four", the flower so far among them. Every answer is
 * saved before the next question is asked. Belongs to one thread at a time.
 */
public final class Ranking {

  private static final RankSgd METHOD = new RankSgd(6, 3, 0.8, RankingSteps.lineSearch(1.6, 4));
  private static final String CHECKPOINT = "run.safetensors";
  private static final String PICTURE = "flower.svg";

  private final Path folder;
  private final int questions;
  private final long seed;
  private final AskRank run;

  private Ranking(Path folder, int questions, long seed, AskRank run) {
    this.folder = folder;
    this.questions = questions;
    this.seed = seed;
    this.run = run;
  }

  /**
   * Goes on with the search in a folder, or begins one.
   *
   * @param folder made if it is missing
   * @param questions how many there are in all, those already answered included
   * @param seed of a search that begins, 0 unless given; one that goes on has its own
   * @param fresh whether to forget one that is there
   * @return the search
   * @throws IOException if the folder cannot be used
   * @throws IllegalArgumentException if the folder has a search of another kind or seed, or a
   *     damaged one
   */
  public static Ranking open(Path folder, int questions, Optional<Long> seed, boolean fresh)
      throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(CHECKPOINT);
    boolean begins = fresh || !Files.exists(file);
    long wanted = seed.orElse(0L);
    AskRank run = METHOD.open(Start.at(new double[Flower.DIMENSION]), RandomStream.of(wanted));
    if (!begins) {
      Checkpoint saved = Checkpoint.read(file);
      run.restore(saved);
      long its = saved.metaLong("seed");
      if (seed.isPresent() && its != wanted) {
        throw new IllegalArgumentException(
            "it holds a search with seed " + its + ", not " + wanted + "; --fresh forgets that");
      }
      wanted = its;
    }
    Ranking ranking = new Ranking(folder, questions, wanted, run);
    ranking.save();
    return ranking;
  }

  /**
   * The number of questions answered.
   *
   * @return from 0
   */
  public int answered() {
    return (int) run.iterate().evaluations().rankings();
  }

  /**
   * The number of questions there are.
   *
   * @return those answered included
   */
  public int questions() {
    return questions;
  }

  /**
   * Whether all questions are answered.
   *
   * @return true if there is nothing more to ask
   */
  public boolean done() {
    return answered() >= questions;
  }

  /**
   * The pictures of the question.
   *
   * @return the same until it is answered
   */
  public Flower[] candidates() {
    double[][] points = run.ask();
    Flower[] flowers = new Flower[points.length];
    for (int i = 0; i < flowers.length; i++) {
      flowers[i] = Flower.of(points[i]);
    }
    return flowers;
  }

  /**
   * How many of the pictures are to be ranked.
   *
   * @return 3, or 1 where the best is enough
   */
  public int top() {
    return run.top();
  }

  /**
   * The flower as it stands.
   *
   * @return what the method would answer with now
   */
  public Flower flower() {
    return Flower.of(run.iterate().point());
  }

  /**
   * The file that shows {@link #flower}.
   *
   * @return its path
   */
  public Path picture() {
    return folder.resolve(PICTURE);
  }

  /**
   * Takes an answer and saves it.
   *
   * @param best indices of the {@link #top} best pictures, best first
   * @throws IllegalArgumentException if that is no ranking; nothing has changed
   * @throws IOException if the answer cannot be saved; it has been taken, and {@link #save} may be
   *     tried again
   */
  public void answer(int... best) throws IOException {
    run.tell(best);
    save();
  }

  /**
   * Saves all answers, into a new folder if the old one is gone.
   *
   * @throws IOException if they cannot be saved
   */
  public void save() throws IOException {
    Files.createDirectories(folder);
    Checkpoint.builder()
        .meta("seed", seed)
        .include("", run.checkpoint())
        .write(folder.resolve(CHECKPOINT));
    Files.writeString(picture(), flower().svg(600));
  }
}
