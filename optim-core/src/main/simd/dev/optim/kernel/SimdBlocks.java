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

  /** Rows that stay in the second cache while all rows go by. */
  private static final int PANEL = 32;

  private SimdBlocks() {}

  static void addGram(double[] x, int rows, int columns, int stride, double[] gram) {
    for (int panel = 0; panel < rows; panel += PANEL) {
      for (int i = panel; i < rows; i += 4) { // two pairs use what the nearest cache has of row j
        for (int j = panel; j < Math.min(panel + PANEL, i + 4); j += 2) {
          if (j <= i) {
            addTile(x, i * stride, j * stride, columns, stride, gram, i * rows + j, rows);
          }
          addTile(x, (i + 2) * stride, j * stride, columns, stride, gram, (i + 2) * rows + j, rows);
        }
      }
    }
  }

  /** Two rows from index i times two rows from index j, added to two rows of two at {@code at}. */
  private static void addTile(
      double[] x, int i, int j, int columns, int stride, double[] gram, int at, int rows) {
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
      DoubleVector q = DoubleVector.fromArray(D, x, i + stride + k);
      DoubleVector r = DoubleVector.fromArray(D, x, j + k);
      DoubleVector s = DoubleVector.fromArray(D, x, j + stride + k);
      a = a.add(p.mul(r));
      b = b.add(p.mul(s));
      c = c.add(q.mul(r));
      d = d.add(q.mul(s));
      if (FOUR) {
        DoubleVector p1 = DoubleVector.fromArray(D, x, i + k + L);
        DoubleVector q1 = DoubleVector.fromArray(D, x, i + stride + k + L);
        DoubleVector r1 = DoubleVector.fromArray(D, x, j + k + L);
        DoubleVector s1 = DoubleVector.fromArray(D, x, j + stride + k + L);
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
    gram[at] +=
        FOUR
            ? SimdLanes.tree(a.lane(0), a.lane(1), a.lane(2), a.lane(3))
            : SimdLanes.tree(
                a.lane(0), a.lane(1), a.lane(2), a.lane(3), a.lane(4), a.lane(5), a.lane(6),
                a.lane(7));
    gram[at + 1] +=
        FOUR
            ? SimdLanes.tree(b.lane(0), b.lane(1), b.lane(2), b.lane(3))
            : SimdLanes.tree(
                b.lane(0), b.lane(1), b.lane(2), b.lane(3), b.lane(4), b.lane(5), b.lane(6),
                b.lane(7));
    gram[at + rows] +=
        FOUR
            ? SimdLanes.tree(c.lane(0), c.lane(1), c.lane(2), c.lane(3))
            : SimdLanes.tree(
                c.lane(0), c.lane(1), c.lane(2), c.lane(3), c.lane(4), c.lane(5), c.lane(6),
                c.lane(7));
    gram[at + rows + 1] +=
        FOUR
            ? SimdLanes.tree(d.lane(0), d.lane(1), d.lane(2), d.lane(3))
            : SimdLanes.tree(
                d.lane(0), d.lane(1), d.lane(2), d.lane(3), d.lane(4), d.lane(5), d.lane(6),
                d.lane(7));
  }

  static void solveLower(double[] lower, double[] x, int rows, int columns, int stride) {
    for (int j = 0; j < columns; j += 2 * L) {
      for (int row = 0; row < rows; row += 4) {
        solveTile(lower, Blocks.lowerIndex(row, 0), x, row, j, stride);
      }
    }
  }

  /** Four rows of two vectors from column j on, when the rows before are solved. */
  private static void solveTile(double[] lower, int at, double[] x, int row, int j, int stride) {
    int i0 = row * stride + j;
    int i1 = i0 + stride;
    int i2 = i1 + stride;
    int i3 = i2 + stride;
    DoubleVector a0 = DoubleVector.fromArray(D, x, i0);
    DoubleVector b0 = DoubleVector.fromArray(D, x, i0 + L);
    DoubleVector a1 = DoubleVector.fromArray(D, x, i1);
    DoubleVector b1 = DoubleVector.fromArray(D, x, i1 + L);
    DoubleVector a2 = DoubleVector.fromArray(D, x, i2);
    DoubleVector b2 = DoubleVector.fromArray(D, x, i2 + L);
    DoubleVector a3 = DoubleVector.fromArray(D, x, i3);
    DoubleVector b3 = DoubleVector.fromArray(D, x, i3 + L);
    for (int k = 0; k < row; k++) {
      DoubleVector u = DoubleVector.fromArray(D, x, k * stride + j);
      DoubleVector v = DoubleVector.fromArray(D, x, k * stride + j + L);
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
    a0 = a0.mul(lower[c]);
    b0 = b0.mul(lower[c]);
    a0.intoArray(x, i0);
    b0.intoArray(x, i0 + L);
    a1 = a1.sub(a0.mul(lower[c + 1])).mul(lower[c + 5]);
    b1 = b1.sub(b0.mul(lower[c + 1])).mul(lower[c + 5]);
    a1.intoArray(x, i1);
    b1.intoArray(x, i1 + L);
    a2 = a2.sub(a0.mul(lower[c + 2])).sub(a1.mul(lower[c + 6])).mul(lower[c + 10]);
    b2 = b2.sub(b0.mul(lower[c + 2])).sub(b1.mul(lower[c + 6])).mul(lower[c + 10]);
    a2.intoArray(x, i2);
    b2.intoArray(x, i2 + L);
    a3 = a3.sub(a0.mul(lower[c + 3])).sub(a1.mul(lower[c + 7])).sub(a2.mul(lower[c + 11]));
    b3 = b3.sub(b0.mul(lower[c + 3])).sub(b1.mul(lower[c + 7])).sub(b2.mul(lower[c + 11]));
    a3.mul(lower[c + 15]).intoArray(x, i3);
    b3.mul(lower[c + 15]).intoArray(x, i3 + L);
  }
}
