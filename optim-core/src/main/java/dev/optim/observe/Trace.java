package dev.optim.observe;

import dev.optim.Checks;
import dev.optim.Iterate;
import dev.optim.Observer;
import dev.optim.Result;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps snapshots of a run in memory: the start, every so many iterations, and the last. One trace
 * watches one run. Memory: n doubles a snapshot.
 */
public final class Trace implements Observer {

  private final long every;
  private final List<Iterate> iterates = new ArrayList<>();
  private @Nullable Iterate live;

  /** Keeps every iterate. */
  public Trace() {
    this(1);
  }

  /**
   * Keeps some iterates.
   *
   * @param every iterations from one snapshot to the next, at least 1
   */
  public Trace(long every) {
    this.every = Checks.atLeastOne("every", every);
  }

  /**
   * What was kept.
   *
   * @return the snapshots in order, a copy of the list
   */
  public List<Iterate> iterates() {
    return List.copyOf(iterates);
  }

  @Override
  public void started(Iterate start) {
    live = start;
    iterates.add(start.snapshot());
  }

  @Override
  public void iterated(Iterate iterate) {
    if (iterate.iteration() % every == 0) {
      iterates.add(iterate.snapshot());
    }
  }

  @Override
  public void finished(Result result) {
    Iterate last = live;
    if (last != null && iterates.get(iterates.size() - 1).iteration() != last.iteration()) {
      iterates.add(last.snapshot());
    }
    live = null;
  }
}
