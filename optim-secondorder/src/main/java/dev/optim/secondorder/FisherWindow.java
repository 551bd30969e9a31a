package dev.optim.secondorder;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.kernel.Kernels;
import dev.optim.secondorder.WindowPasses.Reader;
import dev.optim.secondorder.WindowPasses.Writer;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import dev.optim.update.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The inverse of the damped Fisher matrix of the last m gradients (the dynamic algorithm of M-FAC):
 *
 * <pre>
 *   F = damping I + (1/m) G'G,   A = m damping I + G G',   G the m x d matrix of gradients
 *   F^-1 x   = (x - G' A^-1 G x) / damping
 *   F^-1 g_j = m G' A^-1 e_j                          for a gradient of the window
 * </pre>
 *
 * <p>The second form, which the paper does not use, subtracts nothing of the size of x / damping:
 * for the newest gradient it keeps the digits that the first loses to cancellation, about log10 of
 * |g|^2 / (m damping) of them, and it reads no d-vector but the result. Both read the window twice,
 * once for all inner products and once for the combination.
 *
 * <p>Where the terms are so much larger than their sum that ten digits may not be left, which is
 * known before the combination at no cost, a product is refined by the product with what is left of
 * the vector, summed in twice the precision. That is so of vectors near the span of the gradients
 * in the first form, of gradients that nearly repeat others in the second, and always with more
 * gradients than elements, where A is singular but for the damping and F is not.
 *
 * <p>Gradients whose squared norm is more than some 1e13 times m damping leave no digit of their
 * differences: one that is parallel to others to seven digits counts for less then, which keeps
 * every product of the size that it should be.
 *
 * <p>Cost: a gradient and the product with it O(d m + m^2), two passes over the window, where the
 * paper has O(d m + m^3): the Cholesky factor of A is kept in the order of age and follows the
 * window by a rank-one update and an appended column. Any other product the same; the diagonal O(d
 * m^2); an element O(m^2). Memory as {@link WindowSettings#bytes} says, taken at once.
 *
 * <p>Rows of G not yet filled are zero; before the first gradient F = damping I. Elements below
 * 1e-30 (1e-145 in double precision) are kept as zero. The same bits come out for any number of
 * threads. An instance belongs to one thread at a time. With more gradients than elements, diagonal
 * and elements are taken from products, and so are those of the diagonal that lost their digits.
 */
public final class FisherWindow implements InverseFisher {

  private static final String KIND = "Fisher window";

  /** The largest squared norm of a gradient; sums of m of them stay finite. */
  private static final double LARGEST_SQUARE = 1e300;

  private final WindowSettings settings;
  private final GradientRows rows;
  private final GramFactor factor;

  private final WindowPasses passes;
  private final double[] products;
  private final double[] c;
  private final Workers workers;

  /** Whether the last gradient took the place of another, which lies behind it. */
  private boolean replaced;

  /**
   * @param rows one more than the window has gradients: the newest one is there before the oldest
   *     goes
   */
  FisherWindow(GradientRows rows, WindowSettings settings, Workers workers) {
    this.rows = rows;
    this.settings = settings;
    this.workers = workers;
    int m = settings.gradients();
    factor = new GramFactor(m, m * settings.damping(), true);
    passes = new WindowPasses(rows, m + 1);
    products = new double[m + 1];
    c = new double[m + 1];
  }

  /**
   * An empty window.
   *
   * @param dimension d, the elements of a gradient, at least 1
   * @param settings size, damping, precision
   * @return the window
   * @throws IllegalArgumentException if it does not fit the heap; the message says the bytes it
   *     takes
   */
  public static FisherWindow of(int dimension, WindowSettings settings) {
    return of(dimension, settings, 1);
  }

  /**
   * An empty window that works on several threads.
   *
   * @param dimension d, the elements of a gradient, at least 1
   * @param settings size, damping, precision
   * @param threads at least 1; the calling thread is one of them. They share segments of 8192
   *     columns and never change a bit of the result
   * @return the window
   * @throws IllegalArgumentException if it does not fit the heap; the message says the bytes it
   *     takes
   */
  public static FisherWindow of(int dimension, WindowSettings settings, int threads) {
    Checks.atLeastOne("dimension", dimension);
    requireNonNull(settings, "settings");
    Workers workers = new Workers(threads);
    return Memory.take(
        "a window of %d gradients of %d elements in %s"
            .formatted(settings.gradients(), dimension, settings.storage()),
        settings.bytes(dimension),
        () ->
            new FisherWindow(
                GradientRows.of(settings.storage(), settings.gradients() + 1, dimension),
                settings,
                workers));
  }

  @Override
  public int dimension() {
    return rows.dimension();
  }

  @Override
  public double damping() {
    return settings.damping();
  }

  /**
   * The number of gradients in the window.
   *
   * @return in 0..m
   */
  public int size() {
    return factor.size();
  }

  /**
   * Puts a gradient into the window, in the place of the oldest if it is full. Cost: one pass over
   * the window, O(d m + m^2).
   *
   * @param gradient d elements; copied
   * @throws IllegalArgumentException if the length is not d, or the gradient is not finite or so
   *     large that products with it might not be; the window is unchanged
   */
  public void add(double[] gradient) {
    Checks.length("gradient", requireNonNull(gradient, "gradient").length, dimension());
    if (!offer(reader(gradient), Double.MAX_VALUE, workers)) {
      Checks.finite("gradient", gradient);
      double norm = Kernels.norm(gradient, 0, gradient.length);
      throw new IllegalArgumentException(
          "gradient has the norm " + norm + ", too large for " + settings);
    }
  }

  /**
   * Puts a gradient into the window and multiplies the inverse with it: two passes over the window.
   *
   * @param gradient d elements; copied
   * @param out receives F^-1 times the gradient as kept; may be {@code gradient}
   * @throws IllegalArgumentException if a length is not d, or the gradient is not finite or so
   *     large that products with it might not be; nothing is changed
   */
  public void addAndMultiply(double[] gradient, double[] out) {
    Checks.length("out", requireNonNull(out, "out").length, dimension());
    add(gradient);
    multiplyHeld(0, out);
  }

  /**
   * Multiplies the inverse with a gradient of the window: one pass over the window.
   *
   * @param age 0 for the newest gradient, 1 for the one before
   * @param out receives the product
   * @throws IndexOutOfBoundsException if age is not in 0..size-1
   * @throws IllegalArgumentException if the length is not d
   */
  public void multiplyHeld(int age, double[] out) {
    Objects.checkIndex(age, size());
    Checks.length("out", requireNonNull(out, "out").length, dimension());
    int row = size() - 1 - age;
    factor.solveUnit(row, c);
    if (improvable() && (moreThanElements() || factor.loses(c, 0, c[row]))) {
      combineRefined(row, writer(out), workers);
    } else {
      combineHeld(writer(out), workers);
    }
  }

  @Override
  public void multiply(double[] x, double[] out) {
    Checks.length("x", requireNonNull(x, "x").length, dimension());
    Checks.length("out", requireNonNull(out, "out").length, dimension());
    Checks.finite("x", x);
    solve(x);
    double along = Kernels.dot(products, 0, c, 0, size());
    double square = Kernels.squaredNorm(x, 0, x.length) - along;
    if (improvable()
        && (moreThanElements() || factor.loses(c, Kernels.norm(x, 0, x.length), square))) {
      double[] product = new double[dimension()];
      combine(x, product);
      refinement().improve(x.clone(), product, 0, dimension(), this::multiply);
      System.arraycopy(product, 0, out, 0, out.length);
    } else {
      combine(x, out);
    }
  }

  /** Makes c = A^-1 G x, and G x of the products. */
  private void solve(double[] x) {
    passes.multiply(reader(x), size(), products, workers);
    System.arraycopy(products, 0, c, 0, size());
    factor.solve(c);
  }

  /** Writes (x - G'c) / damping. */
  private void combine(double[] x, double[] out) {
    Kernels.scale(-1, c, 0, size());
    passes.combine(reader(x), c, size(), 1 / damping(), writer(out), workers);
  }

  /** Overwrites a vector, without refinement. */
  private void multiply(double[] x, int from, int to) {
    solve(x);
    combine(x, x);
  }

  private Refinement refinement() {
    return new Refinement(rows, size(), damping(), divisor());
  }

  @Override
  public void diagonal(double[] out) {
    Checks.length("out", requireNonNull(out, "out").length, dimension());
    if (moreThanElements()) {
      for (int i = 0; i < out.length; i++) {
        out[i] = element(i, i);
      }
      return;
    }
    Strip strip = new Strip(size());
    double[] lower = factor.lower();
    for (int from = 0, end; from < dimension(); from = end) {
      end = from + Math.min(Strip.COLUMNS, dimension() - from);
      strip.read(rows, from, end);
      Diagonal.of(strip, lower, divisor(), damping(), out, from, end - from);
    }
    double growth = factor.collinearity();
    for (int i = 0; i < out.length && !GramFactor.heldUp(growth); i++) {
      if (Diagonal.loses(out[i], damping(), growth)) {
        out[i] = product(i, i);
      }
    }
  }

  @Override
  public double element(int i, int j) {
    Objects.checkIndex(i, dimension());
    Objects.checkIndex(j, dimension());
    if (moreThanElements()) {
      return product(i, j);
    }
    int n = size();
    double[] row = column(i);
    double[] solved = column(j);
    factor.solve(solved);
    double coupling = Kernels.dot(row, 0, solved, 0, n);
    if (i != j) {
      return -coupling / damping();
    }
    double value = Diagonal.of(coupling, Kernels.squaredNorm(row, 0, n) / divisor(), damping());
    boolean lost = improvable() && Diagonal.loses(value, damping(), factor.collinearity());
    return lost ? product(i, i) : value;
  }

  /** An element by way of a product. */
  private double product(int i, int j) {
    double[] product = new double[dimension()];
    product[j] = 1;
    multiply(product, product);
    return product[i];
  }

  /**
   * The state: a window of the same settings and dimension restored from it goes on bit for bit.
   *
   * @return a copy
   */
  public Checkpoint checkpoint() {
    CheckpointBuilder builder =
        Checkpoint.builder()
            .meta("kind", KIND)
            .meta("settings", settings.toString())
            .meta("dimension", dimension())
            .meta("size", size());
    factor.save(builder);
    for (int k = 0; k < size(); k++) {
      rows.save(builder, "gradient." + k, k);
    }
    return builder.build();
  }

  /**
   * Takes over a state.
   *
   * @param checkpoint of a window of the same settings and dimension
   * @throws IllegalArgumentException if it is of something else; nothing is changed
   */
  public void restore(Checkpoint checkpoint) {
    restoring(checkpoint).run();
  }

  /** Checks a state and returns what takes it over. */
  Runnable restoring(Checkpoint checkpoint) {
    requireNonNull(checkpoint, "checkpoint")
        .require("kind", KIND)
        .require("settings", settings.toString())
        .require("dimension", Integer.toString(dimension()));
    long size = checkpoint.metaLong("size");
    Checks.require(
        size >= 0 && size <= settings.gradients(), "size", size, "in 0.." + settings.gradients());
    List<Runnable> changes = new ArrayList<>();
    changes.add(factor.restoring(checkpoint, (int) size));
    for (int k = 0; k < size; k++) {
      changes.add(rows.restoring(checkpoint, "gradient." + k, k));
    }
    return () -> changes.forEach(Runnable::run);
  }

  /** Takes the last gradient back that {@link #offer} took in; only once, and nothing between. */
  void takeBack() {
    factor.revert();
    if (replaced) {
      rows.rotateBack(settings.gradients());
    }
  }

  /**
   * Puts a gradient into the window.
   *
   * @param largest what no element of a product with the gradient may reach
   * @return false, with the window unchanged, if it is refused
   */
  boolean offer(Reader gradient, double largest, Workers workers) {
    int n = size();
    passes.takeIn(gradient, n, products, workers);
    double squared = products[n];
    if (!(squared <= LARGEST_SQUARE && Math.sqrt(squared) / damping() < largest)) {
      return false;
    }
    factor.mark();
    replaced = n == settings.gradients();
    if (replaced) {
      factor.dropFirst();
      rows.rotate(n);
    } else if (settings.divisor() == Divisor.COUNT) {
      factor.shift((n + 1) * damping());
    }
    factor.append(products, replaced ? 1 : 0);
    return true;
  }

  /**
   * Multiplies with the newest gradient, for an optimizer, which needs no ten digits: refined only
   * with more gradients than elements.
   */
  void multiplyNewest(Writer out, Workers workers) {
    int row = size() - 1;
    factor.solveUnit(row, c);
    if (moreThanElements() && improvable()) {
      combineRefined(row, out, workers);
    } else {
      combineHeld(out, workers);
    }
  }

  /** Writes divisor G'c. */
  private void combineHeld(Writer out, Workers workers) {
    Kernels.scale(divisor(), c, 0, size());
    passes.combine(Reader.ZERO, c, size(), 1, out, workers);
  }

  private void combineRefined(int row, Writer out, Workers workers) {
    double[] gradient = new double[dimension()];
    double[] product = new double[dimension()];
    rows.read(row, 0, dimension(), gradient, 0);
    combineHeld(writer(product), workers);
    refinement().improve(gradient, product, 0, dimension(), this::multiply);
    passes.combine(reader(product), c, 0, 1, out, workers);
  }

  /** A is singular then but for the damping, and its factor has few digits. */
  private boolean moreThanElements() {
    return size() > dimension();
  }

  private boolean improvable() {
    return !GramFactor.heldUp(factor.collinearity());
  }

  /** By what the sum of outer products is divided. */
  private int divisor() {
    return settings.divisor() == Divisor.WINDOW ? settings.gradients() : Math.max(1, size());
  }

  private double[] column(int j) {
    double[] column = new double[size()];
    for (int k = 0; k < column.length; k++) {
      rows.read(k, j, j + 1, column, k);
    }
    return column;
  }

  private static Reader reader(double[] x) {
    return (from, tile, length) -> System.arraycopy(x, from, tile, 0, length);
  }

  private static Writer writer(double[] out) {
    return (tile, from, length) -> System.arraycopy(tile, 0, out, from, length);
  }
}
