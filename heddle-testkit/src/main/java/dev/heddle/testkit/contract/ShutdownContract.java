package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskListener;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import dev.heddle.testkit.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@code shutdown}, {@code shutdownNow} and {@code close}. */
public interface ShutdownContract extends ExecutorContract {

  @Test
  default void close_waitsForAllTasks() {
    Tally done = newTally();
    Executor pool = newExecutor(2);
    try (pool) {
      for (int i = 0; i < 200; i++) {
        pool.submit(() -> { done.hit(); });
      }
    }
    assertThat(done.count()).isEqualTo(200);
    assertThat(pool.isTerminated()).isTrue();
    assertThat(pool.stats().workers()).as("every worker is gone").isZero();
  }

  @Test
  default void close_neverUsed_endsAtOnce() {
    Executor pool = newExecutor(3);
    assertThat(pool.isShutdown()).isFalse();
    assertThat(pool.isTerminated()).isFalse();
    pool.close();
    pool.close();
    assertThat(pool.isShutdown()).isTrue();
    assertThat(pool.isTerminated()).isTrue();
    assertThat(pool).asString().contains(pool.name()).contains("terminated");
  }

  @Test
  default void close_bySeveralThreads_returnsInAll() throws Exception {
    Executor pool = newExecutor(1);
    try (Gate release = newGate()) {
      submitBlocked(pool, release);
      List<Thread> closers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        closers.add(Thread.ofPlatform().start(pool::close));
      }
      Eventually.holds("it is shut down", pool::isShutdown);
      release.open();
      for (Thread each : closers) {
        each.join();
      }
      assertThat(pool.isTerminated()).isTrue();
    }
  }

  @Test
  default void submit_afterClose_isRejectedWithAReason() {
    Executor pool = newExecutor(1, PoolOptions.named("shop"));
    pool.close();
    Tally ran = newTally();
    assertThatThrownBy(() -> pool.submit(ran::hit))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("shop")
        .hasMessageContaining("closed")
        .hasMessageContaining("make a new executor");
    assertThatThrownBy(() -> pool.execute(ran::hit)).isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> pool.invokeAll(List.of(ran::hit))).isInstanceOf(RejectedExecutionException.class);
    assertThat(ran.count()).isZero();
    assertThat(pool.stats().submitted()).isZero();
  }

  @Test
  default void shutdown_withoutWaiting_letsTheTasksGoOn() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> running = submitBlocked(pool, release);
      pool.shutdown(false, false);
      assertThat(pool.isShutdown()).isTrue();
      assertThat(pool.isTerminated()).isFalse();
      assertThat(pool.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
      assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
      release.open();
      assertThat(running.result()).isEqualTo("released");
      assertThat(pool.awaitTermination(1, TimeUnit.DAYS)).isTrue();
      assertThat(pool.isTerminated()).isTrue();
    }
  }

  @Test
  default void shutdown_whileIdle_endsTheWorkers() {
    try (Executor pool = newExecutor(2)) {
      pool.submit(() -> 1).result();
      Eventually.holds("the worker is idle", () -> pool.stats().running() == 0);
      pool.shutdown(true, true);
      assertThat(pool.isTerminated()).isTrue();
      assertThat(pool.stats().workers()).isZero();
    }
  }

  @Test
  default void shutdown_interruptedWhileItWaits_saysSoAndTheTasksGoOn() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> running = submitBlocked(pool, release);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pool.shutdown(true, false))
          .isInstanceOf(WaitInterruptedException.class)
          .hasMessageContaining(pool.name());
      assertThat(Thread.interrupted()).isTrue();
      assertThat(running.isRunning()).isTrue();
      release.open();
      assertThat(running.result()).isEqualTo("released");
    }
  }

  @Test
  default void close_interrupted_cancelsTheTasksAndRestoresTheInterrupt() throws Exception {
    Executor pool = newExecutor(1);
    try (Gate never = newGate()) {
      Future<String> running = submitBlocked(pool, never);
      Thread.currentThread().interrupt();
      pool.close();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(running.isCancelled()).isTrue();
      assertThat(pool.isTerminated()).isTrue();
    }
  }

  @Test
  default void shutdownNow_cancelsWhatRuns() throws Exception {
    try (Executor pool = newExecutor(2); Gate never = newGate()) {
      List<Future<String>> running = List.of(submitBlocked(pool, never), submitBlocked(pool, never));
      assertThat(pool.shutdownNow()).isEmpty();
      assertThat(running).allMatch(Future::isCancelled);
      pool.shutdown(true, false);
      assertThat(pool.stats().cancelled()).isEqualTo(2);
    }
  }

  @Test
  default void shutdownNow_rightAfterSubmitting_leavesNoTaskBehind() {
    for (int round = 0; round < 500; round++) {
      try (Executor pool = newExecutor(2); Gate never = newGate()) {
        List<Future<String>> futures = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          futures.add(
              pool.submit(
                  () -> {
                    never.await();
                    return "left behind";
                  }));
        }
        pool.shutdownNow();
        Futures.wait(futures); // one that has just begun is cancelled by its worker
        assertThat(futures).as("round %d", round).allMatch(Future::isCancelled);
      }
    }
  }

  @Test
  default void shutdownNow_whileATaskIsAboutToPause_cancelsIt() throws Exception {
    VirtualClock clock = new VirtualClock(); // stands still: no pause ever ends
    Gate sweeping = Gate.local();
    Gate pausing = Gate.local();
    TaskListener slow = new TaskListener() {
      @Override
      public void finished(Future<?> task) {
        if (task.name().equals("first")) { // what does not run has been looked up, what runs not yet
          sweeping.open();
          Eventually.holds("the second pauses", pausing::isOpen);
        }
      }
    };
    PoolOptions options = PoolOptions.defaults().withTime(clock).withListener(slow);
    Retry retry = Retry.times(2).withDelay(Duration.ofHours(1));
    try (Executor pool = newExecutor(1, options); Cleanup _ = pool::shutdownNow; Gate fail = newGate()) {
      Future<?> first = pool.submit(TaskOptions.named("first").withRetry(retry), () -> failAt(null));
      clock.awaitPending(1, RetryContract.SOON);
      Gate begun = newGate();
      Future<?> second = pool.submit(
          TaskOptions.named("second").withRetry(retry),
          () -> {
            begun.open();
            return failAt(fail);
          });
      begun.await();
      Thread stopper = Thread.ofPlatform().start(pool::shutdownNow);
      sweeping.await();
      fail.open();
      Eventually.holds("its worker is done with it", () -> pool.stats().retried() == 2 && pool.stats().running() == 0);
      pausing.open();
      stopper.join();
      assertThat(first.isCancelled()).isTrue();
      Eventually.holds("who puts it to its pause sees that it must not", second::isDone);
      assertThat(second.isCancelled()).isTrue();
      assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static int failAt(@Nullable Gate gate) throws Exception {
    if (gate != null) {
      gate.await();
    }
    throw new IOException("on purpose");
  }

  @Test
  default void submit_racingWithShutdown_isEitherRunOrRejected() throws Exception {
    for (int round = 0; round < Math.min(20, rounds()); round++) {
      Executor pool = newExecutor(2);
      Tally ran = newTally();
      AtomicInteger accepted = new AtomicInteger();
      Tally submitting = Tally.local();
      List<Thread> submitters = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        submitters.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        while (true) {
                          Future<Integer> last = pool.submit(ran::hit);
                          int number = accepted.incrementAndGet();
                          submitting.hit();
                          if (number % 50 == 0) {
                            last.result(); // or a slow engine's queue would grow without end
                          }
                        }
                      } catch (RejectedExecutionException e) {
                        // the end of this thread
                      }
                    }));
      }
      submitting.await(10);
      pool.close();
      for (Thread each : submitters) {
        each.join();
      }
      assertThat(ran.count()).isEqualTo(accepted.get());
      assertThat(pool.stats().succeeded()).isEqualTo(accepted.get());
    }
  }
}
