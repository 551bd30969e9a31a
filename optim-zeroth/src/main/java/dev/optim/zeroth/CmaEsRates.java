package dev.optim.zeroth;

/** The weights and learning rates of CMA-ES: table 1 of the reference, positive weights only. */
final class CmaEsRates {

  final double[] weights;
  final double muEff;
  final double cs;
  final double ds;
  final double cc;
  final double c1;
  final double cmu;

  /** E|N(0, I)|. */
  final double expectedNorm;

  CmaEsRates(int population, int d, boolean separable) {
    weights = new double[population / 2];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = StrictMath.log((population + 1) / 2.0) - StrictMath.log(i + 1);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
      squares += weights[i] * weights[i];
    }
    muEff = 1 / squares;
    cs = (muEff + 2) / (d + muEff + 5);
    ds = 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (d + 1)) - 1) + cs;
    cc = (4 + muEff / d) / (d + 4 + 2 * muEff / d);
    double faster = separable ? (d + 2) / 3.0 : 1;
    c1 = Math.min(1, faster * 2 / ((d + 1.3) * (d + 1.3) + muEff));
    cmu = Math.min(1 - c1, faster * 2 * (muEff - 2 + 1 / muEff) / ((d + 2.0) * (d + 2.0) + muEff));
    expectedNorm = Math.sqrt(d) * (1 - 1 / (4.0 * d) + 1 / (21.0 * d * d));
  }
}
