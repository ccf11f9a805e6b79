package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Future.Status;
import dev.heddle.futures.MapOptions;
import dev.heddle.iter.Iter;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** The contract of engines with a limited number of workers about tasks that have not begun. */
public interface QueueContract extends ExecutorContract {

  @Test
  default void submit_oneWorker_runsTasksInTheirOrder() {
    try (Executor pool = newExecutor(1)) {
      Tally order = newTally();
      List<Future<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        futures.add(pool.submit(order::hit));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(futures.get(i).result()).isEqualTo(i + 1);
      }
    }
  }

  @Test
  default void submit_fifteenTimesTheWorkers_startsExactlySoMany() throws Exception {
    try (Executor pool = newExecutor(4); Gate release = newGate()) {
      Tally begun = newTally();
      List<Future<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        futures.add(
            pool.submit(
                () -> {
                  int number = begun.hit();
                  release.await();
                  return number;
                }));
      }
      begun.await(4);
      assertThat(pool.stats().workers()).isEqualTo(4);
      assertThat(pool.stats().running()).isEqualTo(4);
      assertThat(pool.stats().queued()).isEqualTo(56);
      assertThat(futures.stream().filter(Future::isRunning)).hasSize(4);
      assertThat(begun.count()).isEqualTo(4);
      release.open();
      begun.await(60);
      assertThat(pool.stats().workers()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  default void submit_fewerTasksThanWorkers_startsNoMoreThanTasks() throws Exception {
    try (Executor pool = newExecutor(8); Gate release = newGate()) {
      submitBlocked(pool, release);
      submitBlocked(pool, release);
      assertThat(pool.stats().workers()).isEqualTo(2);
    }
  }

  @Test
  default void status_whileWorkersAreBusy_isPending() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      submitBlocked(pool, release);
      Future<String> queued = pool.submit(() -> "later");
      assertThat(queued.status()).isEqualTo(Status.PENDING);
      assertThat(queued.isDone()).isFalse();
      assertThat(queued.isRunning()).isFalse();
      assertThat(queued).asString().contains("pending");
      release.open();
      assertThat(queued.result()).isEqualTo("later");
    }
  }

  @Test
  default void cancel_pending_neverRuns() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Tally ran = newTally();
      Tally told = Tally.local();
      submitBlocked(pool, release);
      Future<Integer> plain = pool.submit(ran::hit);
      Future<Integer> interrupting = pool.submit(ran::hit);
      plain.addDoneCallback(_ -> told.hit());
      assertThat(plain.cancel()).isTrue();
      assertThat(interrupting.cancel(true)).isTrue();
      assertThat(told.count()).isEqualTo(1);
      assertThat(plain.isCancelled()).isTrue();
      assertThat(plain.status()).isEqualTo(Status.CANCELLED);
      assertThatThrownBy(plain::result).isInstanceOf(CancellationException.class).hasMessageContaining(plain.name());
      release.open();
      assertThat(pool.submit(() -> "next").result()).isEqualTo("next");
      assertThat(ran.count()).isZero();
      assertThat(pool.stats().cancelled()).isEqualTo(2);
    }
  }

  @Test
  default void cancel_pending_isNoLongerCountedAsQueued() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      submitBlocked(pool, release);
      Future<Integer> queued = pool.submit(() -> 1);
      assertThat(pool.stats().queued()).isEqualTo(1);
      queued.cancel();
      assertThat(pool.stats().queued()).isZero();
    }
  }

  @Test
  default void map_closedEarly_cancelsWhatHasNotBegun() throws Exception {
    for (boolean ordered : new boolean[]{true, false}) {
      try (Executor pool = newExecutor(1); Gate release = newGate()) {
        Tally begun = newTally();
        MapOptions options = MapOptions.defaults().withAhead(5).withInterruptOnClose(false);
        Iter<Integer> results = ordered
            ? pool.map(options, n -> hitAndWait(begun, release), CountedSource.endless())
            : pool.mapUnordered(options, n -> hitAndWait(begun, release), CountedSource.endless());
        begun.await(1);
        results.close();
        assertThat(pool.stats().cancelled()).isEqualTo(4);
        release.open();
        pool.submit(() -> 1).result();
        assertThat(begun.count()).as("only the one that ran").isEqualTo(1);
      }
    }
  }

  @Test
  default void map_failingInput_cancelsWhatHasNotBegun() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Tally begun = newTally();
      Iter<Integer> results = pool.map(
          MapOptions.defaults().withAhead(5).withInterruptOnClose(false),
          n -> {
            if (n == 0) {
              throw new IllegalStateException("first");
            }
            return hitAndWait(begun, release);
          },
          CountedSource.endless());
      begun.await(1);
      assertThatThrownBy(results::next).hasMessageContaining("first");
      assertThat(pool.stats().cancelled()).isEqualTo(3);
      release.open();
      pool.submit(() -> 1).result();
      assertThat(begun.count()).isEqualTo(1);
    }
  }

  @Test
  default void shutdown_cancelFutures_cancelsWhatHasNotBegunAndLetsTheRestFinish() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> running = submitBlocked(pool, release);
      List<Future<Integer>> queued = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        queued.add(pool.submit(() -> 1));
      }
      pool.shutdown(false, true);
      assertThat(queued).allMatch(Future::isCancelled);
      assertThat(running.isDone()).isFalse();
      release.open();
      assertThat(running.result()).isEqualTo("released");
      pool.shutdown(true, false);
      assertThat(pool.stats().cancelled()).isEqualTo(10);
    }
  }

  @Test
  default void shutdown_withoutCancelFutures_runsWhatIsQueued() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      submitBlocked(pool, release);
      Future<Integer> queued = pool.submit(() -> 7);
      pool.shutdown(false, false);
      release.open();
      assertThat(queued.result()).isEqualTo(7);
    }
  }

  @Test
  default void shutdownNow_handsOutWhatHasNotBegunAndCancelsAll() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> running = submitBlocked(pool, release);
      Tally ran = newTally();
      Future<Integer> first = pool.submit(ran::hit);
      Future<Integer> cancelled = pool.submit(ran::hit);
      Future<Integer> last = pool.submit(ran::hit);
      cancelled.cancel();
      List<Runnable> notBegun = pool.shutdownNow();
      assertThat(notBegun).as("without the one cancelled before").hasSize(2);
      assertThat(List.of(running, first, cancelled, last)).allMatch(Future::isCancelled);
      pool.shutdown(true, false);
      assertThat(ran.count()).isZero();
      notBegun.forEach(Runnable::run);
      assertThat(ran.count()).as("they can still be run by hand").isEqualTo(2);
    }
  }

  private static int hitAndWait(Tally begun, Gate release) throws InterruptedException {
    int number = begun.hit();
    release.await();
    return number;
  }
}
