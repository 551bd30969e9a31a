package dev.optim.secondorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class GramFactorTest {

  @Property(tries = 100)
  void solvesWhateverCameAndWent(
      @ForAll @IntRange(min = 1, max = 12) int m,
      @ForAll @IntRange(min = 0, max = 60) int replaced,
      @ForAll long seed) {
    double[][] g = Samples.gradients(m + replaced, 8, seed);
    GramFactor factor = new GramFactor(m, 0.5);
    for (int k = 0; k < g.length; k++) {
      if (k >= m) {
        factor.dropFirst();
      }
      factor.append(products(g, k - factor.size(), k), 0);
    }
    assertThat(factor.size()).isEqualTo(m);

    DMatrixRMaj a = new DMatrixRMaj(m, m);
    for (int i = 0; i < m; i++) {
      double[] row = products(g, replaced, replaced + i);
      for (int j = 0; j <= i; j++) {
        a.set(i, j, row[j] + (i == j ? 0.5 : 0));
        a.set(j, i, a.get(i, j));
      }
    }
    DMatrixRMaj b = new DMatrixRMaj(m, 1, true, new Random(seed).doubles(m, -1, 1).toArray());
    double[] x = b.data.clone();
    factor.solve(x);
    DMatrixRMaj back = new DMatrixRMaj(m, 1);
    CommonOps_DDRM.mult(a, new DMatrixRMaj(m, 1, true, x), back);
    assertThat(Samples.deviation(back.data, b.data)).isLessThan(1e-12);

    double[] unit = new double[m];
    double[] general = new double[m];
    general[m / 2] = 1;
    factor.solve(general);
    factor.solveUnit(m / 2, unit);
    assertThat(unit).isEqualTo(general);
  }

  @Test
  void aChangedShiftIsAnotherMatrix() {
    double[][] g = Samples.gradients(3, 8, 1);
    GramFactor changed = new GramFactor(3, 0.5);
    GramFactor made = new GramFactor(3, 2);
    for (int k = 0; k < 3; k++) {
      changed.append(products(g, 0, k), 0);
      made.append(products(g, 0, k), 0);
    }
    changed.shift(2);
    double[] x = {1, 2, 3};
    double[] y = x.clone();
    changed.solve(x);
    made.solve(y);
    assertThat(x).isEqualTo(y);
  }

  @Test
  void aShiftBelowTheRoundingOfRepeatedVectorsStillGivesAFactor() {
    GramFactor factor = new GramFactor(4, 1e-30);
    double[] ones = {1, 1, 1, 1};
    for (int k = 0; k < 20; k++) {
      if (k >= 4) {
        factor.dropFirst();
      }
      factor.append(ones, 0);
    }
    double[] x = {1, 1, 1, 1};
    factor.solve(x);
    for (double element : x) {
      assertThat(element).isFinite();
    }
  }

  /** Inner products of vector {@code last} with those from {@code first} on, itself included. */
  private static double[] products(double[][] g, int first, int last) {
    double[] products = new double[last - first + 1];
    for (int k = first; k <= last; k++) {
      products[k - first] = Samples.dot(g[k], g[last]);
    }
    return products;
  }
}
