package dev.optim.zeroth;

import dev.optim.RunWarning;
import dev.optim.Start;
import dev.optim.StopReason;
import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run of {@link Restarts}: a run by ask and tell after another. */
final class RestartsEngine implements Engine {

  private static final Set<String> METRICS = Set.of("rounds");

  private final Restarts restarts;
  private final Start start;
  private RandomStream random;
  private AskTell inner;
  private long round;
  private boolean polishing;

  /** Iterations of the rounds before. */
  private long before;

  /** The value and iteration of the last improvement that counts. */
  private double improved = Double.POSITIVE_INFINITY;

  private long improvedAt;

  /** The warning of the last search that ended with one, or empty. */
  private String warned = "";

  RestartsEngine(Restarts restarts, Start start, RandomStream random) {
    this.restarts = restarts;
    this.start = start;
    this.random = random;
    inner = search();
  }

  @Override
  public int dimension() {
    return start.dimension();
  }

  @Override
  public int count() {
    return inner.count();
  }

  @Override
  public void copyPoint(int index, double[] out) {
    inner.copyPoint(index, out);
  }

  @Override
  public double[] center() {
    return inner.center();
  }

  /** Not at the first round: the next one may begin where there are values. */
  @Override
  public boolean hopeless(long values) {
    return values >= Restarts.HOPELESS;
  }

  @Override
  public Optional<StopReason> tell(double[] values) {
    inner.tell(values);
    double value = inner.iterate().value();
    if (value < improved - restarts.improvement() * Math.abs(improved) || first(value)) {
      improved = value;
      improvedAt = inner.iterate().iteration();
    }
    boolean stuck = !polishing && inner.iterate().iteration() - improvedAt >= restarts.patience();
    if (inner.ended().isPresent() || stuck) {
      // the one iteration more says that something has happened even if the round made none
      before += inner.iterate().iteration() + 1;
      follow(value);
    }
    return Optional.empty();
  }

  private boolean first(double value) {
    return improved == Double.POSITIVE_INFINITY && value < improved;
  }

  private void follow(double value) {
    for (RunWarning warning : inner.warnings()) {
      warned = "round " + round + ": " + warning.getMessage();
    }
    ValueMethod polish = restarts.polish();
    if (!polishing && polish != null && Double.isFinite(value)) {
      polishing = true;
      inner = polish.open(Start.at(inner.iterate().point()), stream("polish"));
    } else {
      polishing = false;
      round++;
      inner = search();
    }
    improved = Double.POSITIVE_INFINITY;
    improvedAt = 0;
  }

  private AskTell search() {
    return restarts.search() instanceof PopulationMethod method
        ? method.open(start, stream("search"), StrictMath.pow(restarts.growth(), round))
        : restarts.search().open(start, stream("search"));
  }

  private RandomStream stream(String purpose) {
    return random.split(round).split(purpose);
  }

  /** Those of the round that runs, or else the last one of the rounds before. */
  @Override
  public List<RunWarning> warnings() {
    List<RunWarning> now = inner.warnings();
    return now.isEmpty() && !warned.isEmpty() ? List.of(new RunWarning(warned)) : now;
  }

  @Override
  public long iteration() {
    return before + inner.iterate().iteration();
  }

  @Override
  public Set<String> metrics() {
    return METRICS;
  }

  @Override
  public double metric(String name) {
    return name.equals("rounds") ? round : Double.NaN;
  }

  @Override
  public void save(CheckpointBuilder builder) {
    Streams.save(builder, "random", random);
    builder
        .meta("round", round)
        .meta("polishing", polishing ? 1 : 0)
        .meta("before", before)
        .meta("improved", improved)
        .meta("improved at", improvedAt)
        .meta("warned", warned)
        .include("inner.", inner.checkpoint());
  }

  @Override
  public Engine restored(Checkpoint saved) {
    RestartsEngine engine = new RestartsEngine(restarts, start, Streams.read(saved, "random"));
    engine.round = saved.metaLong("round");
    engine.polishing = saved.metaLong("polishing") == 1;
    engine.inner = engine.search(); // with the population of the round
    engine.before = saved.metaLong("before");
    engine.improved = saved.metaDouble("improved");
    engine.improvedAt = saved.metaLong("improved at");
    engine.warned = saved.meta("warned");
    ValueMethod polish = restarts.polish();
    if (engine.polishing && polish != null) {
      // any point does: the checkpoint has the state
      engine.inner = polish.open(Start.at(new double[dimension()]), engine.random);
    }
    engine.inner.restore(saved.part("inner."));
    return engine;
  }
}
