package dev.optim.bench.speed;

import java.util.Arrays;

/**
 * Some laps of subject and reference in turns, in medians.
 *
 * @param subject nanoseconds of a call of the subject
 * @param reference nanoseconds of a call of the reference
 * @param speed the reference's time over the subject's, each pair of laps taken by itself
 * @param bytes what a call of the subject allocates
 * @param calls how often each of them was called
 */
record Heat(double subject, double reference, double speed, double bytes, long calls) {

  private static final int MOST_PAIRS = 1000;
  private static final int FEWEST_PAIRS = 3;

  /** Races for so many milliseconds, or longer where three pairs of laps take longer. */
  static Heat of(Race race, long millis) {
    Lap subject = new Lap(race.subject());
    Lap reference = new Lap(race.reference());
    double[] times = new double[MOST_PAIRS];
    double[] others = new double[MOST_PAIRS];
    double[] speeds = new double[MOST_PAIRS];
    long end = System.nanoTime() + millis * 1_000_000L;
    int pair = 0;
    while (pair < FEWEST_PAIRS || pair < MOST_PAIRS && System.nanoTime() < end) {
      boolean subjectFirst = pair % 2 == 0;
      int calls = Lap.calls(subject, reference);
      double one = (subjectFirst ? subject : reference).run(calls);
      double other = (subjectFirst ? reference : subject).run(calls);
      times[pair] = subjectFirst ? one : other;
      others[pair] = subjectFirst ? other : one;
      speeds[pair] = others[pair] / times[pair];
      pair++;
    }
    return new Heat(
        median(times, pair),
        median(others, pair),
        median(speeds, pair),
        subject.bytesPerCall(),
        subject.calls());
  }

  private static double median(double[] values, int count) {
    return Statistics.median(Arrays.copyOf(values, count));
  }
}
