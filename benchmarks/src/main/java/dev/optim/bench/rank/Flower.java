package dev.optim.bench.rank;

import java.util.Locale;

/**
 * A picture that six numbers make: a flower of two rings of petals. Every number of any size is
 * allowed and every picture changes smoothly with it, so that a person's taste is a function of six
 * variables.
 *
 * @param hue of the outer petals, in degrees
 * @param contrast from the outer to the inner petals' hue, in degrees
 * @param length of the outer petals, as a part of the picture's radius
 * @param width of the petals, as a part of their length
 * @param twist of the inner ring against the outer one, in degrees
 * @param dusk how dark the background is, from 0 to 1
 */
public record Flower(
    double hue, double contrast, double length, double width, double twist, double dusk) {

  /** The numbers that make a picture. */
  public static final int DIMENSION = 6;

  private static final int PETALS = 9;

  /**
   * The picture of a point; 0 in every coordinate is the middle of what there is.
   *
   * @param x six finite numbers; a difference of 1 is plain to see
   * @return the picture
   */
  public static Flower of(double[] x) {
    return new Flower(
        330 + 60 * x[0],
        150 * squashed(x[1]),
        0.68 + 0.28 * squashed(x[2]),
        0.38 + 0.26 * squashed(x[3]),
        40 * squashed(x[4]),
        0.5 + 0.5 * squashed(x[5]));
  }

  /** Into (-1, 1), with slope 0.6 in the middle. */
  private static double squashed(double x) {
    return 0.6 * x / Math.sqrt(1 + 0.36 * x * x);
  }

  /**
   * The picture for a browser or an image viewer.
   *
   * @param pixels its width and height
   * @return a whole SVG document
   */
  public String svg(int pixels) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-100 -100 200 200\""
                + " width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">",
            pixels,
            pixels,
            words()));
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"-100\" y=\"-100\" width=\"200\" height=\"200\" fill=\"%s\"/>",
            background().css()));
    ring(svg, 94 * length, 0, outer(), 0.82);
    ring(svg, 58 * length, twist + 20, inner(), 0.92);
    svg.append(
        String.format(Locale.ROOT, "<circle r=\"%.2f\" fill=\"%s\"/>", 17 * length, heart().css()));
    return svg.append("</svg>").toString();
  }

  private void ring(StringBuilder svg, double reach, double turn, Colour fill, double opacity) {
    for (int i = 0; i < PETALS; i++) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<ellipse cx=\"0\" cy=\"%.2f\" rx=\"%.2f\" ry=\"%.2f\" fill=\"%s\" stroke=\"%s\""
                  + " stroke-width=\"0.8\" opacity=\"%.2f\" transform=\"rotate(%.2f)\"/>",
              -reach / 2,
              reach / 2 * width,
              reach / 2,
              fill.css(),
              fill.darker().css(),
              opacity,
              turn + 360.0 * i / PETALS));
    }
  }

  /**
   * The picture in one line of text.
   *
   * @param colours whether the terminal shows 24-bit colours by ANSI escapes; otherwise the colours
   *     are written as numbers
   * @return the line, without its end
   */
  public String line(boolean colours) {
    StringBuilder line = new StringBuilder();
    for (Colour colour : new Colour[] {background(), outer(), inner(), heart()}) {
      line.append(colours ? colour.block() : colour.css() + " ");
    }
    return line.append(colours ? "  " : "").append(words()).toString();
  }

  private String words() {
    return String.format(
        Locale.ROOT,
        "petals %.0f long, %.0f wide, twist %+.0f",
        100 * length,
        100 * length * width,
        twist);
  }

  private Colour background() {
    return Colour.of(220, 0.35, 0.93 - 0.78 * dusk);
  }

  private Colour outer() {
    return Colour.of(hue, 0.72, 0.6);
  }

  private Colour inner() {
    return Colour.of(hue + contrast, 0.78, 0.68);
  }

  private Colour heart() {
    return Colour.of(46, 0.9, 0.56);
  }

  /** Red, green and blue from 0 to 255. */
  private record Colour(int red, int green, int blue) {

    static Colour of(double hue, double saturation, double lightness) {
      double chroma = saturation * Math.min(lightness, 1 - lightness);
      return new Colour(
          channel(0, hue, chroma, lightness),
          channel(8, hue, chroma, lightness),
          channel(4, hue, chroma, lightness));
    }

    private static int channel(int shift, double hue, double chroma, double lightness) {
      double k = shift + hue / 30 - 12 * Math.floor((shift + hue / 30) / 12);
      double wave = Math.max(-1, Math.min(Math.min(k - 3, 9 - k), 1));
      return (int) Math.round(255 * (lightness - chroma * wave));
    }

    Colour darker() {
      return new Colour(red * 3 / 4, green * 3 / 4, blue * 3 / 4);
    }

    String css() {
      return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }

    String block() {
      return String.format(Locale.ROOT, "\u001b[48;2;%d;%d;%dm     \u001b[0m", red, green, blue);
    }
  }
}
