package dev.optim.bench.coco;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The data of one algorithm in COCO's format (of 2009, which every version of its post-processing
 * reads):
 *
 * <ul>
 *   <li>{@code bbobexp_f8.info} has three lines for each dimension of f8: what was run, a comment,
 *       and the data file with {@code instance:evaluations|final value} for each run
 *   <li>{@code data_f8/bbobexp_f8_DIM10.dat} has the runs one after the other, each under a header:
 *       a line whenever the value had become smaller
 *   <li>{@code data_f8/bbobexp_f8_DIM10.tdat} the same, a line for each measurement
 * </ul>
 *
 * <p>The columns are the evaluations, the value and the best value above the smallest, and the
 * value and the best value themselves. Only the best value is known here: it stands for both.
 *
 * <p>N. Hansen, A. Auger, S. Finck and R. Ros, "Real-parameter black-box optimization benchmarking:
 * experimental setup", 2009-2012, section on data format.
 */
final class CocoFolder {

  private static final Comparator<CocoRun> BY_INSTANCE =
      Comparator.comparingInt(run -> run.function().instance());

  private CocoFolder() {}

  /** Writes the runs of an algorithm into a new folder. */
  static void write(String algorithm, String comment, List<CocoRun> runs, Path folder)
      throws IOException {
    Files.createDirectory(folder);
    var byFunction = groups(runs, run -> run.function().definition().number());
    for (Map.Entry<Integer, List<CocoRun>> function : byFunction.entrySet()) {
      int number = function.getKey();
      Path data = Files.createDirectory(folder.resolve("data_f" + number));
      try (Writer info = Files.newBufferedWriter(folder.resolve("bbobexp_f" + number + ".info"))) {
        var byDimension = groups(function.getValue(), run -> run.function().dimension());
        for (Map.Entry<Integer, List<CocoRun>> dimension : byDimension.entrySet()) {
          List<CocoRun> ordered = dimension.getValue().stream().sorted(BY_INSTANCE).toList();
          String name = "bbobexp_f" + number + "_DIM" + dimension.getKey();
          writeInfo(algorithm, comment, number, dimension.getKey(), ordered, name, info);
          writeData(ordered, CocoRun::improvements, data.resolve(name + ".dat"));
          writeData(ordered, CocoRun::records, data.resolve(name + ".tdat"));
        }
      }
    }
  }

  private static Map<Integer, List<CocoRun>> groups(
      List<CocoRun> runs, Function<CocoRun, Integer> key) {
    return runs.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
  }

  private static void writeInfo(
      String algorithm,
      String comment,
      int number,
      int dimension,
      List<CocoRun> runs,
      String name,
      Writer out)
      throws IOException {
    // a quotation mark would end the name, a line end the entry, a backslash begins an escape
    String quoted = algorithm.replaceAll("['\\\\\\v]", " ");
    out.write("suite = 'bbob', funcId = " + number + ", DIM = " + dimension);
    out.write(", Precision = 1.000e-08, algId = '" + quoted + "'\n");
    out.write("% " + comment.replaceAll("\\v", " ") + "\n");
    out.write("data_f" + number + "/" + name + ".dat");
    for (CocoRun run : runs) {
      out.write(
          String.format(
              Locale.ROOT,
              ", %d:%d|%.1e",
              run.function().instance(),
              run.last().evaluations(),
              run.last().excess()));
    }
    out.write("\n");
  }

  private static void writeData(
      List<CocoRun> runs, Function<CocoRun, List<CocoRun.Record>> lines, Path file)
      throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      for (CocoRun run : runs) {
        double smallest = run.function().optimalValue();
        out.write(
            String.format(
                Locale.ROOT,
                "%% function evaluation | noise-free fitness - Fopt (%.12e) | best noise-free"
                    + " fitness - Fopt | measured fitness | best measured fitness | x1 | x2...\n",
                smallest));
        for (CocoRun.Record record : lines.apply(run)) {
          double excess = record.excess();
          double value = excess + smallest;
          out.write(
              String.format(
                  Locale.ROOT,
                  "%d %+.9e %+.9e %+.9e %+.9e\n",
                  record.evaluations(),
                  excess,
                  excess,
                  value,
                  value));
        }
      }
    }
  }
}
