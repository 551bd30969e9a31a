package dev.optim.secondorder;

/** Gradients of equal length that are kept in some precision and read in double precision. */
interface Gradients {

  int dimension();

  /**
   * Reads columns of a gradient.
   *
   * @param out written from index {@code at}
   */
  void read(int row, int from, int to, double[] out, int at);
}
