package dev.optim.bench.problem.leastsquares;

import dev.optim.kernel.Elementary;

/** The functions with exponentials, quotients and angles, most of them fits to data. */
final class DataResiduals {

  private static final double[] BARD = {
    0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39
  };
  private static final double[] KOWALIK_TIMES = {
    4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625
  };
  private static final double[] KOWALIK = {
    0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246
  };
  private static final double[] MEYER = {
    34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307,
    2872
  };
  private static final double[] OSBORNE_1 = {
    0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751, 0.718, 0.685,
    0.658, 0.628, 0.603, 0.580, 0.558, 0.538, 0.522, 0.506, 0.490, 0.478, 0.467, 0.457, 0.448,
    0.438, 0.431, 0.424, 0.420, 0.414, 0.411, 0.406
  };
  private static final double[] OSBORNE_2 = {
    1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608,
    0.655, 0.616, 0.606, 0.602, 0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661,
    0.612, 0.558, 0.533, 0.495, 0.500, 0.423, 0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428,
    0.429, 0.523, 0.562, 0.607, 0.653, 0.672, 0.708, 0.633, 0.668, 0.645, 0.632, 0.591, 0.559,
    0.597, 0.625, 0.739, 0.710, 0.729, 0.720, 0.636, 0.581, 0.428, 0.292, 0.162, 0.098, 0.054
  };

  private DataResiduals() {}

  static double helicalValley(int i, double[] x, double[] gradient) {
    double squares = x[0] * x[0] + x[1] * x[1];
    if (i == 0) {
      gradient[0] = 50 / Math.PI * x[1] / squares;
      gradient[1] = -50 / Math.PI * x[0] / squares;
      gradient[2] = 10;
      return 10 * (x[2] - 10 * turns(x[0], x[1]));
    }
    if (i == 1) {
      double radius = Math.sqrt(squares);
      gradient[0] = 10 * x[0] / radius;
      gradient[1] = 10 * x[1] / radius;
      return 10 * (radius - 1);
    }
    gradient[2] = 1;
    return x[2];
  }

  /** The angle of a point in turns, from -1/4 to 3/4. */
  private static double turns(double x, double y) {
    if (x == 0) {
      return y == 0 ? 0 : Math.copySign(0.25, y);
    }
    return StrictMath.atan(y / x) / (2 * Math.PI) + (x < 0 ? 0.5 : 0);
  }

  static double bard(int i, double[] x, double[] gradient) {
    double u = i + 1;
    double v = 15 - i;
    double w = Math.min(u, v);
    double below = v * x[1] + w * x[2];
    double quotient = u / below;
    gradient[0] = -1;
    gradient[1] = quotient * v / below;
    gradient[2] = quotient * w / below;
    return BARD[i] - (x[0] + quotient);
  }

  static double kowalikOsborne(int i, double[] x, double[] gradient) {
    double t = KOWALIK_TIMES[i];
    double above = t * (t + x[1]);
    double below = t * (t + x[2]) + x[3];
    gradient[0] = -above / below;
    gradient[1] = -x[0] * t / below;
    gradient[3] = x[0] * above / (below * below);
    gradient[2] = gradient[3] * t;
    return KOWALIK[i] - x[0] * above / below;
  }

  static double meyer(int i, double[] x, double[] gradient) {
    double t = 5 * (i + 1) + 45 + x[2];
    double growth = Elementary.exp(x[1] / t);
    gradient[0] = growth;
    gradient[1] = x[0] * growth / t;
    gradient[2] = -gradient[1] * x[1] / t;
    return x[0] * growth - MEYER[i];
  }

  static double box(int i, double[] x, double[] gradient) {
    double t = (i + 1) / 10.0;
    double first = Elementary.exp(-t * x[0]);
    double second = Elementary.exp(-t * x[1]);
    gradient[0] = -t * first;
    gradient[1] = t * second;
    gradient[2] = Elementary.exp(-(i + 1.0)) - Elementary.exp(-t);
    return first - second + gradient[2] * x[2];
  }

  static double jennrichSampson(int i, double[] x, double[] gradient) {
    int k = i + 1;
    double first = Elementary.exp(k * x[0]);
    double second = Elementary.exp(k * x[1]);
    gradient[0] = -k * first;
    gradient[1] = -k * second;
    return 2 + 2 * k - first - second;
  }

  static double brownDennis(int i, double[] x, double[] gradient) {
    double t = (i + 1) / 5.0;
    double sine = StrictMath.sin(t);
    double first = x[0] + t * x[1] - Elementary.exp(t);
    double second = x[2] + sine * x[3] - StrictMath.cos(t);
    gradient[0] = 2 * first;
    gradient[1] = 2 * first * t;
    gradient[2] = 2 * second;
    gradient[3] = 2 * second * sine;
    return first * first + second * second;
  }

  static double osborne1(int i, double[] x, double[] gradient) {
    double t = 10 * i;
    double first = Elementary.exp(-t * x[3]);
    double second = Elementary.exp(-t * x[4]);
    gradient[0] = -1;
    gradient[1] = -first;
    gradient[2] = -second;
    gradient[3] = x[1] * t * first;
    gradient[4] = x[2] * t * second;
    return OSBORNE_1[i] - (x[0] + x[1] * first + x[2] * second);
  }

  /** An exponential and three bells of height x[k], width x[k+4] and centre x[k+7]. */
  static double osborne2(int i, double[] x, double[] gradient) {
    double t = i / 10.0;
    double decay = Elementary.exp(-t * x[4]);
    gradient[0] = -decay;
    gradient[4] = x[0] * t * decay;
    double sum = x[0] * decay;
    for (int k = 1; k < 4; k++) {
      double distance = t - x[k + 7];
      double bell = Elementary.exp(-x[k + 4] * distance * distance);
      gradient[k] = -bell;
      gradient[k + 4] = x[k] * distance * distance * bell;
      gradient[k + 7] = -2 * x[k] * x[k + 4] * distance * bell;
      sum += x[k] * bell;
    }
    return OSBORNE_2[i] - sum;
  }
}
