package dev.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The observers of one run, each dropped when it throws, and what else went wrong beside it. */
final class Watchers {

  private final List<Observer> watching;
  private final List<RuntimeException> warnings = new ArrayList<>();

  Watchers(List<Observer> observers) {
    watching = new ArrayList<>(observers);
  }

  void started(Iterate start) {
    tell(observer -> observer.started(start));
  }

  void iterated(Iterate iterate) {
    tell(observer -> observer.iterated(iterate));
  }

  /** Returns the result with the warnings of this last call in it, too. */
  Result finished(Result result) {
    int before = warnings.size();
    tell(observer -> observer.finished(result));
    return warnings.size() == before ? result : result.withWarnings(warnings);
  }

  List<RuntimeException> warnings() {
    return warnings;
  }

  /** Takes what the run has to say of itself. */
  void warned(List<RunWarning> more) {
    warnings.addAll(more);
  }

  /** Does something whose failure must not end the run. */
  void guard(Runnable sideEffect) {
    try {
      sideEffect.run();
    } catch (RuntimeException e) {
      warnings.add(e);
    }
  }

  private void tell(Consumer<Observer> what) {
    if (watching.isEmpty()) {
      return;
    }
    watching.removeIf(
        observer -> {
          try {
            what.accept(observer);
            return false;
          } catch (RuntimeException e) {
            warnings.add(e);
            return true;
          }
        });
  }
}
