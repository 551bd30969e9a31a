package dev.optim.bench.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** Whether two solvers differ, and how sure one can be when many pairs are looked at. */
public final class PairedTest {

  private PairedTest() {}

  /**
   * Wilcoxon's signed-rank test, two-sided; exact for up to 1,023 pairs without ties.
   *
   * <p>F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1 (1945),
   * 80-83.
   *
   * @param differences one for each pair; pairs without a difference are left out
   * @return the probability of differences at least as one-sided, if there is no true one; 1 if no
   *     pair differs
   */
  public static double signedRank(double[] differences) {
    double[] different = Arrays.stream(differences).filter(each -> each != 0).toArray();
    return different.length == 0
        ? 1
        : WilcoxonSignedRankTest.withDefaults().test(different).getPValue();
  }

  /**
   * Holm's correction: the probability of one false finding among all stays below the level.
   *
   * <p>S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
   * Statistics 6 (1979), 65-70.
   *
   * @param probabilities of the single tests
   * @return the adjusted probabilities, in the same order
   */
  public static double[] holm(double[] probabilities) {
    int tests = probabilities.length;
    int[] order =
        IntStream.range(0, tests)
            .boxed()
            .sorted(Comparator.comparingDouble(test -> probabilities[test]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[tests];
    double largest = 0;
    for (int i = 0; i < tests; i++) {
      largest = Math.max(largest, Math.min(1, (tests - i) * probabilities[order[i]]));
      adjusted[order[i]] = largest;
    }
    return adjusted;
  }
}
