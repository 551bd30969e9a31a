package dev.optim.kernel;

import static dev.optim.kernel.SimdSpecies.D;

import jdk.incubator.vector.DoubleVector;

/**
 * The kernels of {@link Blocks} with the Vector API, on tiles of two by two and of four rows whose
 * sums stay in registers. See {@link SimdDoubles} for why no method takes a vector.
 */
final class SimdBlocks {

  /** Doubles of a vector: 4 or 8. */
  private static final int L = D.length();

  private static final boolean FOUR = L == 4;

  /** The lanes of a sum. */
  private static final int LANES = 8;

  /** Columns of a tile of a solve: what is solved of them is kept in one piece. */
  private static final int WIDTH = 2 * L;

  private static final int STRIDE = BlockKernels.STRIDE;

  /** Rows that stay in the second cache while all rows go by. */
  private static final int PANEL = 32;

  private SimdBlocks() {}

  static void addGram(double[] x, int rows, int columns, double[] gram) {
    double[] lanes = new double[4 * L];
    for (int panel = 0; panel < rows; panel += PANEL) {
      for (int i = panel; i < rows; i += 2) {
        for (int j = panel; j < Math.min(panel + PANEL, i + 2); j += 2) {
          multiplyTile(x, i * STRIDE, j * STRIDE, columns, lanes);
          int at = i * rows + j;
          gram[at] += sum(lanes, 0);
          gram[at + 1] += sum(lanes, L);
          gram[at + rows] += sum(lanes, 2 * L);
          gram[at + rows + 1] += sum(lanes, 3 * L);
        }
      }
    }
  }

  private static double sum(double[] s, int i) {
    return FOUR
        ? SimdLanes.tree(s[i], s[i + 1], s[i + 2], s[i + 3])
        : SimdLanes.tree(
            s[i], s[i + 1], s[i + 2], s[i + 3], s[i + 4], s[i + 5], s[i + 6], s[i + 7]);
  }

  /** The lanes of the products of two rows from index i with two from index j. */
  private static void multiplyTile(double[] x, int i, int j, int columns, double[] lanes) {
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    DoubleVector e = a;
    DoubleVector f = a;
    DoubleVector g = a;
    DoubleVector h = a;
    for (int k = 0; k < columns; k += LANES) {
      DoubleVector p = DoubleVector.fromArray(D, x, i + k);
      DoubleVector q = DoubleVector.fromArray(D, x, i + STRIDE + k);
      DoubleVector r = DoubleVector.fromArray(D, x, j + k);
      DoubleVector s = DoubleVector.fromArray(D, x, j + STRIDE + k);
      a = a.add(p.mul(r));
      b = b.add(p.mul(s));
      c = c.add(q.mul(r));
      d = d.add(q.mul(s));
      if (FOUR) {
        DoubleVector p1 = DoubleVector.fromArray(D, x, i + k + L);
        DoubleVector q1 = DoubleVector.fromArray(D, x, i + STRIDE + k + L);
        DoubleVector r1 = DoubleVector.fromArray(D, x, j + k + L);
        DoubleVector s1 = DoubleVector.fromArray(D, x, j + STRIDE + k + L);
        e = e.add(p1.mul(r1));
        f = f.add(p1.mul(s1));
        g = g.add(q1.mul(r1));
        h = h.add(q1.mul(s1));
      }
    }
    if (FOUR) {
      a = a.add(e);
      b = b.add(f);
      c = c.add(g);
      d = d.add(h);
    }
    a.intoArray(lanes, 0);
    b.intoArray(lanes, L);
    c.intoArray(lanes, 2 * L);
    d.intoArray(lanes, 3 * L);
  }

  static void addSquares(double[] x, int rows, int columns, double[] out) {
    for (int i = 0; i < rows; i += 4) {
      addFour(x, i * STRIDE, columns, out);
    }
  }

  /** The squares of four rows from index i on. */
  private static void addFour(double[] x, int i, int columns, double[] out) {
    for (int j = 0; j < columns; j += L) {
      DoubleVector s = DoubleVector.fromArray(D, out, j);
      DoubleVector u = DoubleVector.fromArray(D, x, i + j);
      s = s.add(u.mul(u));
      u = DoubleVector.fromArray(D, x, i + STRIDE + j);
      s = s.add(u.mul(u));
      u = DoubleVector.fromArray(D, x, i + 2 * STRIDE + j);
      s = s.add(u.mul(u));
      u = DoubleVector.fromArray(D, x, i + 3 * STRIDE + j);
      s.add(u.mul(u)).intoArray(out, j);
    }
  }

  static void solveLower(double[] lower, double[] x, int rows, int columns) {
    double[] solved = new double[rows * WIDTH];
    for (int j = 0; j < columns; j += WIDTH) {
      for (int row = 0; row < rows; row += 4) {
        solveTile(lower, Blocks.lowerIndex(row, 0), solved, row, x, row * STRIDE + j);
      }
    }
  }

  /** Four rows of two vectors from index i of x on; those of the rows before are in y, solved. */
  private static void solveTile(double[] lower, int at, double[] y, int row, double[] x, int i) {
    DoubleVector a0 = DoubleVector.fromArray(D, x, i);
    DoubleVector b0 = DoubleVector.fromArray(D, x, i + L);
    DoubleVector a1 = DoubleVector.fromArray(D, x, i + STRIDE);
    DoubleVector b1 = DoubleVector.fromArray(D, x, i + STRIDE + L);
    DoubleVector a2 = DoubleVector.fromArray(D, x, i + 2 * STRIDE);
    DoubleVector b2 = DoubleVector.fromArray(D, x, i + 2 * STRIDE + L);
    DoubleVector a3 = DoubleVector.fromArray(D, x, i + 3 * STRIDE);
    DoubleVector b3 = DoubleVector.fromArray(D, x, i + 3 * STRIDE + L);
    for (int k = 0; k < row; k++) {
      DoubleVector u = DoubleVector.fromArray(D, y, k * WIDTH);
      DoubleVector v = DoubleVector.fromArray(D, y, k * WIDTH + L);
      int c = at + 4 * k;
      a0 = a0.sub(u.mul(lower[c]));
      b0 = b0.sub(v.mul(lower[c]));
      a1 = a1.sub(u.mul(lower[c + 1]));
      b1 = b1.sub(v.mul(lower[c + 1]));
      a2 = a2.sub(u.mul(lower[c + 2]));
      b2 = b2.sub(v.mul(lower[c + 2]));
      a3 = a3.sub(u.mul(lower[c + 3]));
      b3 = b3.sub(v.mul(lower[c + 3]));
    }
    int c = at + 4 * row;
    int o = row * WIDTH;
    a0 = a0.mul(lower[c]);
    b0 = b0.mul(lower[c]);
    a0.intoArray(x, i);
    b0.intoArray(x, i + L);
    a0.intoArray(y, o);
    b0.intoArray(y, o + L);
    a1 = a1.sub(a0.mul(lower[c + 1])).mul(lower[c + 5]);
    b1 = b1.sub(b0.mul(lower[c + 1])).mul(lower[c + 5]);
    a1.intoArray(x, i + STRIDE);
    b1.intoArray(x, i + STRIDE + L);
    a1.intoArray(y, o + WIDTH);
    b1.intoArray(y, o + WIDTH + L);
    a2 = a2.sub(a0.mul(lower[c + 2])).sub(a1.mul(lower[c + 6])).mul(lower[c + 10]);
    b2 = b2.sub(b0.mul(lower[c + 2])).sub(b1.mul(lower[c + 6])).mul(lower[c + 10]);
    a2.intoArray(x, i + 2 * STRIDE);
    b2.intoArray(x, i + 2 * STRIDE + L);
    a2.intoArray(y, o + 2 * WIDTH);
    b2.intoArray(y, o + 2 * WIDTH + L);
    a3 = a3.sub(a0.mul(lower[c + 3])).sub(a1.mul(lower[c + 7])).sub(a2.mul(lower[c + 11]));
    b3 = b3.sub(b0.mul(lower[c + 3])).sub(b1.mul(lower[c + 7])).sub(b2.mul(lower[c + 11]));
    a3 = a3.mul(lower[c + 15]);
    b3 = b3.mul(lower[c + 15]);
    a3.intoArray(x, i + 3 * STRIDE);
    b3.intoArray(x, i + 3 * STRIDE + L);
    a3.intoArray(y, o + 3 * WIDTH);
    b3.intoArray(y, o + 3 * WIDTH + L);
  }
}
