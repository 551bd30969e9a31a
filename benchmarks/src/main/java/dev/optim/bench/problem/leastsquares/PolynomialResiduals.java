package dev.optim.bench.problem.leastsquares;

/** The functions whose residuals are polynomials. */
final class PolynomialResiduals {

  private static final double[] MOMENTS = {-0.69, -0.044, -1.57, -1.31, -2.65, 2, -12.6, 9.48};

  private PolynomialResiduals() {}

  static double rosenbrock(int i, double[] x, double[] gradient) {
    if (i == 0) {
      gradient[0] = -20 * x[0];
      gradient[1] = 10;
      return 10 * (x[1] - x[0] * x[0]);
    }
    gradient[0] = -1;
    return 1 - x[0];
  }

  static double powellSingular(int i, double[] x, double[] gradient) {
    return switch (i) {
      case 0 -> {
        gradient[0] = 1;
        gradient[1] = 10;
        yield x[0] + 10 * x[1];
      }
      case 1 -> {
        double root = Math.sqrt(5);
        gradient[2] = root;
        gradient[3] = -root;
        yield root * (x[2] - x[3]);
      }
      case 2 -> {
        double difference = x[1] - 2 * x[2];
        gradient[1] = 2 * difference;
        gradient[2] = -4 * difference;
        yield difference * difference;
      }
      default -> {
        double root = Math.sqrt(10);
        double difference = x[0] - x[3];
        gradient[0] = 2 * root * difference;
        gradient[3] = -2 * root * difference;
        yield root * difference * difference;
      }
    };
  }

  static double freudensteinRoth(int i, double[] x, double[] gradient) {
    double y = x[1];
    gradient[0] = 1;
    if (i == 0) {
      gradient[1] = (10 - 3 * y) * y - 2;
      return -13 + x[0] + ((5 - y) * y - 2) * y;
    }
    gradient[1] = (2 + 3 * y) * y - 14;
    return -29 + x[0] + ((1 + y) * y - 14) * y;
  }

  /** p' - p^2 - 1 of the polynomial p with coefficients x at 29 points of (0, 1], and at 0. */
  static double watson(int i, double[] x, double[] gradient) {
    if (i == 29) {
      gradient[0] = 1;
      return x[0];
    }
    if (i == 30) {
      gradient[0] = -2 * x[0];
      gradient[1] = 1;
      return x[1] - x[0] * x[0] - 1;
    }
    double t = (i + 1) / 29.0;
    double value = 0;
    double slope = 0;
    double before = 0;
    double power = 1;
    for (int j = 0; j < x.length; j++) {
      slope += j * before * x[j];
      value += power * x[j];
      before = power;
      power *= t;
    }
    before = 0;
    power = 1;
    for (int j = 0; j < x.length; j++) {
      gradient[j] = j * before - 2 * value * power;
      before = power;
      power *= t;
    }
    return slope - value * value - 1;
  }

  /** The mean of the Chebyshev polynomial i + 1, shifted to [0, 1], minus its integral. */
  static double chebyquad(int i, double[] x, double[] gradient) {
    int n = x.length;
    int degree = i + 1;
    double sum = 0;
    for (int j = 0; j < n; j++) {
      double t = 2 * x[j] - 1;
      double before = 1;
      double slopeBefore = 0;
      double now = t;
      double slope = 2;
      for (int k = 1; k < degree; k++) {
        double next = 2 * t * now - before;
        double slopeNext = 4 * now + 2 * t * slope - slopeBefore;
        before = now;
        slopeBefore = slope;
        now = next;
        slope = slopeNext;
      }
      sum += now / n;
      gradient[j] = slope / n;
    }
    return sum + (degree % 2 == 0 ? 1.0 / (degree * degree - 1) : 0);
  }

  static double brownAlmostLinear(int i, double[] x, double[] gradient) {
    int n = x.length;
    if (i == n - 1) {
      double product = 1;
      for (int j = 0; j < n; j++) {
        gradient[j] = 1;
        for (int k = 0; k < n; k++) {
          gradient[j] *= k == j ? 1 : x[k];
        }
        product *= x[j];
      }
      return product - 1;
    }
    double sum = x[i] - (n + 1);
    for (int j = 0; j < n; j++) {
      gradient[j] = j == i ? 2 : 1;
      sum += x[j];
    }
    return sum;
  }

  static double bdqrtic(int i, double[] x, double[] gradient) {
    int half = x.length - 4;
    if (i < half) {
      gradient[i] = -4;
      return 3 - 4 * x[i];
    }
    double sum = 0;
    int first = i - half;
    for (int k = 0; k < 5; k++) {
      int j = k < 4 ? first + k : x.length - 1;
      gradient[j] += 2 * (k + 1) * x[j];
      sum += (k + 1) * x[j] * x[j];
    }
    return sum;
  }

  static double cube(int i, double[] x, double[] gradient) {
    if (i == 0) {
      gradient[0] = 1;
      return x[0] - 1;
    }
    double before = x[i - 1];
    gradient[i] = 10;
    gradient[i - 1] = -30 * before * before;
    return 10 * (x[i] - before * before * before);
  }

  /**
   * Sums of dipoles: with z = x[k+4] + i x[k+6] and w = x[k] + i x[k+2], k = 0 and 1, residuals 2p
   * and 2p + 1 are the real and the imaginary part of sum_k w z^p minus a moment.
   */
  static double heart(int i, double[] x, double[] gradient) {
    double sum = -MOMENTS[i];
    for (int k = 0; k < 2; k++) {
      double a = x[k];
      double b = x[k + 2];
      double c = x[k + 4];
      double d = x[k + 6];
      // z^p = re + i im, and its derivative by z
      int p = i / 2;
      double re = 1;
      double im = 0;
      double slopeRe = 0;
      double slopeIm = 0;
      for (int q = 0; q < p; q++) {
        double nextSlopeRe = slopeRe * c - slopeIm * d + re;
        slopeIm = slopeRe * d + slopeIm * c + im;
        slopeRe = nextSlopeRe;
        double nextRe = re * c - im * d;
        im = re * d + im * c;
        re = nextRe;
      }
      if (i % 2 == 0) {
        sum += a * re - b * im;
        gradient[k] = re;
        gradient[k + 2] = -im;
        gradient[k + 4] = a * slopeRe - b * slopeIm;
        gradient[k + 6] = -a * slopeIm - b * slopeRe;
      } else {
        sum += a * im + b * re;
        gradient[k] = im;
        gradient[k + 2] = re;
        gradient[k + 4] = a * slopeIm + b * slopeRe;
        gradient[k + 6] = a * slopeRe - b * slopeIm;
      }
    }
    return sum;
  }

  /** The last residual with x[6] where {@link #heart} has x[5], once; see {@link MoreWild}. */
  static double codedHeart(int i, double[] x, double[] gradient) {
    double r = heart(i, x, gradient);
    if (i < 7) {
      return r;
    }
    double squares = x[6] * x[6] - x[5] * x[5];
    gradient[1] += 3 * x[7] * squares;
    gradient[7] += 3 * x[1] * squares;
    gradient[6] += 6 * x[1] * x[7] * x[6];
    gradient[5] -= 6 * x[1] * x[7] * x[5];
    return r + 3 * x[1] * x[7] * squares;
  }
}
