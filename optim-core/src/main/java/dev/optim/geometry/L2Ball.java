package dev.optim.geometry;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ball {@code |x - centre| <= radius}: a point outside moves along the ray to the centre.
 *
 * @param centre the centre, or null for the origin of any dimension
 */
record L2Ball(double @Nullable [] centre, double radius) implements ConvexSet {

  L2Ball {
    centre = centre == null ? null : Arguments.coordinates("centre", centre);
    Arguments.size("radius", radius);
  }

  @Override
  public int dimension() {
    return centre == null ? ANY_DIMENSION : centre.length;
  }

  @Override
  public void project(double[] x) {
    if (!Arguments.isFinite(x, dimension())) {
      return;
    }
    double[] direction = fromCentre(x);
    if (Norms.l2(direction) <= radius) {
      return;
    }
    double scale = Norms.scale(direction, 0);
    double inverseNorm = 1 / Norms.l2(direction, 0, scale);
    for (int i = 0; i < direction.length; i++) {
      direction[i] = scale * direction[i] * inverseNorm;
    }
    place(x, direction, radius);
    // Rounding may leave the point an ulp outside: step inwards, twice as far each time.
    for (double shave = 0x1p-53; Norms.l2(fromCentre(x)) > radius; shave *= 2) {
      place(x, direction, radius * (1 - shave));
    }
  }

  private double[] fromCentre(double[] x) {
    double[] difference = x.clone();
    if (centre != null) {
      for (int i = 0; i < x.length; i++) {
        difference[i] -= centre[i];
      }
    }
    return difference;
  }

  private void place(double[] x, double[] direction, double length) {
    for (int i = 0; i < x.length; i++) {
      x[i] = centre == null ? length * direction[i] : centre[i] + length * direction[i];
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof L2Ball ball
        && radius == ball.radius
        && Arrays.equals(centre, ball.centre);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(centre) + Double.hashCode(radius);
  }

  @Override
  public String toString() {
    return "L2Ball[centre=" + Arrays.toString(centre) + ", radius=" + radius + "]";
  }
}
