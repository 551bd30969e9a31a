package dev.optim.sgd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;

/** The one-dimensional functions of the diffGrad paper, by the gradients of its notebook. */
enum PaperFunction {
  F1 {
    @Override
    double gradient(double x) {
      return x <= 0 ? 2 * x + 0.6 : 2 * x - 0.4;
    }
  },
  F2 {
    /** Not the derivative of x^3 + x sin 8x: the notebook has forgotten a factor of 8. */
    @Override
    double gradient(double x) {
      return x <= -0.9
          ? -40
          : x * StrictMath.cos(8 * x) + StrictMath.sin(8 * x) + 3 * StrictMath.pow(x, 2);
    }
  },
  F3 {
    @Override
    double gradient(double x) {
      if (x <= -0.5 || x > 0.5) {
        return 2 * x;
      }
      if (x <= -0.4) {
        return 1;
      }
      if (x <= 0) {
        return -7.0 / 8;
      }
      return x <= 0.4 ? 7.0 / 8 : -1;
    }
  };

  abstract double gradient(double x);

  /** The name in the golden file. */
  String key() {
    return this == F2 ? "F2_notebook_gradient" : name();
  }

  /** Where a rule ends, from -1. */
  double end(UpdateRule rule, int steps) {
    double[] x = {-1};
    DoubleUpdater updater = UpdatePlan.of(rule).doubles(Parameters.vector(1));
    for (int i = 0; i < steps; i++) {
      updater.step(x, new double[] {gradient(x[0])});
    }
    return x[0];
  }

  /** The largest distance between a rule's path and a recorded one. */
  double deviation(UpdateRule rule, JsonNode recorded) {
    double[] x = {recorded.get(0).asDouble()};
    DoubleUpdater updater = UpdatePlan.of(rule).doubles(Parameters.vector(1));
    double worst = 0;
    for (int i = 1; i < recorded.size(); i++) {
      updater.step(x, new double[] {gradient(x[0])});
      worst = Math.max(worst, Math.abs(x[0] - recorded.get(i).asDouble()));
    }
    return worst;
  }
}
