package dev.optim.bench.figure;

import dev.optim.DifferentiableObjective;
import dev.optim.Objective;
import dev.optim.Start;
import dev.optim.bench.problem.Rugged;
import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import dev.optim.zeroth.AskTell;
import dev.optim.zeroth.ConsensusHopping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Consensus hopping beside gradient descent from the same start: in a bowl, with the step size
 * alpha sigma^2, they go the same way; under waves gradient descent stays in the first trough and
 * the consensus point goes on to the minimum.
 */
public final class HoppingFigure {

  private static final int SIZE = 360;
  private static final int CELLS = 40;
  private static final String[] SHADES = {
    "#f7fbff", "#e3eef9", "#cfe1f2", "#b5d4e9", "#93c3df", "#6daed5", "#4b97c9", "#2f7ebc"
  };

  private HoppingFigure() {}

  /**
   * Writes the figure.
   *
   * @param args the file
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), svg());
  }

  /**
   * Draws the figure, every time the same.
   *
   * @return an SVG document
   */
  public static String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"14\">%n",
            2 * SIZE + 60,
            SIZE + 70));
    panel(svg, 20, "a bowl: the same way", bowl(), -1, bowlPaths());
    panel(svg, SIZE + 40, "waves: over the barriers", Rugged::rastrigin, -1.2, wavePaths());
    svg.append("<g stroke-width=\"3\"><path d=\"M20 412h30\" stroke=\"#d95f02\"/>");
    svg.append("<path d=\"M220 412h30\" stroke=\"#1b9e77\"/></g>\n");
    svg.append("<text x=\"58\" y=\"417\">gradient descent</text>");
    svg.append("<text x=\"258\" y=\"417\">consensus point of the hopping scheme</text>\n");
    return svg.append("</svg>\n").toString().replace("\r\n", "\n");
  }

  /** The two ways: of gradient descent, and of the consensus point. */
  private record Paths(List<double[]> descent, List<double[]> hopping) {}

  private static DifferentiableObjective bowl() {
    return DifferentiableObjective.of(
        x -> 0.5 * x[0] * x[0] + 2 * x[1] * x[1],
        (x, out) -> {
          out[0] = x[0];
          out[1] = 4 * x[1];
        });
  }

  private static Paths bowlPaths() {
    double[] start = {2.5, 1.6};
    ConsensusHopping hopping = ConsensusHopping.of(1000, 4, 0.15);
    double stepSize = hopping.alpha() * hopping.sigma() * hopping.sigma();
    return new Paths(descend(bowl(), start, stepSize, 40), hop(hopping, bowl(), start, 40));
  }

  private static Paths wavePaths() {
    double[] start = {2.1, 1.9};
    return new Paths(
        descend(Rugged.rastrigin(), start, 1e-3, 200),
        hop(ConsensusHopping.of(200, 5, 0.5).withCooling(0.97, 1), Rugged::rastrigin, start, 80));
  }

  private static List<double[]> descend(
      DifferentiableObjective f, double[] start, double stepSize, int steps) {
    List<double[]> path = new ArrayList<>(List.of(start));
    double[] gradient = new double[2];
    for (int i = 0; i < steps; i++) {
      double[] x = path.get(i).clone();
      f.gradient(x.clone(), gradient);
      Kernels.axpy(-stepSize, gradient, x, 0, 2);
      path.add(x);
    }
    return path;
  }

  private static List<double[]> hop(
      ConsensusHopping method, Objective f, double[] start, int steps) {
    AskTell run = method.open(Start.at(start), RandomStream.of(1));
    List<double[]> path = new ArrayList<>(List.of(run.center()));
    for (int i = 0; i < steps; i++) {
      double[][] cloud = run.ask();
      double[] values = new double[cloud.length];
      f.values(cloud, values);
      run.tell(values);
      path.add(run.center());
    }
    return path;
  }

  /** Draws a function over [low, low + 4]^2, lighter where it is lower, and two paths. */
  private static void panel(
      StringBuilder svg, int left, String title, Objective f, double low, Paths paths) {
    double side = (double) SIZE / CELLS;
    double unit = SIZE / 4.0;
    double[][] values = new double[CELLS][CELLS];
    double most = 0;
    for (int i = 0; i < CELLS; i++) {
      for (int j = 0; j < CELLS; j++) {
        double[] x = {low + 4 * (i + 0.5) / CELLS, low + 4 * (j + 0.5) / CELLS};
        values[i][j] = f.value(x);
        most = Math.max(most, values[i][j]);
      }
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<g transform=\"translate(%d 30)\"><text y=\"-10\">%s</text>%n",
            left,
            title));
    for (int shade = 0; shade < SHADES.length; shade++) {
      svg.append("<path fill=\"").append(SHADES[shade]).append("\" d=\"");
      for (int i = 0; i < CELLS; i++) {
        for (int j = 0; j < CELLS; j++) {
          int level = (int) Math.min(SHADES.length - 1, SHADES.length * values[i][j] / most);
          if (level == shade) {
            double y = SIZE - side * (j + 1);
            svg.append(
                String.format(
                    Locale.ROOT, "M%.0f %.0fh%.0fv%.0fh-%.0fz", i * side, y, side, side, side));
          }
        }
      }
      svg.append("\"/>\n");
    }
    path(svg, "#d95f02", paths.descent, low, unit);
    path(svg, "#1b9e77", paths.hopping, low, unit);
    svg.append("</g>\n");
  }

  private static void path(
      StringBuilder svg, String colour, List<double[]> points, double low, double unit) {
    svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"").append(colour);
    svg.append("\" points=\"");
    for (double[] x : points) {
      svg.append(
          String.format(
              Locale.ROOT, "%.1f,%.1f ", unit * (x[0] - low), SIZE - unit * (x[1] - low)));
    }
    double[] end = points.get(points.size() - 1);
    svg.append(
        String.format(
            Locale.ROOT,
            "\"/><circle r=\"4\" fill=\"%s\" cx=\"%.1f\" cy=\"%.1f\"/>%n",
            colour,
            unit * (end[0] - low),
            SIZE - unit * (end[1] - low)));
  }
}
