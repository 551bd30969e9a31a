package dev.optim.sgd;

import dev.optim.Checks;
import dev.optim.kernel.Elementary;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule.Scope;

/**
 * The functions K of {@link LionK}: what each is, its gradient, and what weight decay w then
 * enforces on y = w x. Signs of 0 are 0; what is not a number stays or spreads, so that it is seen.
 *
 * <p>Source: Chen, Liu, Liang and Liu, ICLR 2024 (arXiv 2310.05898), Table 1; the conjugates by
 * convex calculus.
 */
public final class Kappas {

  private Kappas() {}

  /** The functions of this list. */
  public sealed interface BuiltIn extends Kappa
      permits L1,
          L2,
          Lp,
          LInfinity,
          HalfSquaredL2,
          Huber,
          DeadZone,
          TopK,
          PseudoHuber,
          LogCosh,
          GroupL2,
          Nuclear {}

  /** K = sum |z|, gradient sign(z): {@link Lion} itself, if slower. Enforces |y| &lt;= 1. */
  public record L1() implements BuiltIn {

    @Override
    public Scope scope() {
      return Scope.ELEMENT;
    }

    @Override
    public void gradient(double[] z, int rows, int columns) {
      KappaLoops.sign(z, rows * columns);
    }

    @Override
    public void gradient(float[] z, Step step, int rows, int columns) {
      KappaLoops.sign(z, rows * columns);
    }
  }

  /** K = |z|_2, gradient z / |z|_2, 0 at 0: a normalised step. Enforces |y|_2 &lt;= 1. */
  public record L2() implements BuiltIn {

    @Override
    public Scope scope() {
      return Scope.TENSOR;
    }

    @Override
    public void gradient(double[] z, int rows, int columns) {
      KappaLoops.normalise(z, 0, rows * columns);
    }

    @Override
    public void gradient(float[] z, Step step, int rows, int columns) {
      KappaLoops.normalise(z, 0, rows * columns);
    }
  }

  /**
   * K = |z|_p, gradient sign(z) |z|^(p-1) / |z|_p^(p-1), 0 at 0. Enforces |y|_q &lt;= 1 with 1/p +
   * 1/q = 1.
   *
   * @param p finite, more than 1
   */
  public record Lp(double p) implements BuiltIn {

    /** Checks p. */
    public Lp {
      Checks.require(p > 1 && p < Double.POSITIVE_INFINITY, "p", p, "finite and more than 1");
    }

    @Override
    public Scope scope() {
      return Scope.TENSOR;
    }

    @Override
    public int workspace(int rows, int columns) {
      return KappaLoops.COPIES;
    }

    @Override
    public void gradient(double[] z, int rows, int columns) {
      KappaLoops.powers(z, rows * columns, p);
    }

    @Override
    public void gradient(float[] z, Step step, int rows, int columns) {
      KappaLoops.powers(z, rows * columns, p);
    }
  }

  /**
   * K = max |z|, gradient the sign at the first of the largest magnitudes and 0 elsewhere: the
   * greedy coordinate step. Enforces |y|_1 &lt;= 1.
   */
  public record LInfinity() implements BuiltIn {

    @Override
    public Scope scope() {
      return Scope.TENSOR;
    }

    @Override
    public void gradient(double[] z, int rows, int columns) {
      KappaLoops.largest(z, rows * columns);
    }

    @Override
    public void gradient(float[] z, Step step, int rows, int columns) {
      KappaLoops.largest(z, rows * columns);
    }
  }

  /**
   * K = |z|_2^2 / 2, gradient z: the heavy ball of Polyak. The decay adds w/2 |x|^2 to the loss.
   */
  public record HalfSquaredL2() implements BuiltIn {

    @Override
    public Scope scope() {
      return Scope.ELEMENT;
    }

    @Override
    public void gradient(double[] z, int rows, int columns) {}

    @Override
    public void gradient(float[] z, Step step, int rows, int columns) {}
  }

  /**
   * K = the sum of Huber functions, gradient clip(z, -e, e) / e. Enforces |y| &lt;= 1 and costs e/2
   * |y|^2.
   *
   * @param e where the parabola ends, more than 0
   */
  public record Huber(double e) implements BuiltIn {

    /** Checks e. */
    public Huber {
      Checks.positive("e", e);
    }

    @Override
    public Scope scope() {
      return Scope.ELEMENT;
    }

    @Override
    public void gradient(double[] z, int rows, int columns) {
      KappaLoops.clip(z, rows * columns, e);
    }

    @Override
    public void gradient(float[] z, Step step, int rows, int columns) {
      KappaLoops.clip(z, rows * columns, KappaLoops.width(e));
    }
  }

  /**
   * K = sum max(|z| - e, 0), gradient sign(z) where |z| &gt; e and 0 elsewhere: Lion that leaves
   * coordinates with little momentum alone. Enforces |y| &lt;= 1 and costs e |y|_1, so that weights
   * become sparse.
   *
   * @param e the half-width of the dead zone, at least 0
   */
  public record DeadZone(double e) implements BuiltIn {

    /** Checks e. */
    public DeadZone {
      Checks.nonNegative("e", e);
    }

    @Override
    public Scope scope() {
      return Scope.ELEMENT;
    }

    @Override
    public void gradient(double[] z, int rows, int columns) {
      KappaLoops.deadZone(z, 0, rows * columns, e);
    }

    @Override
    public void gradient(float[] z, Step step, int rows, int columns) {
      KappaLoops.deadZone(z, 0, rows * columns, (float) Math.min(Float.MAX_VALUE, e));
    }
  }

  /**
   * K = the sum of the k largest magnitudes, gradient the sign there and 0 elsewhere; of equal ones
   * those of lowest index count. Enforces |y| &lt;= 1 and |y|_1 &lt;= k. A tensor of k or fewer
   * elements makes Lion's step. Cost: a radix selection in time proportional to the elements,
   * whatever they are.
   *
   * @param k at least 1
   */
  public record TopK(int k) implements BuiltIn {

    /** Checks k. */
    public TopK {
      Checks.atLeastOne("k", k);
    }

    @Override
    public Scope scope() {
      return Scope.TENSOR;
    }

    @Override
    public int workspace(int rows, int columns) {
      return Math.addExact(rows * columns, Selection.BINS);
    }

    @Override
    public void gradient(double[] z, int rows, int columns) {
      int n = rows * columns;
      KappaLoops.top(z, n, Math.min(k, n), z, n);
    }

    @Override
    public void gradient(float[] z, Step step, int rows, int columns) {
      int n = rows * columns;
      double[] work = step.scratch(n + Selection.BINS);
      KappaLoops.top(z, n, Math.min(k, n), work);
    }
  }

  /**
   * K = sum sqrt(z^2 + e^2) - e, gradient z / sqrt(z^2 + e^2): a smooth sign. Enforces |y| &lt;= 1
   * and costs sum e (1 - sqrt(1 - y^2)).
   *
   * @param e the magnitude up to which the gradient is about z / e, more than 0
   */
  public record PseudoHuber(double e) implements BuiltIn {

    /** Checks e. */
    public PseudoHuber {
      Checks.positive("e", e);
    }

    @Override
    public Scope scope() {
      return Scope.ELEMENT;
    }

    @Override
    public void gradient(double[] z, int rows, int columns) {
      KappaLoops.pseudoHuber(z, rows * columns, e);
    }

    @Override
    public void gradient(float[] z, Step step, int rows, int columns) {
      KappaLoops.pseudoHuber(z, rows * columns, KappaLoops.width(e));
    }
  }

  /**
   * K = sum e log cosh(z / e), gradient tanh(z / e): a smooth sign. Enforces |y| &lt;= 1 and costs
   * e/2 sum (1 + y) ln(1 + y) + (1 - y) ln(1 - y).
   *
   * @param e the magnitude up to which the gradient is about z / e, more than 0
   */
  public record LogCosh(double e) implements BuiltIn {

    /** Checks e. */
    public LogCosh {
      Checks.positive("e", e);
    }

    @Override
    public Scope scope() {
      return Scope.ELEMENT;
    }

    @Override
    public void gradient(double[] z, int rows, int columns) {
      KappaLoops.divide(z, 0, rows * columns, e);
      Elementary.tanh(z, z, 0, rows * columns);
    }

    @Override
    public void gradient(float[] z, Step step, int rows, int columns) {
      KappaLoops.divide(z, 0, rows * columns, KappaLoops.width(e));
      Elementary.tanh(z, z, 0, rows * columns);
    }
  }

  /**
   * K = the sum over rows of |z_r|_2, gradient z_r / |z_r|_2, 0 for a row of zeros. Enforces
   * |y_r|_2 &lt;= 1 for each row.
   */
  public record GroupL2() implements BuiltIn {

    @Override
    public Scope scope() {
      return Scope.ROW;
    }

    @Override
    public void gradient(double[] z, int rows, int columns) {
      for (int row = 0; row < rows; row++) {
        KappaLoops.normalise(z, row * columns, (row + 1) * columns);
      }
    }

    @Override
    public void gradient(float[] z, Step step, int rows, int columns) {
      for (int row = 0; row < rows; row++) {
        KappaLoops.normalise(z, row * columns, (row + 1) * columns);
      }
    }
  }

  /**
   * K = the sum of the singular values of z as a matrix of rows, gradient U V^T of z = U S V^T,
   * without the directions whose singular value is at most 1e-12 of the largest. Enforces singular
   * values of y of at most 1. {@link Muon} is this one, computed approximately. Cost: about ten
   * times rows^2 columns multiplications for rows &lt;= columns, and the other way round.
   */
  public record Nuclear() implements BuiltIn {

    @Override
    public Scope scope() {
      return Scope.TENSOR;
    }

    @Override
    public int workspace(int rows, int columns) {
      return PolarFactor.workspace(rows, columns);
    }

    @Override
    public void gradient(double[] z, int rows, int columns) {
      PolarFactor.replace(z, rows, columns);
    }
  }
}
