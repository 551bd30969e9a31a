package dev.optim.bench.coco;

import dev.optim.bench.problem.bbob.BbobFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * A run as COCO sees it: the best value after so many evaluations.
 *
 * @param function the instance it ran on
 * @param records in the order of the run, evaluations from 1 on and increasing, values never
 *     increasing; none if no value was a number
 */
record CocoRun(BbobFunction function, List<Record> records) {

  /**
   * A point of the run.
   *
   * @param evaluations how many had been made
   * @param excess by how much the best value among them was larger than the smallest there is
   */
  record Record(long evaluations, double excess) {}

  /**
   * A run from what was measured on its way. COCO's post-processing needs every run to begin with
   * its first evaluation: the first measurement, made before any, counts as that one.
   *
   * @param evaluations made up to each measurement, not decreasing
   * @param excess the value above the smallest, at each measurement
   */
  static CocoRun of(BbobFunction function, long[] evaluations, double[] excess) {
    List<Record> records = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < evaluations.length; i++) {
      best = excess[i] < best ? excess[i] : best;
      if (Double.isInfinite(best)) {
        continue;
      }
      long at = records.isEmpty() ? 1 : Math.max(1, evaluations[i]);
      if (!records.isEmpty() && records.get(records.size() - 1).evaluations == at) {
        records.remove(records.size() - 1);
      }
      records.add(new Record(at, best));
    }
    return new CocoRun(function, List.copyOf(records));
  }

  /** The records at which the value had become smaller: what COCO logs by target. */
  List<Record> improvements() {
    List<Record> improvements = new ArrayList<>();
    double before = Double.POSITIVE_INFINITY;
    for (Record record : records) {
      if (record.excess < before) {
        improvements.add(record);
        before = record.excess;
      }
    }
    return improvements;
  }

  /** The end of the run. */
  Record last() {
    return records.get(records.size() - 1);
  }
}
