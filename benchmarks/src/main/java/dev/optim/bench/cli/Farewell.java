package dev.optim.bench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * Says how to go on when the program is stopped (Ctrl-C). There is nothing to save: every outcome
 * has been written down when it came, and a line torn by the end of the JVM is recognised.
 */
final class Farewell {

  private final Thread hook;

  Farewell(Display display, PrintWriter err, Path out) {
    hook =
        new Thread(
            () -> {
              display.close();
              err.println(
                  "stopped; what has been run is kept in " + out + ", the same command goes on");
              err.flush();
            },
            "farewell");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The program came to its end: nothing is said. */
  void withdraw() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is already going down, and the hook has its say
    }
  }
}
