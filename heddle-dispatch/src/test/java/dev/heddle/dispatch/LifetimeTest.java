package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.FakeWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** When a dispatcher takes no more tasks, when it has ended, and which threads are told. */
@Bounded(seconds = 60)
class LifetimeTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private final FakePool pool = FakePool.of(1);

  @Test
  void awaitTermination_beforeTheEnd_returnsFalseWhenItsTimeIsOver() throws Exception {
    assertThat(pool.dispatcher.awaitTermination(Duration.ZERO)).isFalse();
    pool.submit();
    pool.dispatcher.shutdown();
    assertThat(pool.dispatcher.awaitTermination(Duration.ofMillis(1))).isFalse();
    pool.run(pool.ready(pool.latest()));
    assertThat(pool.dispatcher.awaitTermination(Duration.ZERO)).as("its worker has not ended").isFalse();
    pool.gone(pool.latest());
    assertThat(pool.dispatcher.awaitTermination(Duration.ZERO)).isTrue();
    pool.shutdown();
  }

  @Test
  void shutdown_withoutWorkers_endsAtOnceAndOnlyOnce() throws Exception {
    pool.dispatcher.shutdown();
    assertThat(pool.dispatcher.isTerminated()).isTrue();
    assertThat(pool.ended).isTrue();
    pool.ended = false;
    pool.dispatcher.shutdown();
    assertThat(pool.ended).as("closed twice").isFalse();
    assertThat(pool.dispatcher.awaitTermination(LONG)).isTrue();
  }

  @Test
  void pool_whoseLastWorkerIsGoneButThatWasNotShutDown_goesOn() {
    pool.submit();
    pool.run(pool.ready(pool.latest()));
    pool.gone(pool.latest());
    assertThat(pool.dispatcher.isTerminated()).isFalse();
    assertThat(pool.ended).isFalse();
    FakeWork next = pool.submit();
    pool.run(pool.ready(pool.latest()));
    assertThat(next.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void task_afterShutdown_isRejectedByName() {
    pool.dispatcher.shutdown();
    FakeWork rejected = new FakeWork(() -> 1, () -> {});
    assertThatThrownBy(() -> pool.dispatcher.start(rejected)).isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("task 'fake' was rejected");
    assertThat(rejected.attachment()).isNull();
    pool.shutdown();
  }

  @Test
  void task_ofABrokenPool_isRejectedWithTheFirstReason() {
    pool.submit();
    FakeChannel worker = pool.latest();
    IllegalStateException why = new IllegalStateException("first");
    pool.listener().unprepared(worker, why);
    pool.listener().unprepared(worker, new IllegalStateException("second"));
    assertThatThrownBy(pool::submit).isInstanceOf(BrokenExecutorException.class).hasMessageContaining("first")
        .hasRootCause(why);
    pool.shutdown();
  }

  @Test
  void awaitTermination_isWokenByTheEndOfTheLastWorker() throws Exception {
    pool.submit();
    pool.run(pool.ready(pool.latest()));
    CompletableFuture<Boolean> ended = awaiting();
    pool.dispatcher.shutdown();
    assertThat(ended).isNotDone();
    pool.gone(pool.latest());
    assertThat(ended.get()).isTrue();
    pool.shutdown();
  }

  /** Waits on a thread that is sure to wait when this returns. */
  private CompletableFuture<Boolean> awaiting() {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().daemon(true).start(() -> {
      try {
        ended.complete(pool.dispatcher.awaitTermination(LONG));
      } catch (Throwable e) {
        ended.completeExceptionally(e);
      }
    });
    Eventually.holds(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return ended;
  }

  @Test
  void end_waitsForTheCallbacksOfFutures() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean endedInside = new AtomicBoolean();
    pool.dispatcher.callBack(() -> {
      running.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      endedInside.set(pool.dispatcher.isTerminated());
    });
    running.await();
    pool.dispatcher.shutdown();
    assertThat(pool.dispatcher.isTerminated()).isFalse();
    CompletableFuture<Boolean> ended = awaiting();
    assertThat(ended).isNotDone();
    goOn.countDown();
    assertThat(ended.get()).isTrue();
    assertThat(endedInside).as("a callback that waits for the end must not wait for itself").isTrue();
    assertThat(pool.dispatcher.isTerminated()).isTrue();
  }

  @Test
  void callback_thatThrows_keepsNothingFromEnding() {
    pool.dispatcher.callBack(() -> {
      Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
      throw new IllegalStateException("on purpose");
    });
    pool.dispatcher.shutdown();
    Eventually.holds(pool.dispatcher::isTerminated);
  }

  @Test
  void end_thatCannotTidyUp_isAnEndAllTheSame() {
    pool.asItEnds = () -> {
      throw new IllegalStateException("on purpose");
    };
    FakeWork lost = pool.submit();
    FakeChannel worker = pool.ready(pool.latest());
    worker.claim();
    pool.dispatcher.shutdown();
    pool.gone(worker);
    assertThat(FakePool.failure(lost)).isInstanceOf(FakeEnd.Crash.class);
    assertThat(pool.dispatcher.isTerminated()).isTrue();
  }

  @Test
  void end_waitsForOutcomesThatAreBeingTold() {
    FakeWork task = pool.submit();
    FakeChannel worker = pool.ready(pool.latest());
    pool.dispatcher.shutdown();
    int id = worker.claim();
    List<Object> seen = new ArrayList<>();
    task.outcome.whenComplete((_, _) -> {
      pool.gone(worker);
      seen.addAll(List.of(pool.dispatcher.isTerminated(), pool.codec.open.get()));
    });
    pool.end(worker, id);
    assertThat(seen).as("it has not ended, and the outcome is still being read").containsExactly(false, 1);
    assertThat(task.outcome).isCompletedWithValue(1);
    assertThat(pool.dispatcher.isTerminated()).isTrue();
    pool.shutdown();
  }
}
