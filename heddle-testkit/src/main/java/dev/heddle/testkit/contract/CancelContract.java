package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Future.Status;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskOptions;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@code cancel} for tasks that run or are done; see {@link QueueContract} for those that have not begun.
 */
public interface CancelContract extends ExecutorContract {

  @Test
  default void cancel_running_leavesItAlone() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      assertThat(future.cancel()).isFalse();
      assertThat(future.cancel(false)).isFalse();
      assertThat(future.isRunning()).isTrue();
      assertThat(future.isCancelled()).isFalse();
      release.open();
      assertThat(future.result()).isEqualTo("released");
    }
  }

  @Test
  default void cancel_runningWithInterrupt_cancelsItAtOnce() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      assertThat(future.cancel(true)).isTrue();
      assertThat(future.status()).isEqualTo(Status.CANCELLED);
      assertThat(future.isCancelled()).isTrue();
      assertThat(future.isDone()).isTrue();
      assertThatThrownBy(future::result).isInstanceOf(CancellationException.class).hasMessageContaining(future.name());
      assertThatThrownBy(future::exception).isInstanceOf(CancellationException.class);
      assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
      assertThat(pool.submit(() -> "next").result()).as("the worker is free again").isEqualTo("next");
    }
  }

  @Test
  default void cancel_runningWithInterrupt_doesNotReachTheNextTask() throws Exception {
    try (Executor pool = newExecutor(1)) {
      for (int i = 0; i < rounds(); i++) {
        try (Gate release = newGate()) {
          Future<String> future = submitBlocked(pool, release);
          Future<Boolean> next = pool.submit(() -> Thread.currentThread().isInterrupted());
          assertThat(future.cancel(true)).isTrue();
          assertThat(next.result()).as("interrupted, round %d", i).isFalse();
        }
      }
    }
  }

  @Test
  default void cancel_runningWithInterrupt_endsTheWaitsForIt() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      Tally told = Tally.local();
      Thread waiter = Thread.ofPlatform()
          .start(
              () -> {
                try {
                  future.result();
                } catch (CancellationException e) {
                  told.hit();
                }
              });
      Eventually.holds("the waiter waits", () -> waiter.getState() == Thread.State.WAITING);
      future.cancel(true);
      told.await(1);
    }
  }

  @Test
  default void cancel_done_changesNothing() {
    try (Executor pool = newExecutor(1)) {
      Future<String> good = pool.submit(() -> "kept");
      good.result();
      Future<String> bad = pool.submit(() -> { throw new IOException("kept"); });
      bad.exception();
      for (Future<String> each : List.of(good, bad)) {
        assertThat(each.cancel()).isFalse();
        assertThat(each.cancel(true)).isFalse();
        assertThat(each.isCancelled()).isFalse();
        assertThat(each.status()).isEqualTo(Status.FINISHED);
      }
      assertThat(good.result()).isEqualTo("kept");
      assertThat(bad.exception()).hasMessage("kept");
    }
  }

  @Test
  default void cancel_cancelled_isTrueAgain() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      assertThat(future.cancel(true)).isTrue();
      assertThat(future.cancel(true)).isTrue();
      assertThat(future.cancel()).isTrue();
      release.open();
      pool.shutdown(true, false);
      assertThat(pool.stats().cancelled()).isEqualTo(1);
      assertThat(pool.stats().done()).isEqualTo(1);
    }
  }

  @Test
  default void cancelled_bodyThatFinishesAllTheSame_staysCancelled() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      future.cancel(true);
      release.open();
      pool.submit(() -> 1).result();
      assertThat(future.isCancelled()).isTrue();
      assertThatThrownBy(future::result).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  default void taskThatThrowsCancellationException_hasFailedAndIsNotCancelled() {
    try (Executor pool = newExecutor(1)) {
      Future<String> future = pool.submit(TaskOptions.named("pretender"),
          () -> { throw new CancellationException("not me"); });
      assertThatThrownBy(future::result)
          .isInstanceOf(TaskFailedException.class)
          .hasCauseInstanceOf(CancellationException.class);
      assertThat(future.isCancelled()).isFalse();
      assertThat(future.status()).isEqualTo(Status.FINISHED);
      assertThat(future.exception()).hasMessage("not me");
    }
  }

  @Test
  default void cancel_racingWithTheTasks_leavesEachEitherDoneOrCancelled() throws Exception {
    try (Executor pool = newExecutor(2)) {
      Tally ran = newTally();
      List<Future<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        futures.add(pool.submit(ran::hit));
        if (i % 2 == 1) {
          futures.get(i / 2).cancel(i % 4 == 1);
        }
      }
      pool.shutdown(true, false);
      int cancelled = 0;
      for (Future<Integer> each : futures) {
        assertThat(each.isDone()).isTrue();
        cancelled += each.isCancelled() ? 1 : 0;
      }
      assertThat(pool.stats().cancelled()).isEqualTo(cancelled);
      assertThat(pool.stats().done()).isEqualTo(2_000);
    }
  }
}
