package dev.optim.zeroth;

import dev.optim.Start;
import dev.optim.StopReason;
import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Optional;
import java.util.Set;

/**
 * One run of {@link RankSgdOnValues}: a run of {@link RankSgd} that is told the order of values.
 */
final class RankOnValuesEngine implements Engine {

  private final RankSgd method;
  private final AskRank run;
  private double[][] asked;

  RankOnValuesEngine(RankSgd method, AskRank run) {
    this.method = method;
    this.run = run;
    asked = run.ask();
  }

  @Override
  public int dimension() {
    return run.iterate().dimension();
  }

  @Override
  public int count() {
    return asked.length;
  }

  @Override
  public void copyPoint(int index, double[] out) {
    System.arraycopy(asked[index], 0, out, 0, out.length);
  }

  @Override
  public double[] center() {
    return run.iterate().point();
  }

  @Override
  public Optional<StopReason> tell(double[] values) {
    run.tell(Rankings.levels(values, run.top()));
    asked = run.ask();
    return Optional.empty();
  }

  @Override
  public long iteration() {
    return run.iterate().iteration();
  }

  @Override
  public Set<String> metrics() {
    return run.iterate().metrics();
  }

  @Override
  public double metric(String name) {
    return run.iterate().metric(name);
  }

  @Override
  public void save(CheckpointBuilder builder) {
    builder.include("ranked.", run.checkpoint());
  }

  @Override
  public Engine restored(Checkpoint saved) {
    // any start does: the checkpoint has the state
    AskRank restored = method.open(Start.at(new double[dimension()]), RandomStream.of(0));
    restored.restore(saved.part("ranked."));
    return new RankOnValuesEngine(method, restored);
  }
}
