package dev.optim.kernel;

/** How the lanes of a vector are added: as a tree, half the lanes apart first. */
final class SimdLanes {

  private SimdLanes() {}

  static double tree(double s0, double s1, double s2, double s3) {
    return (s0 + s2) + (s1 + s3);
  }

  static double tree(
      double s0, double s1, double s2, double s3, double s4, double s5, double s6, double s7) {
    return tree(s0 + s4, s1 + s5, s2 + s6, s3 + s7);
  }
}
