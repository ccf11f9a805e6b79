package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.ReturnWhen;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.WaitResult;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The contract of {@code Futures.wait}. */
public interface WaitContract extends ExecutorContract {

  @Test
  default void waitFor_all_returnsWhenTheLastIsDone() throws Exception {
    try (Executor pool = newExecutor(3); Gate release = newGate()) {
      Future<String> slow = submitBlocked(pool, release);
      Future<String> good = pool.submit(() -> "good");
      Future<String> bad = pool.submit(() -> { throw new IOException("bad"); });
      bad.exception();
      Thread opener = whenWaiting(Thread.currentThread(), release::open);
      WaitResult<Future<String>> result = Futures.wait(List.of(slow, good, bad));
      opener.join();
      assertThat(result.done()).containsExactly(slow, good, bad);
      assertThat(result.notDone()).isEmpty();
    }
  }

  @Test
  default void waitFor_allDoneAlready_returnsAtOnce() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      Future<String> good = pool.submit(() -> "good");
      good.result();
      Future<String> bad = pool.submit(() -> { throw new IOException("bad"); });
      bad.exception();
      Future<String> cancelled = submitBlocked(pool, release);
      cancelled.cancel(true);
      for (ReturnWhen when : ReturnWhen.values()) {
        assertThat(Futures.wait(List.of(bad, cancelled, good), when).done()).containsExactly(bad, cancelled, good);
        assertThat(Futures.wait(List.of(bad, cancelled, good), when, Duration.ZERO).notDone()).isEmpty();
      }
    }
  }

  @Test
  default void waitFor_noFutures_returnsAtOnce() {
    for (ReturnWhen when : ReturnWhen.values()) {
      WaitResult<Future<String>> result = Futures.wait(List.of(), when);
      assertThat(result.done()).isEmpty();
      assertThat(result.notDone()).isEmpty();
    }
  }

  @Test
  default void waitFor_duplicates_countOnce() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      Future<String> slow = submitBlocked(pool, release);
      Future<String> done = pool.submit(() -> "done");
      done.result();
      WaitResult<Future<String>> early = Futures.wait(List.of(done, slow, slow, done), ReturnWhen.ALL_COMPLETED,
          Duration.ZERO);
      assertThat(early.done()).containsExactly(done);
      assertThat(early.notDone()).containsExactly(slow);
      Thread opener = whenWaiting(Thread.currentThread(), release::open);
      assertThat(Futures.wait(List.of(slow, slow, slow)).done()).containsExactly(slow);
      opener.join();
    }
  }

  @Test
  default void waitFor_firstCompleted_returnsWithTheFirst() throws Exception {
    try (Executor pool = newExecutor(2); Gate first = newGate(); Gate second = newGate()) {
      Future<String> one = submitBlocked(pool, first);
      Future<String> other = submitBlocked(pool, second);
      Thread opener = whenWaiting(Thread.currentThread(), second::open);
      WaitResult<Future<String>> result = Futures.wait(List.of(one, other), ReturnWhen.FIRST_COMPLETED);
      opener.join();
      assertThat(result.done()).containsExactly(other);
      assertThat(result.notDone()).containsExactly(one);
    }
  }

  @Test
  default void waitFor_firstCompletedWithOneDoneAlready_returnsAtOnce() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      Future<String> slow = submitBlocked(pool, release);
      Future<String> done = pool.submit(() -> "done");
      done.result();
      WaitResult<Future<String>> result = Futures.wait(List.of(slow, done), ReturnWhen.FIRST_COMPLETED);
      assertThat(result.done()).containsExactly(done);
      assertThat(result.notDone()).containsExactly(slow);
    }
  }

  @Test
  default void waitFor_firstException_returnsWithTheFirstFailureOnly() throws Exception {
    try (Executor pool = newExecutor(3); Gate good = newGate(); Gate bad = newGate(); Gate never = newGate()) {
      Future<String> succeeds = submitBlocked(pool, good);
      Future<String> slow = submitBlocked(pool, never);
      Future<String> fails = pool.submit(
          () -> {
            bad.await();
            throw new IOException("bad");
          });
      Thread waiter = Thread.currentThread();
      Thread opener = Thread.ofPlatform()
          .start(
              () -> {
                whenWaitingHere(waiter, good::open);
                succeeds.result();
                whenWaitingHere(waiter, bad::open);
              });
      WaitResult<Future<String>> result = Futures.wait(List.of(succeeds, slow, fails), ReturnWhen.FIRST_EXCEPTION);
      opener.join();
      assertThat(result.done()).containsExactly(succeeds, fails);
      assertThat(result.notDone()).containsExactly(slow);
    }
  }

  @Test
  default void waitFor_firstExceptionWithOneFailedAlready_returnsAtOnce() throws Exception {
    try (Executor pool = newExecutor(2); Gate never = newGate()) {
      Future<String> slow = submitBlocked(pool, never);
      Future<String> failed = pool.submit(() -> { throw new IOException("bad"); });
      failed.exception();
      WaitResult<Future<String>> result = Futures.wait(List.of(slow, failed), ReturnWhen.FIRST_EXCEPTION);
      assertThat(result.done()).containsExactly(failed);
      assertThat(result.notDone()).containsExactly(slow);
    }
  }

  @Test
  default void waitFor_firstExceptionWithCancelledOne_goesOnToTheEnd() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate(); Gate never = newGate()) {
      Future<String> cancelled = submitBlocked(pool, never);
      cancelled.cancel(true);
      Future<String> slow = submitBlocked(pool, release);
      assertThat(Futures.wait(List.of(cancelled, slow), ReturnWhen.FIRST_EXCEPTION, Duration.ofMillis(20)).notDone())
          .containsExactly(slow);
      Thread opener = whenWaiting(Thread.currentThread(), release::open);
      assertThat(Futures.wait(List.of(cancelled, slow), ReturnWhen.FIRST_EXCEPTION).notDone()).isEmpty();
      opener.join();
    }
  }

  @Test
  default void waitFor_timeoutOver_tellsDoneFromNotDone() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      Future<String> slow = submitBlocked(pool, release);
      Future<String> quick = pool.submit(() -> "quick");
      quick.result();
      for (Duration timeout : List.of(Duration.ZERO, Duration.ofMillis(20))) {
        WaitResult<Future<String>> result = Futures.wait(List.of(slow, quick), timeout);
        assertThat(result.done()).containsExactly(quick);
        assertThat(result.notDone()).containsExactly(slow);
      }
      assertThat(slow.isRunning()).isTrue();
      release.open();
      assertThat(Futures.wait(List.of(slow, quick), Duration.ofDays(400_000)).notDone()).isEmpty();
    }
  }

  @Test
  default void waitFor_futuresOfDifferentExecutors_waitsForAll() throws Exception {
    try (Executor pool = newExecutor(1); Executor other = newExecutor(1); Gate release = newGate()) {
      Future<String> here = pool.submit(() -> "here");
      Future<String> there = submitBlocked(other, release);
      CompletableFuture<String> stage = new CompletableFuture<>();
      Future<String> outside = Future.from(stage);
      Thread opener = whenWaiting(
          Thread.currentThread(),
          () -> {
            release.open();
            stage.complete("outside");
          });
      assertThat(Futures.wait(List.of(here, there, outside)).done()).containsExactly(here, there, outside);
      opener.join();
    }
  }

  @Test
  default void waitFor_interrupted_endsTheWaitAndNotTheTasks() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> slow = submitBlocked(pool, release);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> Futures.wait(List.of(slow))).isInstanceOf(WaitInterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(slow.isRunning()).isTrue();
    }
  }

  @Test
  default void waitFor_aCrowd_isDoneInStep() {
    try (Executor pool = newExecutor(2)) {
      int crowd = crowd();
      List<Future<Integer>> futures = new ArrayList<>(crowd);
      for (int i = 0; i < crowd; i++) {
        int n = i;
        futures.add(pool.submit(() -> n));
      }
      for (ReturnWhen when : List.of(ReturnWhen.FIRST_EXCEPTION, ReturnWhen.ALL_COMPLETED)) {
        assertThat(Futures.wait(futures, when).done()).hasSize(crowd);
      }
    }
  }

  private static Thread whenWaiting(Thread waiter, Runnable action) {
    return Thread.ofPlatform().start(() -> whenWaitingHere(waiter, action));
  }

  private static void whenWaitingHere(Thread waiter, Runnable action) {
    Eventually.holds("the waiter waits", () -> waiter.getState() == Thread.State.WAITING);
    action.run();
  }
}
