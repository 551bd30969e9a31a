package dev.optim.bench.speed;

import dev.optim.bench.speed.WindowWork.Kind;
import dev.optim.kernel.Kernels;
import dev.optim.secondorder.FisherWindow;
import dev.optim.secondorder.StaticFisher;
import dev.optim.secondorder.Storage;
import dev.optim.secondorder.WindowSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * A product with the inverse Fisher matrix of a window costs what reading the window twice does: in
 * float32 on one thread unless said.
 */
final class MfacGoals {

  private static final double DAMPING = 1e-3;

  private MfacGoals() {}

  static List<Goal> goals() {
    List<Goal> goals = new ArrayList<>();
    goals.addAll(thoroughOnly(passes("100k-32", WindowWork.of(100_000, 32))));
    goals.addAll(thoroughOnly(passes("100k-256", WindowWork.of(100_000, 256))));
    goals.addAll(thoroughOnly(passes("100k-1024", WindowWork.of(100_000, 1024))));
    goals.addAll(passes("1m-32", WindowWork.of(1_000_000, 32)));
    goals.addAll(thoroughOnly(passes("1m-256", WindowWork.of(1_000_000, 256))));
    WindowWork large = WindowWork.of(1_000_000, 1024).withThreads(2);
    goals.add(update("mfac-update-two-threads-1m-1024", large).thoroughOnly());
    for (Storage storage : List.of(Storage.BFLOAT16, Storage.FLOAT64)) {
      WindowWork work = WindowWork.of(1_000_000, 32).withStorage(storage);
      goals.add(update("mfac-update-" + lower(storage) + "-1m-32", work).thoroughOnly());
    }
    goals.addAll(thoroughOnly(ejml("100k-32", WindowWork.of(100_000, 32))));
    goals.addAll(thoroughOnly(ejml("100k-256", WindowWork.of(100_000, 256))));
    goals.addAll(ejml("1m-32", WindowWork.of(1_000_000, 32)));
    goals.addAll(thoroughOnly(ejml("1m-256", WindowWork.of(1_000_000, 256))));
    for (Storage storage : Storage.values()) {
      for (Kind kind : List.of(Kind.ZERO, Kind.DENORMAL, Kind.TINY)) {
        boolean quick = kind == Kind.DENORMAL && storage == Storage.FLOAT32;
        Goal goal = noSlower(storage, kind);
        goals.add(quick ? goal : goal.thoroughOnly());
      }
    }
    goals.add(replacement(256));
    goals.add(replacement(1024).thoroughOnly());
    goals.add(build(100_000, 32).thoroughOnly());
    goals.add(build(20_000, 256).thoroughOnly());
    goals.add(build(1_000_000, 32).thoroughOnly());
    goals.add(Goal.noGarbage("mfac-garbage", () -> WindowWork.of(100_000, 32).step()));
    return goals;
  }

  private static List<Goal> passes(String size, WindowWork work) {
    return List.of(
        update("mfac-update-" + size, work),
        update("mfac-update-two-threads-" + size, work.withThreads(2)).thoroughOnly(),
        product("mfac-product-" + size, work),
        product("mfac-product-two-threads-" + size, work.withThreads(2)).thoroughOnly());
  }

  private static List<Goal> thoroughOnly(List<Goal> goals) {
    return goals.stream().map(Goal::thoroughOnly).toList();
  }

  private static Goal update(String name, WindowWork work) {
    return ofReading(name, work, () -> new Race(work.update(Kind.GAUSSIAN), work.readTwice()));
  }

  private static Goal product(String name, WindowWork work) {
    return ofReading(name, work, () -> new Race(work.product(), work.readTwice()));
  }

  private static Goal ofReading(String name, WindowWork work, Supplier<Race> race) {
    return Goal.speed(name, 0.85, "loop that reads the window twice", race)
        .per((double) work.m() * work.d(), "element");
  }

  /** The product, and the loop that no product could be faster than. */
  private static List<Goal> ejml(String size, WindowWork work) {
    return List.of(
        ejml("mfac-product-ejml-" + size, work, work::product),
        ejml("mfac-loop-ejml-" + size, work, work::readTwice).thoroughOnly());
  }

  private static Goal ejml(String name, WindowWork work, Supplier<Runnable> subject) {
    return Goal.speed(name, 3.5, "EJML's two products", () -> new Race(subject.get(), work.ejml()))
        .per((double) work.m() * work.d(), "element");
  }

  private static Goal noSlower(Storage storage, Kind kind) {
    WindowWork work = WindowWork.of(100_000, 32).withStorage(storage);
    return Goal.cost(
            "mfac-update-" + lower(kind) + "-" + lower(storage),
            1.1,
            "Gaussian gradients",
            () -> new Race(work.update(kind), work.update(Kind.GAUSSIAN)))
        .per((double) work.m() * work.d(), "element");
  }

  /**
   * The part of an update that does not depend on d, with gradients of 16 elements. The subject
   * replaces all m gradients, which takes one factorisation anew in. A sixteenth of m
   * factorisations would be a sixteenth of what one in every step costs.
   */
  private static Goal replacement(int m) {
    return Goal.cost(
        "mfac-" + m + "-replacements",
        m / 16.0,
        "one Cholesky factorisation by EJML",
        () -> new Race(replacements(m), factorisation(m)));
  }

  private static Runnable replacements(int m) {
    double[][] gradients = gradients(m, 16);
    FisherWindow window = FisherWindow.of(16, WindowSettings.of(m, DAMPING));
    Runnable all =
        () -> {
          for (double[] gradient : gradients) {
            window.add(gradient);
          }
        };
    all.run();
    return all;
  }

  private static Runnable factorisation(int m) {
    DMatrixRMaj g = new DMatrixRMaj(gradients(m, 16));
    DMatrixRMaj a = new DMatrixRMaj(m, m);
    CommonOps_DDRM.multOuter(g, a);
    for (int i = 0; i < m; i++) {
      a.add(i, i, m * DAMPING);
    }
    DMatrixRMaj work = new DMatrixRMaj(m, m);
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(m, true);
    return () -> {
      work.setTo(a);
      cholesky.decompose(work);
    };
  }

  private static Goal build(int d, int m) {
    return Goal.speed(
        "mfac-static-" + (d < 1_000_000 ? d / 1000 + "k-" : d / 1_000_000 + "m-") + m,
        3,
        "the recursion row by row",
        () -> {
          double[][] gradients = gradients(m, d);
          return new Race(() -> StaticFisher.of(gradients, DAMPING), () -> recursion(gradients));
        });
  }

  /**
   * The paper's: one Sherman-Morrison update after the other, on the library's kernels. It checks
   * and copies the gradients and makes the diagonal, too.
   */
  private static double[] recursion(double[][] gradients) {
    int m = gradients.length;
    int d = gradients[0].length;
    double[][] copies = new double[m][];
    double[][] v = new double[m][d];
    double[] q = new double[m];
    double[] diagonal = new double[d];
    Arrays.fill(diagonal, 1 / DAMPING);
    for (int i = 0; i < m; i++) {
      double[] g = gradients[i].clone();
      copies[i] = g;
      if (!Kernels.allFinite(g, 0, d)) {
        throw new IllegalArgumentException("gradient " + i + " is not finite");
      }
      Kernels.axpy(1 / DAMPING, g, v[i], 0, d);
      for (int j = 0; j < i; j++) {
        Kernels.axpy(-Kernels.dot(v[j], g) / q[j], v[j], v[i], 0, d);
      }
      q[i] = m + Kernels.dot(g, v[i]);
      addSquares(-1 / q[i], v[i], diagonal);
    }
    return diagonal;
  }

  private static void addSquares(double c, double[] x, double[] out) {
    for (int k = 0; k < x.length; k++) {
      out[k] += c * x[k] * x[k];
    }
  }

  private static double[][] gradients(int m, int d) {
    double[][] gradients = new double[m][];
    Arrays.setAll(gradients, i -> Draws.doubles(i, d));
    return gradients;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
