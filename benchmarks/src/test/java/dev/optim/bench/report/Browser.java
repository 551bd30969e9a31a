package dev.optim.bench.report;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with a profile of its own. */
final class Browser implements AutoCloseable {

  private static final List<String> FLAGS =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars");

  // it warns that it does not know the newest protocol; none of it is used here
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  static {
    SELENIUM.setLevel(Level.SEVERE);
  }

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** A desktop window; the profile goes into the given folder. */
  static Browser desktop(Path profile) {
    return start(options(profile).addArguments("--window-size=1280,1000"));
  }

  /** A telephone with a touch screen 375 pixels wide. */
  static Browser phone(Path profile) {
    return start(
        options(profile)
            .setExperimentalOption(
                "mobileEmulation",
                Map.of(
                    "deviceMetrics",
                    Map.of("width", 375, "height", 812, "pixelRatio", 2.0, "touch", true))));
  }

  private static ChromeOptions options(Path profile) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.addArguments(FLAGS);
    options.addArguments("--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", logs);
    return options;
  }

  private static Browser start(ChromeOptions options) {
    Optional<Path> browser = onPath("chromium", "chromium-browser", "google-chrome");
    Optional<Path> driver = onPath("chromedriver");
    if (browser.isEmpty() || driver.isEmpty()) {
      String message =
          "THE REPORT PAGE IS NOT TESTED: it needs a Chromium and its chromedriver on the PATH"
              + " (Debian: apt-get install chromium chromium-driver)";
      if ("true".equals(System.getenv("CI")) || Boolean.getBoolean("optim.browser.required")) {
        fail(message);
      }
      System.err.println(message);
      abort(message);
    }
    options.setBinary(browser.orElseThrow().toFile());
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Optional<Path> onPath(String... names) {
    List<String> folders = List.of(System.getenv("PATH").split(File.pathSeparator));
    return Arrays.stream(names)
        .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Opens a file and waits until it is drawn. */
  void open(Path file) {
    driver.get(file.toUri().toString());
    settle();
  }

  /** Waits until everything asked for so far is drawn. */
  void settle() {
    driver.executeAsyncScript(
        "const done = arguments[0];"
            + "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));");
  }

  /** The value of a JavaScript expression; the type is the caller's to know. */
  @SuppressWarnings("unchecked")
  <T> T evaluate(String expression, Object... arguments) {
    return (T) driver.executeScript("return " + expression, arguments);
  }

  /** Clicks what the CSS selector finds first, and waits until the page is drawn again. */
  void click(String selector) {
    driver.executeScript("document.querySelector(arguments[0]).click()", selector);
    settle();
  }

  /** What the console has said since the last call. */
  List<String> console() {
    return log(LogType.BROWSER).map(LogEntry::getMessage).toList();
  }

  /** The addresses asked for since the last call. */
  List<String> requests() {
    return log(LogType.PERFORMANCE)
        .map(LogEntry::getMessage)
        .filter(message -> message.contains("\"Network.requestWillBeSent\""))
        .map(message -> message.replaceAll("(?s).*\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  private Stream<LogEntry> log(String type) {
    return StreamSupport.stream(driver.manage().logs().get(type).spliterator(), false);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
