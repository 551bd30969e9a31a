package dev.optim.zeroth;

import dev.optim.RunWarning;
import dev.optim.Start;
import dev.optim.StopReason;
import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run of {@link IndependentRuns}: runs by ask and tell side by side. */
final class IndependentEngine implements Engine {

  private static final Set<String> METRICS = Set.of("running");

  private final IndependentRuns method;
  private final Start start;
  private final AskTell[] runs;
  private long iteration;

  IndependentEngine(IndependentRuns method, Start start, AskTell[] runs) {
    this.method = method;
    this.start = start;
    this.runs = runs;
  }

  @Override
  public int dimension() {
    return start.dimension();
  }

  @Override
  public int count() {
    int count = 0;
    for (AskTell run : runs) {
      count += run.count();
    }
    return count;
  }

  @Override
  public void copyPoint(int index, double[] out) {
    int first = 0;
    for (AskTell run : runs) {
      if (index < first + run.count()) {
        run.copyPoint(index - first, out);
        return;
      }
      first += run.count();
    }
    throw new IndexOutOfBoundsException("index is " + index);
  }

  /** The runs give up each by itself. */
  @Override
  public boolean hopeless(long values) {
    return false;
  }

  @Override
  public Optional<StopReason> tell(double[] values) {
    int from = 0;
    for (AskTell run : runs) {
      int to = from + run.count();
      if (to > from) {
        run.tell(Arrays.copyOfRange(values, from, to));
      }
      from = to;
    }
    iteration++;
    return running() > 0 ? Optional.empty() : best().ended();
  }

  private AskTell best() {
    AskTell best = runs[0];
    for (AskTell run : runs) {
      double value = run.iterate().value();
      if (value < best.iterate().value() || Double.isNaN(best.iterate().value())) {
        best = run;
      }
    }
    return best;
  }

  private long running() {
    return Arrays.stream(runs).filter(run -> run.ended().isEmpty()).count();
  }

  @Override
  public double[] center() {
    return best().center();
  }

  @Override
  public List<RunWarning> warnings() {
    return Arrays.stream(runs).flatMap(run -> run.warnings().stream()).toList();
  }

  @Override
  public long iteration() {
    return iteration;
  }

  @Override
  public Set<String> metrics() {
    return METRICS;
  }

  @Override
  public double metric(String name) {
    return name.equals("running") ? running() : Double.NaN;
  }

  @Override
  public void save(CheckpointBuilder builder) {
    builder.meta("iteration", iteration);
    for (int i = 0; i < runs.length; i++) {
      builder.include(i + ".", runs[i].checkpoint());
    }
  }

  @Override
  public Engine restored(Checkpoint saved) {
    AskTell[] restored = new AskTell[runs.length];
    for (int i = 0; i < runs.length; i++) {
      // any stream does: the checkpoint has the state
      restored[i] = method.method().open(start, RandomStream.of(0));
      restored[i].restore(saved.part(i + "."));
    }
    IndependentEngine engine = new IndependentEngine(method, start, restored);
    engine.iteration = saved.metaLong("iteration");
    return engine;
  }
}
