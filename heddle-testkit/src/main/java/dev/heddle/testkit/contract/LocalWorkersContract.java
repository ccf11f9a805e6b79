package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/**
 * The contract that engines with a limited number of workers reuse them, add one while a task waits, and return to the
 * limit.
 */
public interface LocalWorkersContract extends ExecutorContract {

  @Test
  default void submit_idleWorker_isUsedAgain() {
    try (Executor pool = newExecutor(4)) {
      for (int i = 0; i < 20; i++) {
        pool.submit(() -> 1).result();
        Eventually.holds("the worker is idle", () -> pool.stats().running() == 0);
        assertThat(pool.stats().workers()).as("workers after task %d", i).isEqualTo(1);
      }
    }
  }

  @Test
  default void place_ofAWaitingTask_isLentOnce() throws Exception {
    try (Executor other = newExecutor(1);
        Executor pool = newExecutor(2);
        Gate release = newGate();
        Gate arrival = newGate()) {
      waiters(pool, submitBlocked(other, arrival), 2, arrival);
      Eventually.holds("both wait", () -> pool.stats().waiting() == 2);
      Tally begun = newTally();
      for (int i = 0; i < 10; i++) {
        pool.submit(
            () -> {
              begun.hit();
              release.await();
              return 0;
            });
      }
      begun.await(2);
      assertThat(pool.stats().workers()).isEqualTo(4);
      assertThat(pool.stats().queued()).isEqualTo(8);
      assertThat(begun.count()).isEqualTo(2);
    }
  }

  @Test
  default void place_wantedBack_isGivenBackByTheNextThatEnds() throws Exception {
    try (Executor other = newExecutor(1);
        Executor pool = newExecutor(2);
        Gate arrival = newGate();
        Gate spare = newGate();
        Gate resumed = newGate()) {
      Tally back = waiters(pool, submitBlocked(other, arrival), 2, resumed);
      Eventually.holds("both wait", () -> pool.stats().waiting() == 2);
      submitBlocked(pool, spare);
      submitBlocked(pool, spare);
      arrival.open();
      back.await(2); // now four tasks run in a pool for two
      Future<String> queued = pool.submit(() -> "at last");
      spare.open();
      Eventually.holds("the two spare workers are gone", () -> pool.stats().workers() == 2);
      assertThat(queued.status()).isEqualTo(Future.Status.PENDING);
      resumed.open();
      assertThat(queued.result()).isEqualTo("at last");
    }
  }

  @Test
  default void work_queuedJustAsAPlaceIsWantedBack_isNotForgotten() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (Executor other = newExecutor(2);
          Executor pool = newExecutor(2);
          Gate first = newGate();
          Gate second = newGate();
          Gate resumed = newGate()) {
        Tally back = waiters(pool, submitBlocked(other, first), 1, resumed);
        waiters(pool, submitBlocked(other, second), 1, resumed);
        Eventually.holds("both wait", () -> pool.stats().waiting() == 2);
        CyclicBarrier together = new CyclicBarrier(2);
        List<Future<Integer>> spares = List.of(pool.submit(() -> together.await()), pool.submit(() -> together.await()));
        spares.forEach(Future::result);
        Eventually.holds("two spare workers are idle", () -> pool.stats().running() == 2);
        first.open();
        back.await(1); // one place for two idle workers: the one that is called may find itself too many, and end
        // An idle worker looks by itself only after ten seconds, and this waits less.
        assertThat(pool.submit(() -> "at once").result(Duration.ofSeconds(8))).isEqualTo("at once");
      }
    }
  }

  /** Tasks that wait for a future and then at a gate; what it returns counts those that wait no longer. */
  private Tally waiters(Executor pool, Future<String> outside, int count, Gate then) {
    Tally back = newTally();
    List<Future<String>> waiters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      waiters.add(
          pool.submit(
              () -> {
                String arrived = outside.result();
                back.hit();
                then.await();
                return arrived;
              }));
    }
    assertThat(waiters).hasSize(count);
    return back;
  }
}
