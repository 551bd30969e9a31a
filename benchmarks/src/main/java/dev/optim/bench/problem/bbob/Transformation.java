package dev.optim.bench.problem.bbob;

/**
 * A change of variables z = T(x): what a function of the suite does to its point before it looks at
 * it. Keeps no state.
 */
interface Transformation {

  /**
   * Applies it.
   *
   * @param x the point; read only
   * @return z, a new array
   */
  double[] apply(double[] x);

  /**
   * Applies the chain rule.
   *
   * @param x the point; read only
   * @param gradient by z, at T(x); read only
   * @return the gradient by x, a new array
   */
  double[] pullBack(double[] x, double[] gradient);

  /** z = x - center. */
  record Shift(double[] center) implements Transformation {

    @Override
    public double[] apply(double[] x) {
      double[] z = new double[x.length];
      for (int i = 0; i < z.length; i++) {
        z[i] = x[i] - center[i];
      }
      return z;
    }

    @Override
    public double[] pullBack(double[] x, double[] gradient) {
      return gradient.clone();
    }
  }

  /** z[i] = factors[i] x[i]. */
  record Scaling(double[] factors) implements Transformation {

    @Override
    public double[] apply(double[] x) {
      double[] z = new double[x.length];
      for (int i = 0; i < z.length; i++) {
        z[i] = factors[i] * x[i];
      }
      return z;
    }

    @Override
    public double[] pullBack(double[] x, double[] gradient) {
      return apply(gradient);
    }
  }

  /** z = matrix x; the matrix is indexed [row][column]. */
  record Linear(double[][] matrix) implements Transformation {

    @Override
    public double[] apply(double[] x) {
      double[] z = new double[matrix.length];
      for (int i = 0; i < z.length; i++) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
          sum += matrix[i][j] * x[j];
        }
        z[i] = sum;
      }
      return z;
    }

    @Override
    public double[] pullBack(double[] x, double[] gradient) {
      double[] out = new double[x.length];
      for (int i = 0; i < gradient.length; i++) {
        for (int j = 0; j < x.length; j++) {
          out[j] += matrix[i][j] * gradient[i];
        }
      }
      return out;
    }
  }

  /** Breaks the symmetry of each coordinate, z[i] = x[i]^(1 + beta i/(n-1) sqrt(x[i])) above 0. */
  record Asymmetry(double beta) implements Transformation {

    @Override
    public double[] apply(double[] x) {
      double[] z = x.clone();
      for (int i = 0; i < z.length; i++) {
        if (x[i] > 0) {
          z[i] = StrictMath.pow(x[i], 1 + weight(i, x.length) * Math.sqrt(x[i]));
        }
      }
      return z;
    }

    @Override
    public double[] pullBack(double[] x, double[] gradient) {
      double[] out = gradient.clone();
      for (int i = 0; i < out.length; i++) {
        if (x[i] > 0) {
          // the derivative of x^p by x with p = 1 + w sqrt(x)
          double root = weight(i, x.length) * Math.sqrt(x[i]);
          double power = StrictMath.pow(x[i], root);
          out[i] *= power * (1 + root + 0.5 * root * StrictMath.log(x[i]));
        }
      }
      return out;
    }

    private double weight(int i, int n) {
      return beta * i / (n - 1);
    }
  }
}
