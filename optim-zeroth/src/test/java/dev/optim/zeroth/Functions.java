package dev.optim.zeroth;

import dev.optim.DifferentiableObjective;
import dev.optim.Objective;
import java.util.Map;

/** The test functions of the golden files, by their names there. */
final class Functions {

  static final Map<String, Objective> BY_NAME =
      Map.of(
          "sphere", Functions::sphere,
          "rastrigin", Functions::rastrigin,
          "rastrigin_riedl", Functions::rastriginOfRiedl,
          "ackley", Functions::ackley,
          "griewank", Functions::griewank,
          "rosenbrock", Functions::rosenbrock);

  static final DifferentiableObjective RASTRIGIN_OF_RIEDL =
      DifferentiableObjective.of(
          Functions::rastriginOfRiedl,
          (x, out) -> {
            for (int i = 0; i < x.length; i++) {
              out[i] = 2 * x[i] + 5 * Math.PI * Math.sin(2 * Math.PI * x[i]);
            }
          });

  static final DifferentiableObjective RASTRIGIN =
      DifferentiableObjective.of(
          Functions::rastrigin,
          (x, out) -> {
            for (int i = 0; i < x.length; i++) {
              out[i] = 2 * x[i] + 20 * Math.PI * Math.sin(2 * Math.PI * x[i]);
            }
          });

  private Functions() {}

  static double sphere(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += v * v;
    }
    return sum;
  }

  static double rastrigin(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += v * v - 10 * Math.cos(2 * Math.PI * v);
    }
    return sum + 10 * x.length;
  }

  static double rastriginOfRiedl(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += v * v + 2.5 * (1 - Math.cos(2 * Math.PI * v));
    }
    return sum;
  }

  static double ackley(double[] x) {
    double squares = 0;
    double cosines = 0;
    for (double v : x) {
      squares += v * v;
      cosines += Math.cos(2 * Math.PI * v);
    }
    int d = x.length;
    return -20 * Math.exp(-0.2 * Math.sqrt(squares / d)) - Math.exp(cosines / d) + 20 + Math.E;
  }

  static double griewank(double[] x) {
    double sum = 0;
    double product = 1;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * x[i];
      product *= Math.cos(x[i] / Math.sqrt(i + 1));
    }
    return sum / 4000 - product + 1;
  }

  static double rosenbrock(double[] x) {
    double sum = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      double a = x[i + 1] - x[i] * x[i];
      double b = 1 - x[i];
      sum += 100 * a * a + b * b;
    }
    return sum;
  }
}
