package dev.optim.bench.speed;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Products with a window against the same two by ND4J, in single precision on one thread. */
public final class Nd4jMfacGoals implements PeerGoals {

  /** For the service loader. */
  public Nd4jMfacGoals() {}

  @Override
  public List<Goal> goals() {
    return List.of(
        goal("100k-32", 100_000, 32),
        goal("100k-256", 100_000, 256),
        goal("1m-32", 1_000_000, 32),
        goal("1m-256", 1_000_000, 256));
  }

  private static Goal goal(String size, int d, int m) {
    return Goal.speed(
            "mfac-product-nd4j-" + size,
            3.5,
            "ND4J's two products",
            () -> new Race(WindowWork.of(d, m).product(), nd4j(d, m)))
        .per((double) m * d, "element");
  }

  /** y = G x, then x = x + G' y. */
  private static Runnable nd4j(int d, int m) {
    INDArray g = Nd4j.randn(DataType.FLOAT, m, d);
    INDArray transposed = g.transpose();
    INDArray x = Nd4j.randn(DataType.FLOAT, d, 1);
    INDArray y = Nd4j.create(DataType.FLOAT, m, 1);
    INDArray sum = Nd4j.create(DataType.FLOAT, d, 1);
    // only now, because ND4J has no native code before its first array
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    return () -> {
      g.mmuli(x, y);
      y.muli(1e-9f); // so that x stays finite
      transposed.mmuli(y, sum);
      x.addi(sum);
    };
  }
}
