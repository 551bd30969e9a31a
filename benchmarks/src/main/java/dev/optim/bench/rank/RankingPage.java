package dev.optim.bench.rank;

/** The page of a question, and the one with the result. Needs nothing from elsewhere. */
final class RankingPage {

  private static final String FRAME =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>optim rank</title>
      <style>
        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 46rem;
               padding: 0 1rem; color: #223; background: #fafafa; }
        progress { width: 100%%; accent-color: #c2497e; }
        .pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr));
                    gap: 1rem; margin: 1rem 0; }
        .pictures button { position: relative; padding: 0; border: 4px solid transparent;
                           border-radius: 12px; background: none; cursor: pointer;
                           overflow: hidden; line-height: 0; }
        .pictures button[data-rank] { border-color: #c2497e; }
        .pictures button[data-rank]::after { content: attr(data-rank); position: absolute;
            top: 8px; left: 8px; width: 2rem; height: 2rem; border-radius: 50%%; background: #c2497e;
            color: white; font: bold 1.1rem/2rem system-ui; text-align: center; }
        svg { width: 100%%; height: auto; border-radius: 8px; }
        form button { font: inherit; padding: .5rem 1.2rem; border-radius: 8px; border: 0;
                      background: #c2497e; color: white; }
        form button:disabled { background: #bbb; }
      </style>
      </head>
      <body>
      %s
      </body>
      </html>
      """;

  private static final String QUESTION =
      """
      <h1>%s</h1>
      <progress max="%d" value="%d"></progress>
      <p>Question %d of %d. %s</p>
      <div class="pictures">%s</div>
      <form method="post" action="/answer">
        <input type="hidden" name="token" value="%s">
        <input type="hidden" name="question" value="%d">
        <input type="hidden" name="best" value="">
        <button disabled>That is my answer</button>
      </form>
      <script>
        const top_ = %d, picked = [];
        const pictures = [...document.querySelectorAll(".pictures button")];
        const form = document.querySelector("form");
        function show() {
          pictures.forEach((p, i) => {
            const rank = picked.indexOf(i);
            if (rank < 0) { delete p.dataset.rank; } else { p.dataset.rank = rank + 1; }
          });
          form.best.value = picked.join(",");
          form.querySelector("button").disabled = picked.length !== top_;
        }
        pictures.forEach((p, i) => p.addEventListener("click", () => {
          const rank = picked.indexOf(i);
          if (rank >= 0) { picked.splice(rank, 1); }
          else if (top_ === 1) { picked.splice(0, 1, i); }
          else if (picked.length < top_) { picked.push(i); }
          show();
        }));
      </script>
      """;

  private static final String RESULT =
      """
      <h1>Your flower</h1>
      <progress max="1" value="1"></progress>
      <p>%d questions answered. %s</p>
      %s
      """;

  private RankingPage() {}

  /**
   * The page as it now is; its form sends the token along.
   *
   * @param unsaved why the answers are not saved, empty if they are
   */
  static String of(Ranking ranking, String token, String unsaved) {
    return FRAME.formatted(
        ranking.done() ? result(ranking, unsaved) : question(ranking, token, unsaved));
  }

  private static String saved(String unsaved, String otherwise) {
    return unsaved.isEmpty()
        ? otherwise
        : "<strong>Your answers are kept, but cannot be saved: "
            + unsaved.replace("&", "&amp;").replace("<", "&lt;")
            + ". Mend that and load this page again before you stop.</strong>";
  }

  private static String question(Ranking ranking, String token, String unsaved) {
    StringBuilder pictures = new StringBuilder();
    for (Flower flower : ranking.candidates()) {
      pictures.append("<button type=\"button\">").append(flower.svg(200)).append("</button>\n");
    }
    String wanted =
        ranking.top() == 1
            ? "Which one do you like best?"
            : "Click the " + ranking.top() + " you like best, the best first";
    int number = ranking.answered() + 1;
    return QUESTION.formatted(
        wanted,
        ranking.questions(),
        ranking.answered(),
        number,
        ranking.questions(),
        saved(unsaved, "Everything is saved: you may stop at any time."),
        pictures,
        token,
        number,
        ranking.top());
  }

  private static String result(Ranking ranking, String unsaved) {
    String file = ranking.picture().getFileName().toString();
    return RESULT.formatted(
        ranking.answered(),
        saved(unsaved, "It is saved as " + file + "; you may close this page."),
        ranking.flower().svg(600));
  }
}
