package dev.optim.bench.rank;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.optim.bench.report.FileFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Asks in the browser: a page on this machine only, whose requests are answered one after the
 * other. An answer names its question, so that a page that is out of date, or sent twice, changes
 * nothing, and carries a random token that only the page knows, so that no other site open in the
 * same browser can answer. Nor can one read the page under a name of its own that it has pointed at
 * this machine: only requests to localhost are served.
 *
 * <p>An answer that cannot be saved is kept, and the page and the console say so; every further
 * answer, and every look at the page, tries again.
 */
public final class BrowserDialogue implements AutoCloseable {

  /** Longer requests are no answers. */
  private static final int MOST_BYTES = 1000;

  private final Ranking ranking;
  private final PrintWriter console;
  private final HttpServer server;
  private final CountDownLatch done = new CountDownLatch(1);
  private final String token = UUID.randomUUID().toString(); // 122 unpredictable bits

  /** Why the answers are not saved, empty if they are. */
  private String unsaved = "";

  /**
   * Opens the page.
   *
   * @param ranking what to ask; not to be used by others until this is closed
   * @param port where, 0 for any that is free
   * @param console told of answers that cannot be saved
   * @throws IOException if the port cannot be used
   */
  public BrowserDialogue(Ranking ranking, int port, PrintWriter console) throws IOException {
    this.ranking = ranking;
    this.console = console;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::serve);
    server.start(); // without an executor: one thread, one request at a time
  }

  /**
   * Where the page is.
   *
   * @return its address
   */
  public URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  /**
   * Waits until the page with the result has been sent and all is saved.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public void await() throws InterruptedException {
    done.await();
  }

  /** Takes the page away. */
  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    boolean last = false;
    try (exchange) {
      if (!isLocal(exchange.getRequestHeaders().getFirst("Host"))) {
        send(exchange, 403, "text/plain", "This page is at " + address() + "\n");
        return;
      }
      String path = exchange.getRequestURI().getPath();
      String request = exchange.getRequestMethod() + " " + path;
      switch (request) {
        case "GET /" -> {
          if (!unsaved.isEmpty()) {
            save(ranking::save);
          }
          last = ranking.done() && unsaved.isEmpty();
          send(exchange, 200, "text/html", RankingPage.of(ranking, token, unsaved));
        }
        case "POST /answer" -> answer(exchange);
        default -> send(exchange, 404, "text/plain", "There is nothing at " + path + ".\n");
      }
    }
    if (last) { // not before the page is out: whoever waits takes the server away
      done.countDown();
    }
  }

  private boolean isLocal(@Nullable String host) {
    int port = server.getAddress().getPort();
    return ("localhost:" + port).equals(host) || ("127.0.0.1:" + port).equals(host);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body =
        new String(exchange.getRequestBody().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    try {
      Map<String, String> fields = fields(body);
      if (!token.equals(fields.get("token"))) {
        send(
            exchange, 403, "text/plain", "That answer is not from the page at " + address() + "\n");
        return;
      }
      boolean current =
          Integer.toString(ranking.answered() + 1).equals(fields.get("question"))
              && !ranking.done();
      if (current) {
        int[] best =
            Arrays.stream(fields.getOrDefault("best", "").split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        save(() -> ranking.answer(best));
      }
    } catch (IllegalArgumentException e) {
      send(exchange, 400, "text/plain", "That is no answer: " + e.getMessage() + "\n");
      return;
    }
    exchange.getResponseHeaders().set("Location", "/");
    exchange.sendResponseHeaders(303, -1);
  }

  private interface Saving {
    void run() throws IOException;
  }

  /** Says when answers can no longer be saved, and when they can again. */
  private void save(Saving saving) {
    String before = unsaved;
    try {
      saving.run();
      unsaved = "";
    } catch (IOException e) {
      unsaved = FileFailure.inWords(e);
    }
    if (!unsaved.equals(before)) {
      console.println(
          unsaved.isEmpty()
              ? "The answers are saved again."
              : "The answers are kept but cannot be saved: " + unsaved);
      console.flush();
    }
  }

  /** A form's fields; numbers and commas need no decoding but the commas'. */
  private static Map<String, String> fields(String body) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : body.split("&")) {
      int at = pair.indexOf('=');
      if (at > 0) {
        fields.put(pair.substring(0, at), pair.substring(at + 1).replaceAll("(?i)%2C", ","));
      }
    }
    return fields;
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
