package dev.optim.bilevel;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.geometry.ConvexSet;
import org.jspecify.annotations.Nullable;

/**
 * Minimise F(x, y) over x in X and over those y that solve the lower level: minimise f(x, .) over y
 * in Y with g(x, y) &lt;= 0. Where the lower level has several solutions the upper level chooses
 * (the optimistic form). Immutable; as safe for several threads as the functions it is made of.
 *
 * <pre>{@code
 * BilevelProblem problem = BilevelProblem.of(1, 1)
 *     .upper(LevelObjective.of(
 *         (x, y) -> x[0] * x[0] + y[0] * y[0],
 *         (x, y, out) -> out[0] = 2 * x[0],
 *         (x, y, out) -> out[0] = 2 * y[0]))
 *     .lower(LevelObjective.of(
 *         (x, y) -> (x[0] + y[0] - 1) * (x[0] + y[0] - 1),
 *         (x, y, out) -> out[0] = 2 * (x[0] + y[0] - 1),
 *         (x, y, out) -> out[0] = 2 * (x[0] + y[0] - 1)))
 *     .build();
 * }</pre>
 */
public final class BilevelProblem {

  private final Builder parts;
  private final LevelObjective upper;
  private final LevelObjective lower;

  private BilevelProblem(Builder parts, LevelObjective upper, LevelObjective lower) {
    this.parts = parts;
    this.upper = upper;
    this.lower = lower;
  }

  /**
   * Begins a problem.
   *
   * @param upperDimension n, the length of x, at least 1
   * @param lowerDimension m, the length of y, at least 1
   * @return a builder; both levels' objectives are still to be given
   */
  public static Builder of(int upperDimension, int lowerDimension) {
    return new Builder(upperDimension, lowerDimension);
  }

  /**
   * The length of x.
   *
   * @return n
   */
  public int upperDimension() {
    return parts.n;
  }

  /**
   * The length of y.
   *
   * @return m
   */
  public int lowerDimension() {
    return parts.m;
  }

  /**
   * The upper objective F.
   *
   * @return as given
   */
  public LevelObjective upper() {
    return upper;
  }

  /**
   * The lower objective f.
   *
   * @return as given
   */
  public LevelObjective lower() {
    return lower;
  }

  /**
   * The coupling constraints g.
   *
   * @return as given, or null if there are none
   */
  public @Nullable Coupling coupling() {
    return parts.coupling;
  }

  /**
   * The second-order products of f.
   *
   * @return as given, or null if they are to be taken from differences
   */
  public @Nullable Curvature curvature() {
    return parts.curvature;
  }

  /** The upper constraints on (x, y), or null if there are none. */
  @Nullable LinearCoupling upperConstraints() {
    return parts.upperConstraints;
  }

  /** A builder with everything but the objectives set as here. */
  Builder rebuilder() {
    return new Builder(parts);
  }

  /** X. */
  Block upperBlock() {
    return parts.upperBlock;
  }

  /** Y. */
  Block lowerBlock() {
    return parts.lowerBlock;
  }

  /** The projection onto {y : (x, y) lower feasible}, or null if it was not given. */
  @Nullable InnerProjection innerProjection() {
    return parts.innerProjection;
  }

  /**
   * A projection onto C for one run.
   *
   * @throws IllegalArgumentException if C has no closed form and X or Y is no box
   */
  JointProjection jointProjection(Oracle oracle) {
    return parts.jointSet == null
        ? JointProjections.of(this, oracle)
        : requireNonNull(parts.jointSet)::project;
  }

  /** The lower level's feasible set at a given x, as something that can be projected onto. */
  @FunctionalInterface
  public interface InnerProjection {
    /**
     * Projects y onto the lower level's feasible set at x.
     *
     * @param x the upper variables; read only, not kept
     * @param y the lower variables, overwritten
     */
    void project(double[] x, double[] y);
  }

  /** X or Y: a set, with its bounds where it is a box. Null bounds: not a box. */
  record Block(
      @Nullable ConvexSet set, double @Nullable [] boundsBelow, double @Nullable [] boundsAbove) {

    /** The whole space. */
    static final Block WHOLE = new Block(null, null, null);

    /** Projects a point; free for the whole space. */
    void project(double[] point) {
      if (set != null) {
        set.project(point);
      }
    }

    boolean isWhole() {
      return set == null;
    }

    boolean isBox() {
      return set == null || boundsBelow != null;
    }

    /** Whether a box leaves a value of coordinate i alone, and not only just. */
    boolean isInside(int i, double value) {
      return boundsBelow == null
          || boundsAbove == null
          || (value > boundsBelow[i] && value < boundsAbove[i]);
    }
  }

  /** The parts of a problem. Not safe for several threads. */
  public static final class Builder {

    private final int n;
    private final int m;
    private @Nullable LevelObjective upper;
    private @Nullable LevelObjective lower;
    private @Nullable Coupling coupling;
    private @Nullable LinearCoupling upperConstraints;
    private @Nullable Curvature curvature;
    private @Nullable ConvexSet jointSet;
    private @Nullable InnerProjection innerProjection;
    private Block upperBlock = Block.WHOLE;
    private Block lowerBlock = Block.WHOLE;

    private Builder(int n, int m) {
      this.n = (int) Checks.atLeastOne("upperDimension", n);
      this.m = (int) Checks.atLeastOne("lowerDimension", m);
    }

    private Builder(Builder other) {
      this(other.n, other.m);
      coupling = other.coupling;
      upperConstraints = other.upperConstraints;
      curvature = other.curvature;
      jointSet = other.jointSet;
      innerProjection = other.innerProjection;
      upperBlock = other.upperBlock;
      lowerBlock = other.lowerBlock;
    }

    /**
     * Sets F.
     *
     * @param objective the upper objective
     * @return this
     */
    public Builder upper(LevelObjective objective) {
      upper = requireNonNull(objective, "objective");
      return this;
    }

    /**
     * Sets f.
     *
     * @param objective the lower objective
     * @return this
     */
    public Builder lower(LevelObjective objective) {
      lower = requireNonNull(objective, "objective");
      return this;
    }

    /**
     * Sets X; the whole space if it is not set.
     *
     * @param set of dimension n or of any dimension
     * @return this
     * @throws IllegalArgumentException if the set has another dimension
     */
    public Builder upperSet(ConvexSet set) {
      upperBlock = new Block(requireNonNull(set, "set").ofDimension(n), null, null);
      return this;
    }

    /**
     * Sets Y; the whole space if it is not set.
     *
     * @param set of dimension m or of any dimension
     * @return this
     * @throws IllegalArgumentException if the set has another dimension
     */
    public Builder lowerSet(ConvexSet set) {
      lowerBlock = new Block(requireNonNull(set, "set").ofDimension(m), null, null);
      return this;
    }

    /**
     * Sets X to a box. Prefer it to {@link #upperSet} with coupling constraints: the projection
     * onto C then knows the bounds.
     *
     * @param below n lower bounds, copied; may be negative infinity
     * @param above n upper bounds, copied; may be positive infinity
     * @return this
     * @throws IllegalArgumentException if the lengths are not n or the box is empty
     */
    public Builder upperBox(double[] below, double[] above) {
      upperBlock = box(below, above, n);
      return this;
    }

    /**
     * Sets Y to a box. Prefer it to {@link #lowerSet} with coupling constraints: the projection
     * onto C then knows the bounds.
     *
     * @param below m lower bounds, copied; may be negative infinity
     * @param above m upper bounds, copied; may be positive infinity
     * @return this
     * @throws IllegalArgumentException if the lengths are not m or the box is empty
     */
    public Builder lowerBox(double[] below, double[] above) {
      lowerBlock = box(below, above, m);
      return this;
    }

    private static Block box(double[] below, double[] above, int length) {
      Checks.length("below", requireNonNull(below, "below").length, length);
      Checks.length("above", requireNonNull(above, "above").length, length);
      return new Block(ConvexSet.box(below, above), below.clone(), above.clone());
    }

    /**
     * Sets the coupling constraints g; none if they are not set. A second call replaces the first:
     * linear rows of both kinds become one coupling by {@link LinearCoupling#and}.
     *
     * @param constraints the constraints of the lower level
     * @return this
     * @throws IllegalArgumentException if the rows of a linear coupling are not of length n and m
     */
    public Builder coupling(Coupling constraints) {
      requireNonNull(constraints, "constraints");
      Checks.atLeastOne("constraints.rows()", constraints.rows());
      if (constraints instanceof LinearCoupling linear) {
        Checks.length("a[0]", linear.upperDimension(), n);
        Checks.length("b[0]", linear.lowerDimension(), m);
      }
      coupling = constraints;
      return this;
    }

    /**
     * Sets linear constraints of the upper level on x and y. They enter the joint set C and nothing
     * else: the lower level does not see them. Only {@link LvHba} takes them; constraints on x
     * alone go into X, see {@link Polyhedra}.
     *
     * @param constraints the constraints of the upper level
     * @return this
     * @throws IllegalArgumentException if the rows are not of length n and m
     */
    public Builder upperConstraints(LinearCoupling constraints) {
      Checks.length("a[0]", constraints.upperDimension(), n);
      Checks.length("b[0]", constraints.lowerDimension(), m);
      upperConstraints = constraints;
      return this;
    }

    /**
     * Sets the second-order products of f; differences of its gradients if they are not set.
     *
     * @param products the products
     * @return this
     */
    public Builder curvature(Curvature products) {
      curvature = requireNonNull(products, "products");
      return this;
    }

    /**
     * Sets the joint set C = {(x, y) in X x Y : g &lt;= 0} itself, where there is a better
     * projection onto it than the one the library would build.
     *
     * @param set of dimension n + m, x first, or of any dimension
     * @return this
     * @throws IllegalArgumentException if the set has another dimension
     */
    public Builder jointSet(ConvexSet set) {
      jointSet = requireNonNull(set, "set").ofDimension(n + m);
      return this;
    }

    /**
     * Sets a projection onto the lower level's feasible set at a given x. Only {@link
     * LvHba#withFeasibleTheta} asks for it.
     *
     * @param projection the projection
     * @return this
     */
    public Builder innerProjection(InnerProjection projection) {
      innerProjection = requireNonNull(projection, "projection");
      return this;
    }

    /**
     * Compares all partial gradients, transposed products and second-order products with central
     * differences at a point. Cost: 2(n + m) values of each function, and six partial gradients.
     *
     * @param x the upper variables, n finite numbers
     * @param y the lower variables, m finite numbers
     * @param tolerance the largest error allowed, relative for large derivatives and absolute for
     *     small ones; 1e-5 is sensible
     * @return this
     * @throws IllegalArgumentException naming the function, the coordinate and both derivatives
     */
    public Builder checkGradients(double[] x, double[] y, double tolerance) {
      Checks.length("x", x.length, n);
      Checks.length("y", y.length, m);
      PartialGradients.check("upper", requireNonNull(upper, "upper"), x, y, tolerance);
      PartialGradients.check("lower", requireNonNull(lower, "lower"), x, y, tolerance);
      if (coupling != null) {
        PartialGradients.check(coupling, x, y, tolerance);
      }
      if (curvature != null) {
        PartialGradients.check(curvature, requireNonNull(lower), x, y, tolerance);
      }
      return this;
    }

    /**
     * Makes the problem. Whether the constraints leave a point is seen when a run starts.
     *
     * @return the problem; this builder may go on
     * @throws NullPointerException if an objective is missing
     */
    public BilevelProblem build() {
      return new BilevelProblem(
          new Builder(this), requireNonNull(upper, "upper"), requireNonNull(lower, "lower"));
    }
  }
}
