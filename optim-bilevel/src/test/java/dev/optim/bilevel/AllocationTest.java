package dev.optim.bilevel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** After its first iterations a run allocates nothing, however long it goes on. */
class AllocationTest {

  private static final int CALLS = 100;

  /** Until the Vector API's objects are compiled away; a run that allocates never gets to 0. */
  private static final int ROUNDS = 3000;

  private static void assertFree(Optimizer<BilevelProblem> method, BilevelProblem problem) {
    Run run = method.start(problem, Start.at(start(problem)), RandomStream.of(1));
    assertFree(
        method.toString(),
        () -> {
          if (run.advance().isPresent()) {
            throw new AssertionError("the run has ended");
          }
        });
  }

  private static void assertFree(String name, Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = 1;
    for (int round = 0; round < ROUNDS && bytes > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int k = 0; k < CALLS; k++) {
        work.run();
      }
      bytes = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(bytes).as("bytes of " + name).isZero();
  }

  private static double[] start(BilevelProblem problem) {
    double[] start = new double[problem.upperDimension() + problem.lowerDimension()];
    Arrays.fill(start, 0.1);
    return start;
  }

  @Test
  void lvHbaOnAnAffineSet() {
    assertFree(LvHba.defaults().withSteps(0.01, 0.01, LvHba.AUTOMATIC), ToyProblems.llc(20));
  }

  @Test
  void lvHbaOnAPolyhedronWhoseActiveSetHasSettled() {
    assertFree(LvHba.defaults().withSteps(0.01, 0.01, LvHba.AUTOMATIC), halfSpaceAndBox());
  }

  @Test
  void bicGaffa() {
    assertFree(BicGaffa.defaults().withSteps(0.005, BicGaffa.AUTOMATIC), ToyProblems.llc(20));
    assertFree(BicGaffa.defaults(), halfSpaceAndBox());
  }

  @Test
  void thePenaltyMethod() {
    BilevelProblem problem = boxed();
    assertFree(PenaltyMethod.doubleLoop(0.01, 0.1, Sigma.fixed(0.1)), problem);
    assertFree(PenaltyMethod.doubleLoop(0.01, 0.1, Sigma.fixed(0.1)).withCentres(1, 0.5), problem);
    assertFree(PenaltyMethod.singleLoop(0.01, 0.1, Sigma.fixed(0.1), 0.5), problem);
  }

  @Test
  void aHypergradientFromAFreshPoint() {
    BilevelProblem problem = plain().build();
    ImplicitObjective objective =
        new ImplicitObjective(
            problem,
            ImplicitEquation.optimality(problem),
            InnerSolver.newton(problem, 1e-10, 50),
            AdjointSolver.cg(1e-10, 50),
            new double[6],
            1e-8);
    double[] x = new double[6];
    double[] gradient = new double[6];
    assertFree(
        "a hypergradient",
        () -> {
          x[0] += 0.01;
          objective.valueAndGradient(x, gradient);
        });
  }

  /** |x - 1|^2 / 2 + |y - 1|^2 / 2 over y = x. */
  private static BilevelProblem.Builder plain() {
    double[] ones = new double[6];
    Arrays.fill(ones, 1);
    return BilevelProblem.of(6, 6)
        .upper(Quadratics.squaredDistance(ones, 1, ones))
        .lower(Quadratics.halfSquaredDifference());
  }

  private static BilevelProblem boxed() {
    double[] above = new double[6];
    Arrays.fill(above, 0.5);
    return plain().upperBox(new double[6], above).lowerBox(new double[6], above).build();
  }

  private static BilevelProblem halfSpaceAndBox() {
    double[] row = new double[6];
    Arrays.fill(row, 1);
    double[] above = new double[6];
    Arrays.fill(above, 5);
    return plain()
        .upperBox(new double[6], above)
        .coupling(
            LinearCoupling.atMost(new double[][] {row}, new double[][] {row}, new double[] {3}))
        .build();
  }
}
