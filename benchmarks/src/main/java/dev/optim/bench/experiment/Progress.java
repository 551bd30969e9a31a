package dev.optim.bench.experiment;

/** Told how a comparison comes along. Called from one thread at a time. */
public interface Progress {

  /**
   * Some more trials have an outcome.
   *
   * @param done how many there are now, those of earlier calls included
   * @param total how many there will be
   */
  void trials(int done, int total);
}
