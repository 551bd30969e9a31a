package dev.optim.kernel;

import static dev.optim.kernel.SimdSpecies.D;
import static dev.optim.kernel.SimdSpecies.F;
import static dev.optim.kernel.SimdSpecies.H;
import static dev.optim.kernel.SimdSpecies.J;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Sums of several rows times a coefficient each, eight rows to a read and write of the sum. Floats
 * are loaded as in {@link SimdRowDots}.
 */
final class SimdRowSums {

  /** Doubles of a vector: 4 or 8. */
  private static final int L = D.length();

  private static final boolean FOUR = L == 4;

  /** Half of the numbers of a group of {@link Bfloat16Pairs}: as far apart are those of an int. */
  private static final int HALF = Bfloat16Pairs.GROUP / 2;

  private static final int UPPER = Bfloat16Pairs.UPPER;

  private SimdRowSums() {}

  /** Adds eight rows; returns where the whole vectors end. */
  static int axpy8(double[] c, double[][] rows, int k, double[] x, int from, int to) {
    double[] r0 = rows[k];
    double[] r1 = rows[k + 1];
    double[] r2 = rows[k + 2];
    double[] r3 = rows[k + 3];
    double[] r4 = rows[k + 4];
    double[] r5 = rows[k + 5];
    double[] r6 = rows[k + 6];
    double[] r7 = rows[k + 7];
    DoubleVector c0 = DoubleVector.broadcast(D, c[k]);
    DoubleVector c1 = DoubleVector.broadcast(D, c[k + 1]);
    DoubleVector c2 = DoubleVector.broadcast(D, c[k + 2]);
    DoubleVector c3 = DoubleVector.broadcast(D, c[k + 3]);
    DoubleVector c4 = DoubleVector.broadcast(D, c[k + 4]);
    DoubleVector c5 = DoubleVector.broadcast(D, c[k + 5]);
    DoubleVector c6 = DoubleVector.broadcast(D, c[k + 6]);
    DoubleVector c7 = DoubleVector.broadcast(D, c[k + 7]);
    int end = from + ((to - from) & -L);
    for (int i = from; i < end; i += L) {
      DoubleVector sum = DoubleVector.fromArray(D, x, i);
      sum = sum.add(DoubleVector.fromArray(D, r0, i).mul(c0));
      sum = sum.add(DoubleVector.fromArray(D, r1, i).mul(c1));
      sum = sum.add(DoubleVector.fromArray(D, r2, i).mul(c2));
      sum = sum.add(DoubleVector.fromArray(D, r3, i).mul(c3));
      sum = sum.add(DoubleVector.fromArray(D, r4, i).mul(c4));
      sum = sum.add(DoubleVector.fromArray(D, r5, i).mul(c5));
      sum = sum.add(DoubleVector.fromArray(D, r6, i).mul(c6));
      sum = sum.add(DoubleVector.fromArray(D, r7, i).mul(c7));
      sum.intoArray(x, i);
    }
    return end;
  }

  /** Adds eight rows, by {@link SimdSpecies#HALVES}; returns where the whole vectors end. */
  static int axpy8(double[] c, float[][] rows, int k, double[] x, int from, int to) {
    float[] r0 = rows[k];
    float[] r1 = rows[k + 1];
    float[] r2 = rows[k + 2];
    float[] r3 = rows[k + 3];
    float[] r4 = rows[k + 4];
    float[] r5 = rows[k + 5];
    float[] r6 = rows[k + 6];
    float[] r7 = rows[k + 7];
    DoubleVector c0 = DoubleVector.broadcast(D, c[k]);
    DoubleVector c1 = DoubleVector.broadcast(D, c[k + 1]);
    DoubleVector c2 = DoubleVector.broadcast(D, c[k + 2]);
    DoubleVector c3 = DoubleVector.broadcast(D, c[k + 3]);
    DoubleVector c4 = DoubleVector.broadcast(D, c[k + 4]);
    DoubleVector c5 = DoubleVector.broadcast(D, c[k + 5]);
    DoubleVector c6 = DoubleVector.broadcast(D, c[k + 6]);
    DoubleVector c7 = DoubleVector.broadcast(D, c[k + 7]);
    int end = from + ((to - from) & -L);
    for (int i = from; i < end; i += L) {
      DoubleVector sum = DoubleVector.fromArray(D, x, i);
      sum = sum.add(FloatVector.fromArray(H, r0, i).castShape(D, 0).mul(c0));
      sum = sum.add(FloatVector.fromArray(H, r1, i).castShape(D, 0).mul(c1));
      sum = sum.add(FloatVector.fromArray(H, r2, i).castShape(D, 0).mul(c2));
      sum = sum.add(FloatVector.fromArray(H, r3, i).castShape(D, 0).mul(c3));
      sum = sum.add(FloatVector.fromArray(H, r4, i).castShape(D, 0).mul(c4));
      sum = sum.add(FloatVector.fromArray(H, r5, i).castShape(D, 0).mul(c5));
      sum = sum.add(FloatVector.fromArray(H, r6, i).castShape(D, 0).mul(c6));
      sum = sum.add(FloatVector.fromArray(H, r7, i).castShape(D, 0).mul(c7));
      sum.intoArray(x, i);
    }
    return end;
  }

  /**
   * Adds four rows: eight are too much for an earlier compiler. Returns where whole vectors end.
   */
  static int axpy4(double[] c, float[][] rows, int k, double[] x, int from, int to) {
    float[] r0 = rows[k];
    float[] r1 = rows[k + 1];
    float[] r2 = rows[k + 2];
    float[] r3 = rows[k + 3];
    DoubleVector c0 = DoubleVector.broadcast(D, c[k]);
    DoubleVector c1 = DoubleVector.broadcast(D, c[k + 1]);
    DoubleVector c2 = DoubleVector.broadcast(D, c[k + 2]);
    DoubleVector c3 = DoubleVector.broadcast(D, c[k + 3]);
    int end = from + ((to - from) & -2 * L);
    for (int i = from; i < end; i += 2 * L) {
      FloatVector v0 = FloatVector.fromArray(F, r0, i);
      FloatVector v1 = FloatVector.fromArray(F, r1, i);
      FloatVector v2 = FloatVector.fromArray(F, r2, i);
      FloatVector v3 = FloatVector.fromArray(F, r3, i);
      DoubleVector low = DoubleVector.fromArray(D, x, i);
      low = low.add(v0.castShape(D, 0).mul(c0)).add(v1.castShape(D, 0).mul(c1));
      low = low.add(v2.castShape(D, 0).mul(c2)).add(v3.castShape(D, 0).mul(c3));
      low.intoArray(x, i);
      DoubleVector high = DoubleVector.fromArray(D, x, i + L);
      high = high.add(v0.castShape(D, 1).mul(c0)).add(v1.castShape(D, 1).mul(c1));
      high = high.add(v2.castShape(D, 1).mul(c2)).add(v3.castShape(D, 1).mul(c3));
      high.intoArray(x, i + L);
    }
    return end;
  }

  /** Adds eight rows of pairs; returns where the whole vectors end. */
  static int axpy8(double[] c, int[][] rows, int k, double[] x, int from, int to) {
    int[] r0 = rows[k];
    int[] r1 = rows[k + 1];
    int[] r2 = rows[k + 2];
    int[] r3 = rows[k + 3];
    int[] r4 = rows[k + 4];
    int[] r5 = rows[k + 5];
    int[] r6 = rows[k + 6];
    int[] r7 = rows[k + 7];
    DoubleVector c0 = DoubleVector.broadcast(D, c[k]);
    DoubleVector c1 = DoubleVector.broadcast(D, c[k + 1]);
    DoubleVector c2 = DoubleVector.broadcast(D, c[k + 2]);
    DoubleVector c3 = DoubleVector.broadcast(D, c[k + 3]);
    DoubleVector c4 = DoubleVector.broadcast(D, c[k + 4]);
    DoubleVector c5 = DoubleVector.broadcast(D, c[k + 5]);
    DoubleVector c6 = DoubleVector.broadcast(D, c[k + 6]);
    DoubleVector c7 = DoubleVector.broadcast(D, c[k + 7]);
    int end = from + ((to - from) & -Bfloat16Pairs.GROUP);
    for (int j = from / 2; j < end / 2; j += L) { // the ints; with four doubles, half a group
      int i = FOUR ? j + (j & -HALF) : 2 * j;
      DoubleVector low = DoubleVector.fromArray(D, x, i);
      DoubleVector high = DoubleVector.fromArray(D, x, i + HALF);
      IntVector v0 = IntVector.fromArray(J, r0, j);
      low =
          low.add(
              v0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().castShape(D, 0).mul(c0));
      high = high.add(v0.and(UPPER).reinterpretAsFloats().castShape(D, 0).mul(c0));
      IntVector v1 = IntVector.fromArray(J, r1, j);
      low =
          low.add(
              v1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().castShape(D, 0).mul(c1));
      high = high.add(v1.and(UPPER).reinterpretAsFloats().castShape(D, 0).mul(c1));
      IntVector v2 = IntVector.fromArray(J, r2, j);
      low =
          low.add(
              v2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().castShape(D, 0).mul(c2));
      high = high.add(v2.and(UPPER).reinterpretAsFloats().castShape(D, 0).mul(c2));
      IntVector v3 = IntVector.fromArray(J, r3, j);
      low =
          low.add(
              v3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().castShape(D, 0).mul(c3));
      high = high.add(v3.and(UPPER).reinterpretAsFloats().castShape(D, 0).mul(c3));
      IntVector v4 = IntVector.fromArray(J, r4, j);
      low =
          low.add(
              v4.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().castShape(D, 0).mul(c4));
      high = high.add(v4.and(UPPER).reinterpretAsFloats().castShape(D, 0).mul(c4));
      IntVector v5 = IntVector.fromArray(J, r5, j);
      low =
          low.add(
              v5.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().castShape(D, 0).mul(c5));
      high = high.add(v5.and(UPPER).reinterpretAsFloats().castShape(D, 0).mul(c5));
      IntVector v6 = IntVector.fromArray(J, r6, j);
      low =
          low.add(
              v6.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().castShape(D, 0).mul(c6));
      high = high.add(v6.and(UPPER).reinterpretAsFloats().castShape(D, 0).mul(c6));
      IntVector v7 = IntVector.fromArray(J, r7, j);
      low =
          low.add(
              v7.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().castShape(D, 0).mul(c7));
      high = high.add(v7.and(UPPER).reinterpretAsFloats().castShape(D, 0).mul(c7));
      low.intoArray(x, i);
      high.intoArray(x, i + HALF);
    }
    return end;
  }
}
