package dev.optim.bench.problem.global;

import dev.optim.kernel.Elementary;

/** The formulas of the global functions. */
final class GlobalFormulas {

  private static final double TWO_PI = 2 * Math.PI;

  private GlobalFormulas() {}

  static double ackley(double[] x) {
    double squares = 0;
    double cosines = 0;
    for (double t : x) {
      squares += t * t;
      cosines += StrictMath.cos(TWO_PI * t);
    }
    double funnel = 20 * Elementary.exp(-0.2 * Math.sqrt(squares / x.length));
    return 20 - funnel + (Math.E - Elementary.exp(cosines / x.length));
  }

  static double alpine(double[] x) {
    double sum = 0;
    for (double t : x) {
      sum += Math.abs(t * StrictMath.sin(t) + 0.1 * t);
    }
    return sum;
  }

  static double dixonPrice(double[] x) {
    double sum = (x[0] - 1) * (x[0] - 1);
    for (int i = 1; i < x.length; i++) {
      double valley = 2 * x[i] * x[i] - x[i - 1];
      sum += (i + 1) * valley * valley;
    }
    return sum;
  }

  /** 2^(2^-i - 1): each the root of half the one before. */
  static double dixonPriceMinimum(int i) {
    double t = 1;
    for (int k = 0; k < i; k++) {
      t = Math.sqrt(t / 2);
    }
    return t;
  }

  static double griewank(double[] x) {
    double squares = 0;
    double cosines = 1;
    for (int i = 0; i < x.length; i++) {
      squares += x[i] * x[i];
      cosines *= StrictMath.cos(x[i] / Math.sqrt(i + 1));
    }
    return squares / 4000 + (1 - cosines);
  }

  static double levy(double[] x) {
    double first = StrictMath.sin(Math.PI * levyScaled(x[0]));
    double sum = first * first;
    for (int i = 0; i + 1 < x.length; i++) {
      double w = levyScaled(x[i]);
      double sine = StrictMath.sin(Math.PI * w + 1);
      sum += (w - 1) * (w - 1) * (1 + 10 * sine * sine);
    }
    double last = levyScaled(x[x.length - 1]);
    double sine = StrictMath.sin(TWO_PI * last);
    return sum + (last - 1) * (last - 1) * (1 + sine * sine);
  }

  private static double levyScaled(double t) {
    return 1 + (t - 1) / 4;
  }

  static double rastrigin(double[] x) {
    double sum = 0;
    for (double t : x) {
      sum += t * t + 10 * (1 - StrictMath.cos(TWO_PI * t));
    }
    return sum;
  }

  static double salomon(double[] x) {
    double squares = 0;
    for (double t : x) {
      squares += t * t;
    }
    double norm = Math.sqrt(squares);
    return 1 - StrictMath.cos(TWO_PI * norm) + 0.1 * norm;
  }

  static double schwefel(double[] x) {
    double sum = 0;
    for (double t : x) {
      sum += 418.9828872724339 - t * StrictMath.sin(Math.sqrt(Math.abs(t)));
    }
    return sum;
  }

  static double styblinskiTang(double[] x) {
    double sum = 0;
    for (double t : x) {
      sum += 0.5 * (t * t * t * t - 16 * t * t + 5 * t) + 39.16616570377142;
    }
    return sum;
  }

  static double zakharov(double[] x) {
    double squares = 0;
    double weighted = 0;
    for (int i = 0; i < x.length; i++) {
      squares += x[i] * x[i];
      weighted += 0.5 * (i + 1) * x[i];
    }
    return squares + weighted * weighted + weighted * weighted * weighted * weighted;
  }
}
