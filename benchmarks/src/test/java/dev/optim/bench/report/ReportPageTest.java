package dev.optim.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Looks at the page through a real browser. */
class ReportPageTest {

  /** The chart of the n-th figure, as JavaScript. */
  private static final String CHART =
      "echarts.getInstanceByDom(document.querySelectorAll('.problem .chart')[arguments[0]])";

  /** The chart of the n-th figure of the rankings. */
  private static final String STANDING =
      "echarts.getInstanceByDom(document.querySelectorAll('.standing .chart')[arguments[0]])";

  private static final String STEPS = STANDING + ".getOption().series";

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void writeReports() throws IOException {
    browser = Browser.desktop(folder.resolve("profile"));
    ReportWriter.write(SampleReport.of(100), folder.resolve("sample"));
    ReportWriter.write(handMade("By hand"), folder.resolve("hand-made"));
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void startAnew() {
    browser.driver().get("about:blank");
    browser.console();
    browser.requests();
  }

  @Test
  void asksForNothingAndComplainsOfNothing() {
    browser.open(page("sample"));

    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests())
        .filteredOn(address -> !address.startsWith("data:"))
        .containsExactly(page("sample").toUri().toString());
    assertThat(browser.driver().getTitle())
        .isEqualTo("First-order methods on small, honest problems");
  }

  @Test
  void drawsEveryOptimizerInEveryFigure() {
    browser.open(page("sample"));

    long figures = browser.<Long>evaluate("document.querySelectorAll('.problem .chart').length");
    assertThat(figures).isEqualTo(7);
    for (int figure = 0; figure < figures; figure++) {
      assertThat(lineNames(figure)).hasSize(8);
      for (int optimizer = 1; optimizer <= 8; optimizer++) {
        assertThat(pixels(figure, "--series-" + optimizer)).isGreaterThan(20);
      }
    }
  }

  @Test
  void drawsMedianAndQuartilesOverTheSeeds() {
    browser.open(page("hand-made"));

    // the run of seed 3 ends at 10 and keeps its 6
    assertThat(this.<List<List<Number>>>median(0, "three seeds"))
        .extracting(point -> point.get(0).doubleValue())
        .containsExactly(0.0, 10.0, 20.0);
    assertThat(this.<List<List<Number>>>median(0, "three seeds"))
        .extracting(point -> point.get(1).doubleValue())
        .containsExactly(8.0, 4.0, 2.0);
    // at 15 the other optimizer has a point; the first two seeds are half way from there to there
    assertThat(tooltipAt(15))
        .isEqualTo(
            "15 gradient evaluations\nthree seeds\t3.000\t2.250 – 4.500\noverflows\t8.500\t");
  }

  @Test
  void aValueThatIsNotFiniteIsAGapAndCountsAsWorst() {
    browser.open(page("hand-made"));

    assertThat(this.<List<List<Number>>>median(0, "overflows").get(2).get(1)).isNull();
    assertThat(cells(1)).containsExactly("2.000\n1.500 – 4.000", "∞", "–");
  }

  @Test
  void failedRunsAreListedAndNeitherDrawnNorCounted() {
    browser.open(page("hand-made"));

    assertThat(lineNames(0)).containsExactly("three seeds", "overflows");
    assertThat(texts(".failures li"))
        .containsExactly("three seeds, seed 4: <b>lost</b>", "always fails, seed 1: out of memory");
    assertThat(texts(".problem > .summary tbody td:last-child"))
        .containsExactly("3 of 4", "1", "0 of 1");
    assertThat(texts(".problem > .summary .leader"))
        .containsExactly("2.000\n1.500 – 4.000", "1.000");
  }

  @Test
  void aProblemOnWhichEverythingFailedHasNoWinner() throws IOException {
    OptimizerReport fails =
        new OptimizerReport(
            "always fails", "", Tuning.NONE, List.of(new RunReport.Failed(1, "out of memory")));
    ReportWriter.write(report("Too hard", fails), folder.resolve("failed"));

    browser.open(page("failed"));

    assertThat(browser.console()).isEmpty();
    assertThat(lineNames(0)).isEmpty();
    assertThat(texts(".problem figcaption").get(0)).contains("No run was completed.");
    assertThat(texts(".failures li")).hasSize(1);
    assertThat(texts(".problem > .summary .leader")).isEmpty();
  }

  @Test
  void theKeyHidesAnOptimizerInAllFigures() {
    browser.open(page("sample"));

    browser.click("[data-optimizer=RMSProp]");
    assertThat(lineNames(0)).hasSize(7).doesNotContain("RMSProp");
    assertThat(lineNames(6)).hasSize(7).doesNotContain("RMSProp");
    assertThat(pixels(0, "--series-3")).isZero();

    browser.click("[data-optimizer=RMSProp]");
    assertThat(lineNames(0)).contains("RMSProp");
    assertThat(pixels(0, "--series-3")).isGreaterThan(20);
  }

  @Test
  void theKeyWorksFromTheKeyboard() {
    browser.open(page("sample"));
    WebElement first = browser.driver().findElement(By.cssSelector(".key button"));

    while (!first.equals(browser.driver().switchTo().activeElement())) {
      new Actions(browser.driver()).sendKeys(Keys.TAB).perform();
    }
    assertThat(first.getCssValue("outline-style")).isEqualTo("solid");
    new Actions(browser.driver()).sendKeys(Keys.SPACE).perform();
    browser.settle();

    assertThat(first.getDomAttribute("aria-pressed")).isEqualTo("false");
    assertThat(lineNames(0)).doesNotContain("SGD");
  }

  @Test
  void theHorizontalAxisSwitchesToTime() {
    browser.open(page("hand-made"));
    assertThat(this.<String>chart(0, "getOption().xAxis[0].name"))
        .isEqualTo("gradient evaluations");
    assertThat(this.<Number>chart(0, "getOption().xAxis[0].max").doubleValue()).isEqualTo(20);

    browser.click("[data-value=seconds]");

    assertThat(this.<String>chart(0, "getOption().xAxis[0].name")).isEqualTo("time (s)");
    assertThat(this.<Number>chart(0, "getOption().xAxis[0].max").doubleValue()).isEqualTo(4);
    assertThat(texts(".problem figcaption").get(0)).contains("Loss against time");
  }

  @Test
  void theVerticalAxisOfALossSwitchesToLinear() {
    browser.open(page("sample"));
    assertThat(this.<String>chart(0, "getOption().yAxis[0].type")).isEqualTo("log");

    browser.click(".problem figure [data-value=linear]");

    assertThat(this.<String>chart(0, "getOption().yAxis[0].type")).isEqualTo("value");
    assertThat(this.<String>chart(2, "getOption().yAxis[0].type")).isEqualTo("log");
  }

  @Test
  void everyRunCanBeSeen() {
    browser.open(page("sample"));

    browser.click("[data-value=runs]");

    // eight optimizers from five seeds, and one run failed
    assertThat(this.<List<Object>>chart(0, "getOption().series")).hasSize(39);
    assertThat(pixels(0, "--series-1")).isGreaterThan(20);
  }

  @Test
  void draggingShowsAPartAndAButtonTheWhole() {
    browser.open(page("sample"));
    WebElement canvas = browser.driver().findElement(By.cssSelector(".problem .chart canvas"));
    double lowest = this.<Number>chart(0, "getOption().yAxis[0].max").doubleValue();

    new Actions(browser.driver())
        .moveToElement(canvas, 0, 0)
        .clickAndHold()
        .moveByOffset(60, 10)
        .moveByOffset(60, 10)
        .release()
        .perform();
    browser.settle();

    assertThat(this.<Number>chart(0, "getOption().xAxis[0].min").doubleValue())
        .isBetween(500.0, 1500.0);
    assertThat(this.<Number>chart(0, "getOption().yAxis[0].max").doubleValue()).isLessThan(lowest);

    browser.click(".problem .unzoom");
    assertThat(this.<Number>chart(0, "getOption().xAxis[0].min").doubleValue()).isZero();
    assertThat(this.<Number>chart(0, "getOption().yAxis[0].max").doubleValue()).isEqualTo(lowest);
  }

  @Test
  void theThemeFollowsTheSystemUntilChosenAndIsRemembered() {
    preferColours("dark");
    browser.open(page("hand-made"));
    browser.evaluate("localStorage.clear()");
    browser.open(page("hand-made"));
    String darkPaper = browser.evaluate("getComputedStyle(document.body).backgroundColor");
    String darkRule = chart(0, "getOption().yAxis[0].splitLine.lineStyle.color");

    browser.click(".theme");
    String lightPaper = browser.evaluate("getComputedStyle(document.body).backgroundColor");
    assertThat(lightPaper).isNotEqualTo(darkPaper);
    assertThat(this.<String>chart(0, "getOption().yAxis[0].splitLine.lineStyle.color"))
        .isNotEqualTo(darkRule);
    assertThat(pixels(0, "--series-1")).isGreaterThan(20);

    browser.open(page("hand-made"));
    assertThat(browser.<String>evaluate("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo(lightPaper);
  }

  @Test
  void theTableSortsByAnyColumn() {
    browser.open(page("hand-made"));
    assertThat(texts(".problem > .summary tbody th b"))
        .containsExactly("three seeds", "overflows", "always fails");

    browser.click(".problem > .summary thead th:nth-child(1) button");
    assertThat(texts(".problem > .summary tbody th b"))
        .containsExactly("always fails", "overflows", "three seeds");
    assertThat(
            browser.<String>evaluate(
                "document.querySelector('.problem > .summary thead th:nth-child(1)').getAttribute('aria-sort')"))
        .isEqualTo("ascending");

    browser.click(".problem > .summary thead th:nth-child(1) button");
    assertThat(texts(".problem > .summary tbody th b"))
        .containsExactly("three seeds", "overflows", "always fails");
  }

  @Test
  void theTableCopiesAsMarkdown() {
    browser.open(page("hand-made"));
    browser.evaluate(
        "void Object.defineProperty(navigator, 'clipboard',"
            + " { value: { writeText: async text => { window.copied = text; } } })");

    browser.click(".problem > .summary .copy");

    assertThat(browser.<String>evaluate("window.copied"))
        .isEqualTo(
            """
            | Optimizer | Loss, median | Loss, best | Gradient evaluations | Time | Stopped by | Runs |
            | --- | ---: | ---: | ---: | ---: | --- | ---: |
            | three seeds (a \\| b) | 2.000 (1.500 – 4.000) | 1.000 | 20 | 2\u202fs | budget ×2, tolerance ×1 | 3 of 4 |
            | overflows | ∞ | ∞ | 20 | 4\u202fs | budget | 1 |
            | always fails | – | – | – | – | – | 0 of 1 |
            """);
    assertThat(texts(".problem > .summary [role=status]")).containsExactly("Copied.");
  }

  @Test
  void theRankingComesFirstWithItsTestsAndProfiles() {
    browser.open(page("sample"));

    assertThat(texts(".standing h2")).containsExactly("Ranking");
    assertThat(texts(".standing:first-of-type > .summary tbody th b")).hasSize(8);
    assertThat(texts(".standing:first-of-type > .summary thead th").get(1)).isEqualTo("Mean rank");
    assertThat(texts(".standing:first-of-type details summary").get(0))
        .matches("\\d+ of 28 pairs differs? at the 5 % level");
    assertThat(browser.<List<String>>evaluate(STEPS + ".map(({ name }) => name)", 0)).hasSize(8);
    // the button stands in the line of the switches, and not below them
    assertThat(
            browser.<Boolean>evaluate(
                "[...document.querySelectorAll('.standing .figure-head')].every(head =>"
                    + " head.querySelector('.save').getBoundingClientRect().top"
                    + " < head.querySelector('.choice').getBoundingClientRect().bottom)"))
        .isTrue();
    assertThat(browser.<String>evaluate(STANDING + ".getOption().xAxis[0].type", 1))
        .isEqualTo("log");

    browser.click(".standing figure [data-value=linear]");
    assertThat(browser.<String>evaluate(STANDING + ".getOption().xAxis[0].type", 0))
        .isEqualTo("value");
    List<List<Number>> finest = browser.evaluate(STEPS + "[0].data", 1);
    browser.click(".standing figure [data-value='0.1']");
    assertThat(browser.<List<List<Number>>>evaluate(STEPS + "[0].data", 1)).isNotEqualTo(finest);
    browser.click("[data-optimizer=RMSProp]");
    assertThat(browser.<List<String>>evaluate(STEPS + ".map(({ name }) => name)", 2))
        .hasSize(7)
        .doesNotContain("RMSProp");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void theTargetsOfAProblemHaveExpectedRunningTimes() {
    browser.open(page("hand-made"));
    browser.click(".running-times summary");

    // one run comes from 8 down to 1, after 20; the others spend 20, 10 and, failed, 20 in vain
    assertThat(texts(".running-times thead th")).containsExactly("Optimizer", "to 0.1", "to 0.001");
    assertThat(texts(".running-times tbody tr").get(0)).isEqualTo("three seeds\t70\t70");
  }

  @Test
  void everyFigureSavesItsData() {
    browser.open(page("hand-made"));
    browser.evaluate(
        "void (URL.createObjectURL = blob => { blob.text().then(text => window.saved = text);"
            + " return 'data:,'; })");

    browser.click(".problem .save");

    assertThat(browser.<String>evaluate("window.saved"))
        .startsWith(
            "optimizer,evaluations,min,lower_quartile,median,upper_quartile,max\n"
                + "three seeds,0,8,8,8,8,8\nthree seeds,10,2,3,4,5,6\n");
    browser.click(".standing .save");
    assertThat(browser.<String>evaluate("window.saved")).startsWith("optimizer,x,share\n");
  }

  @Test
  void theArrowKeysReadAFigure() {
    browser.open(page("hand-made"));
    browser.evaluate("document.querySelector('.problem .chart').focus()");

    new Actions(browser.driver()).sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT).perform();
    browser.settle();

    assertThat(texts(".reading").get(0)).startsWith("10 gradient evaluations\nthree seeds\t4.000");
  }

  @Test
  void theHorizontalAxisCanBeLogarithmic() {
    browser.open(page("sample"));

    browser.click(".controls [data-value=log]");

    assertThat(this.<String>chart(0, "getOption().xAxis[0].type")).isEqualTo("log");
    assertThat(this.<Number>chart(0, "getOption().xAxis[0].min").doubleValue()).isEqualTo(20);
    assertThat(pixels(0, "--series-1")).isGreaterThan(20);
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void whatWasNotCountedIsSaid() {
    browser.open(page("sample"));

    browser.click("[data-value=bytes]");

    assertThat(texts(".problem figcaption").get(0))
        .contains("bytes allocated. Nothing of it was counted.");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void hostileNamesStayText() throws IOException {
    ReportWriter.write(
        handMade("</script><img src=x onerror=\"document.title='broken'\">"),
        folder.resolve("hostile"));

    browser.open(page("hostile"));
    tooltipAt(15);

    assertThat(browser.console()).isEmpty();
    assertThat(browser.<Long>evaluate("document.querySelectorAll('img').length")).isZero();
    assertThat(texts("h1").get(0)).startsWith("</script><img");
  }

  @Test
  void drawsTwoHundredThousandPoints() throws IOException {
    ReportWriter.write(SampleReport.of(1250), folder.resolve("large"));

    browser.open(page("large"));
    browser.click("[data-value=runs]");

    assertThat(browser.console()).isEmpty();
    assertThat(pixels(0, "--series-1")).isGreaterThan(20);
    assertThat(pixels(6, "--series-1")).isGreaterThan(20);
  }

  @Test
  void aTelephoneNeedsNoSidewaysScrolling() throws IOException {
    ReportWriter.write(handMade("Long".repeat(40)), folder.resolve("long"));
    try (Browser phone = Browser.phone(folder.resolve("phone-profile"))) {
      for (String report : List.of("sample", "long")) {
        phone.open(page(report));

        assertThat(phone.<Long>evaluate("innerWidth")).isEqualTo(375);
        assertThat(phone.<Long>evaluate("document.documentElement.scrollWidth")).isEqualTo(375);
        // whatever is wider than the screen scrolls within a box of its own
        assertThat(
                phone.<List<String>>evaluate(
                    "[...document.querySelectorAll('body *')].filter(node =>"
                        + " !node.closest('.scroll table')"
                        + " && node.getBoundingClientRect().right > innerWidth + 0.5)"
                        + ".map(node => node.outerHTML.slice(0, 80))"))
            .isEmpty();
      }
    }
  }

  private static Path page(String report) {
    return folder.resolve(report).resolve("index.html");
  }

  private static void preferColours(String scheme) {
    browser
        .driver()
        .executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  private <T> T chart(int figure, String expression) {
    return browser.evaluate(CHART + "." + expression, figure);
  }

  private List<String> lineNames(int figure) {
    return chart(
        figure, "getOption().series.filter(({ type }) => type === 'line').map(({ name }) => name)");
  }

  private <T> T median(int figure, String optimizer) {
    return chart(
        figure, "getOption().series.find(({ id }) => id === '" + optimizer + " / median').data");
  }

  /** How many pixels of a figure have exactly a colour of the style sheet. */
  private long pixels(int figure, String variable) {
    browser.settle();
    return browser.evaluate(
        """
        (() => {
          const canvas = document.querySelectorAll('.problem .chart canvas')[arguments[0]];
          const hex = getComputedStyle(document.documentElement).getPropertyValue(arguments[1]);
          const [r, g, b] = [1, 3, 5].map(i => parseInt(hex.trim().slice(i, i + 2), 16));
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let found = 0;
          for (let i = 0; i < data.length; i += 4) {
            if (data[i] === r && data[i + 1] === g && data[i + 2] === b && data[i + 3] > 0) found++;
          }
          return found;
        })()""",
        figure,
        variable);
  }

  /** The text of the first figure's tooltip at a position of the horizontal axis. */
  private String tooltipAt(double position) {
    browser.evaluate(
        "(() => { const chart = "
            + CHART
            + "; chart.dispatchAction({ type: 'showTip',"
            + " x: chart.convertToPixel({ xAxisIndex: 0 }, arguments[1]), y: 100 }); })()",
        0,
        position);
    browser.settle();
    return String.join("\n", texts(".reading"));
  }

  private List<String> cells(int column) {
    return texts(".problem > .summary tbody tr td:nth-child(" + (column + 1) + ")");
  }

  private List<String> texts(String selector) {
    return browser.evaluate(
        "[...document.querySelectorAll(arguments[0])].map(node => node.innerText)", selector);
  }

  private static Report handMade(String title) {
    OptimizerReport threeSeeds =
        new OptimizerReport(
            "three seeds",
            "a | b",
            Tuning.NONE,
            List.of(
                completed(1, "budget", 8, 2, 1),
                completed(2, "budget", 8, 4, 2),
                completed(3, "tolerance", 8, 6),
                new RunReport.Failed(4, "<b>lost</b>")));
    RunReport overflowed =
        new RunReport.Completed(
            1,
            "budget",
            Curve.builder(1)
                .add(Spent.of(0, 0), 8)
                .add(Spent.of(15, 3_000_000_000L), 8.5)
                .add(Spent.of(20, 4_000_000_000L), Double.POSITIVE_INFINITY)
                .build());
    OptimizerReport overflows =
        new OptimizerReport("overflows", "", Tuning.NONE, List.of(overflowed));
    OptimizerReport fails =
        new OptimizerReport(
            "always fails", "", Tuning.NONE, List.of(new RunReport.Failed(1, "out of memory")));
    return report(title, threeSeeds, overflows, fails);
  }

  private static Report report(String title, OptimizerReport... optimizers) {
    return new Report(
        title,
        Instant.EPOCH,
        Map.of("JDK", "17"),
        List.of(1e-1, 1e-3),
        List.of(
            new ProblemReport(
                title,
                title,
                1,
                "gradient evaluations",
                20,
                OptionalDouble.empty(),
                List.of(Metric.loss("loss")),
                List.of(optimizers))));
  }

  /** A point every ten evaluations and every second. */
  private static RunReport completed(long seed, String stopReason, double... losses) {
    Curve.Builder curve = Curve.builder(1);
    for (int point = 0; point < losses.length; point++) {
      curve.add(Spent.of(10L * point, 1_000_000_000L * point), losses[point]);
    }
    return new RunReport.Completed(seed, stopReason, curve.build());
  }
}
