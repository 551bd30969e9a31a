package dev.optim.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {

  @Test
  void aRunFindsTheThreadOfTheRunBefore() {
    AtomicInteger done = new AtomicInteger();
    long before = pooledThreads();
    Workers workers = new Workers(2);
    for (int run = 0; run < 20_000; run++) {
      workers.run(2, (unit, worker) -> done.incrementAndGet());
    }
    assertThat(done).hasValue(40_000);
    assertThat(pooledThreads()).isLessThanOrEqualTo(Math.max(1, before));
  }

  @Test
  void whatAUnitThrowsArrivesFromAnyThread() {
    Workers workers = new Workers(2);
    assertThatThrownBy(() -> workers.run(50, (unit, worker) -> refuse(new IOException("bad"))))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("bad");
    assertThatThrownBy(() -> workers.run(50, (unit, worker) -> refuse(new StackOverflowError())))
        .isInstanceOf(StackOverflowError.class);
    workers.run(50, (unit, worker) -> {});
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void refuse(Throwable throwable) throws T {
    throw (T) throwable;
  }

  private static long pooledThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("optim-updater"))
        .count();
  }
}
