package dev.optim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The whole command, by what a person sees and sends. */
class RankCommandTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient(); // follows no redirects

  @TempDir Path folder;

  @Test
  void theTerminalAsksUntilAllIsAnswered() {
    Answer answer = ask("3 1 2\n2\n1, 2, 6\n1\n", "--questions", "4");

    assertThat(answer.code).isZero();
    assertThat(answer.out)
        .contains("Question 1 of 4", "Question 4 of 4", "  6  #", "e.g. 3 1 2", "like best")
        .doesNotContain("Question 5")
        .endsWith("Your flower: " + folder.resolve("flower.svg") + "\n");
    assertThat(folder.resolve("flower.svg")).content().startsWith("<svg");
    assertThat(answer.err).isEmpty();
  }

  @Test
  void whatWasAnsweredStaysAnswered() throws IOException {
    Answer whole = ask("3 1 2\n2\n1 2 6\n", "--questions", "3");
    byte[] search = Files.readAllBytes(folder.resolve("run.safetensors"));

    Answer first = ask("3 1 2\nq\n", "--questions", "3", "--fresh");
    Answer second = ask("2\n", "--questions", "3"); // the input ends
    Answer third = ask("1 2 6\n", "--questions", "3");

    assertThat(first.out).contains("Stopped after 1 of 3 questions; the same command goes on.");
    assertThat(second.out).contains("Question 2 of 3").contains("Stopped after 2 of 3");
    assertThat(third.out).doesNotContain("Question 2 of 3").contains("Your flower");
    assertThat(whole.code + first.code + second.code + third.code).isZero();
    assertThat(Files.readAllBytes(folder.resolve("run.safetensors"))).isEqualTo(search);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"3 1", "3 3 1", "0 1 2", "7 1 2", "a b c", "''", "1 2 3 4", "99999999999 1 2"})
  void whatIsNoRankingIsAskedForAgain(String line) {
    Answer answer = ask(line + "\nq\n");

    assertThat(answer.code).isZero();
    assertThat(answer.out)
        .contains("That is no answer: the numbers of the 3 you like best")
        .contains("Stopped after 0 of 20");
  }

  @Test
  void theBrowserAsksUntilAllIsAnswered() throws Exception {
    PipedWriter screen = new PipedWriter();
    CommandLine optim = Main.commandLine().setOut(new PrintWriter(screen, true));
    CompletableFuture<Integer> code;
    URI page;
    try (PipedReader reader = new PipedReader(screen)) {
      code =
          CompletableFuture.supplyAsync(
              () ->
                  optim.execute(
                      "rank", "--port", "0", "--questions", "3", "--out", folder.toString()));
      page = address(reader);

      String first = get(page).body();
      assertThat(first).contains("Question 1 of 3", "the 3 you like best").contains("<title>optim");
      assertThat(first.split("<svg", -1)).hasSize(1 + 6);
      assertThat(first).contains("<progress max=\"3\" value=\"0\">");
      String token = token(first);

      // other sites open in the same browser know no token, and no page under their own names
      assertThat(post(page, "question=1&best=2,0,1").statusCode()).isEqualTo(403);
      assertThat(post(page, "token=&question=1&best=2,0,1").statusCode()).isEqualTo(403);
      assertThat(post(page, "nonsense").statusCode()).isEqualTo(403);
      assertThat(statusUnderTheName("evil.example", page)).isEqualTo(403);
      assertThat(statusUnderTheName("localhost", page)).isEqualTo(200);
      assertThat(get(page).body()).isEqualTo(first);

      HttpResponse<String> accepted = post(page, token + "question=1&best=2,0,1");
      assertThat(accepted.statusCode()).isEqualTo(303);
      assertThat(accepted.headers().firstValue("Location")).contains("/");
      String second = get(page).body();
      assertThat(second).contains("Question 2 of 3", "Which one do you like best?");
      assertThat(second.split("<svg", -1)).hasSize(1 + 4);

      // the same page sent twice, and a page that is out of date, change nothing
      assertThat(post(page, token + "question=1&best=2,0,1").statusCode()).isEqualTo(303);
      assertThat(get(page).body()).isEqualTo(second);
      assertThat(post(page, token + "question=2&best=4").statusCode()).isEqualTo(400);
      assertThat(post(page, token + "question=2&best=").statusCode()).isEqualTo(400);
      assertThat(post(page, token + "nonsense").statusCode()).isEqualTo(303);
      assertThat(get(page.resolve("/other")).statusCode()).isEqualTo(404);
      assertThat(get(page).body()).isEqualTo(second);

      assertThat(post(page, token + "best=1&question=2").statusCode()).isEqualTo(303);
      assertThat(post(page, token + "question=3&best=0%2C4%2C5").statusCode()).isEqualTo(303);
      assertThat(get(page).body()).contains("Your flower", "3 questions answered", "flower.svg");
      assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void answersThatCannotBeSavedAreKeptAndSaid() throws Exception {
    Path search = folder.resolve("search & <more>");
    Path saved = search.resolve("run.safetensors");
    StringWriter console = new StringWriter();
    PipedWriter screen = new PipedWriter();
    CommandLine optim =
        Main.commandLine()
            .setOut(new PrintWriter(screen, true))
            .setErr(new PrintWriter(console, true));
    try (PipedReader reader = new PipedReader(screen)) {
      CompletableFuture<Integer> code =
          CompletableFuture.supplyAsync(
              () ->
                  optim.execute(
                      "rank", "--port", "0", "--questions", "4", "--out", search.toString()));
      URI page = address(reader);
      String token = token(get(page).body());

      // a folder that is gone is made again
      remove(search);
      post(page, token + "question=1&best=2,0,1");
      assertThat(saved).exists();
      assertThat(get(page).body()).contains("Question 2 of 4. Everything is saved");

      remove(search);
      Files.createFile(search);
      post(page, token + "question=2&best=1");
      assertThat(get(page).body())
          .contains("Question 3 of 4. <strong>Your answers are kept, but cannot be saved: ")
          .contains("search &amp; &lt;more> is not a folder");
      assertThat(console.toString()).contains("cannot be saved: " + search).hasLineCount(1);

      Files.delete(search);
      assertThat(get(page).body()).contains("Question 3 of 4. Everything is saved");
      assertThat(console.toString()).contains("saved again").hasLineCount(2);

      remove(search);
      Files.createFile(search);
      post(page, token + "question=3&best=0,4,5");
      post(page, token + "question=4&best=0");
      assertThat(get(page).body()).contains("Your flower", "4 questions answered. <strong>Your");
      assertThat(code).isNotDone();
      Files.delete(search);
      assertThat(get(page).body()).contains("It is saved as flower.svg");
      assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
    }
    assertThat(saved).exists();
  }

  @Test
  void anotherSeedIsAnotherSearch() {
    ask("3 1 2\n", "--seed", "5");

    Answer other = ask("", "--seed", "7");
    assertThat(other.code).isEqualTo(2);
    assertThat(other.err).contains("seed 5, not 7", "--fresh").hasLineCount(1);

    assertThat(ask("", "--seed", "5").out).contains("Stopped after 1 of 20");
    assertThat(ask("").out).contains("Stopped after 1 of 20"); // no seed: that of the search
    assertThat(ask("", "--seed", "7", "--fresh").out).contains("Stopped after 0 of 20");
    assertThat(ask("", "--seed", "7").code).isZero();
  }

  @Test
  void unusableFoldersAndNumbersAreRefused() throws IOException {
    Files.write(folder.resolve("run.safetensors"), new byte[] {1, 2, 3});
    Answer damaged = ask("1 2 3\n");
    assertThat(damaged.code).isEqualTo(2);
    assertThat(damaged.err).contains("cannot use the folder " + folder).hasLineCount(1);
    assertThat(folder.resolve("run.safetensors")).hasSize(3);

    assertThat(ask("", "--questions", "0").err).contains("--questions is 0");
    assertThat(ask("", "--port", "70000").err).contains("--port is 70000");
  }

  /** What a person does to the folder of a search. */
  private static void remove(Path search) throws IOException {
    Files.delete(search.resolve("run.safetensors"));
    Files.delete(search.resolve("flower.svg"));
    Files.delete(search);
  }

  private static URI address(PipedReader reader) throws IOException {
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf("\n") < 0) {
      seen.append((char) reader.read());
    }
    Matcher address = Pattern.compile("http://localhost:\\d+/").matcher(seen);
    assertThat(address.find()).as(seen.toString()).isTrue();
    return URI.create(address.group());
  }

  /** The field of the page's form that proves an answer to be from it, ready to be sent. */
  private static String token(String page) {
    Matcher token = Pattern.compile("name=\"token\" value=\"([0-9a-f-]{36})\"").matcher(page);
    assertThat(token.find()).isTrue();
    return "token=" + token.group(1) + "&";
  }

  /** What the page answers to a browser that has found it under another name. */
  private static int statusUnderTheName(String host, URI page) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.getPort())) {
      String request = "GET / HTTP/1.1\r\nHost: " + host + ":" + page.getPort() + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return Integer.parseInt(status.substring(9));
    }
  }

  private static HttpResponse<String> get(URI page) throws Exception {
    return send(HttpRequest.newBuilder(page));
  }

  private static HttpResponse<String> post(URI page, String form) throws Exception {
    return send(
        HttpRequest.newBuilder(page.resolve("/answer"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private record Answer(int code, String out, String err) {}

  private Answer ask(String typed, String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine optim = Main.commandLine();
    optim.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] args = new String[options.length + 4];
    args[0] = "rank";
    args[1] = "--terminal";
    args[2] = "--out";
    args[3] = folder.toString();
    System.arraycopy(options, 0, args, 4, options.length);
    InputStream keyboard = System.in;
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    try {
      return new Answer(optim.execute(args), out.toString(), err.toString());
    } finally {
      System.setIn(keyboard);
    }
  }
}
