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
  private final AskRank run;

  private Ranking(Path folder, int questions, AskRank run) {
    this.folder = folder;
    this.questions = questions;
    this.run = run;
  }

  /**
   * Goes on with the search in a folder, or begins one.
   *
   * @param folder made if it is missing
   * @param questions how many there are in all, those already answered included
   * @param seed of a search that begins
   * @param fresh whether to forget one that is there
   * @return the search
   * @throws IOException if the folder cannot be used
   * @throws IllegalArgumentException if the folder has a search of another kind or a damaged one
   */
  public static Ranking open(Path folder, int questions, long seed, boolean fresh)
      throws IOException {
    Files.createDirectories(folder);
    AskRank run = METHOD.open(Start.at(new double[Flower.DIMENSION]), RandomStream.of(seed));
    Path saved = folder.resolve(CHECKPOINT);
    if (!fresh && Files.exists(saved)) {
      run.restore(Checkpoint.read(saved));
    }
    Ranking ranking = new Ranking(folder, questions, run);
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
   * @throws IOException if the answer cannot be saved; it has been taken
   */
  public void answer(int... best) throws IOException {
    run.tell(best);
    save();
  }

  private void save() throws IOException {
    run.checkpoint().write(folder.resolve(CHECKPOINT));
    Files.writeString(picture(), flower().svg(600));
  }
}
