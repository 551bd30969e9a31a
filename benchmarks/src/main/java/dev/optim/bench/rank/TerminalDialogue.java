package dev.optim.bench.rank;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;

/** Asks in the terminal: a line for each picture, a line for the answer. */
public final class TerminalDialogue {

  private final Ranking ranking;
  private final BufferedReader in;
  private final PrintWriter out;
  private final boolean colours;

  /**
   * Prepares a dialogue.
   *
   * @param ranking what to ask
   * @param in the answers, a line each
   * @param out the questions
   * @param colours whether the terminal shows colours
   */
  public TerminalDialogue(Ranking ranking, BufferedReader in, PrintWriter out, boolean colours) {
    this.ranking = ranking;
    this.in = in;
    this.out = out;
    this.colours = colours;
  }

  /**
   * Asks until all is answered, the input ends or the person leaves.
   *
   * @throws IOException if an answer cannot be saved
   */
  public void run() throws IOException {
    while (!ranking.done()) {
      show();
      String line = in.readLine();
      if (line == null || line.strip().equalsIgnoreCase("q")) {
        out.println();
        return;
      }
      try {
        ranking.answer(indices(line));
      } catch (IllegalArgumentException e) {
        out.println("That is no answer: " + wanted() + ".");
      }
    }
  }

  private void show() {
    Flower[] flowers = ranking.candidates();
    out.printf("%nQuestion %d of %d%n", ranking.answered() + 1, ranking.questions());
    for (int i = 0; i < flowers.length; i++) {
      out.printf("  %d  %s%n", i + 1, flowers[i].line(colours));
    }
    out.printf("%s (q stops): ", wanted());
    out.flush();
  }

  private String wanted() {
    return ranking.top() == 1
        ? "the number of the one you like best"
        : "the numbers of the " + ranking.top() + " you like best, the best first, e.g. 3 1 2";
  }

  private static int[] indices(String line) {
    String[] words = line.strip().split("[\\s,]+");
    int[] indices = new int[words.length];
    for (int i = 0; i < words.length; i++) {
      indices[i] = Integer.parseInt(words[i]) - 1; // a NumberFormatException is what is caught
    }
    return indices;
  }
}
