package dev.optim.bilevel;

/**
 * Lower-level constraints that couple the levels: l rows, each {@code g_i(x, y) <= 0} or {@code
 * g_i(x, y) = 0}. The Jacobian is never formed; only its transpose times a vector is asked for.
 *
 * <p>Inequalities must be convex in (x, y) jointly, equalities affine: {@link LvHba} projects onto
 * the set they describe. Rows of a {@linkplain LinearCoupling linear} coupling are known to the
 * library and projected onto exactly; of others it asks for one row at a time where they are
 * violated.
 */
public interface Coupling {

  /**
   * The number of rows.
   *
   * @return l, at least 1
   */
  int rows();

  /**
   * Whether a row is an equality: its multiplier then has no sign.
   *
   * @param row from 0 to l - 1
   * @return true for {@code g_i = 0}, false for {@code g_i <= 0}; always the same
   */
  boolean equality(int row);

  /**
   * Evaluates g.
   *
   * @param x the upper variables, n numbers; read only, not kept
   * @param y the lower variables, m numbers; read only, not kept
   * @param out receives the l values; every element is written
   */
  void value(double[] x, double[] y, double[] out);

  /**
   * Multiplies the transposed Jacobian with respect to x by a vector.
   *
   * @param x the upper variables, n numbers; read only, not kept
   * @param y the lower variables, m numbers; read only, not kept
   * @param multipliers l numbers; read only, not kept
   * @param out receives the n numbers {@code g_x(x, y)' multipliers}; every element is written
   */
  void transposedX(double[] x, double[] y, double[] multipliers, double[] out);

  /**
   * Multiplies the transposed Jacobian with respect to y by a vector.
   *
   * @param x the upper variables, n numbers; read only, not kept
   * @param y the lower variables, m numbers; read only, not kept
   * @param multipliers l numbers; read only, not kept
   * @param out receives the m numbers {@code g_y(x, y)' multipliers}; every element is written
   */
  void transposedY(double[] x, double[] y, double[] multipliers, double[] out);
}
