package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.DeadlockException;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Hedge;
import dev.heddle.futures.PeriodicTask;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.Schedule;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.ThreadPool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls that a timer makes: hedges, periodic runs, attempts after a deadline. */
@Bounded
class LaterCallsTest {
  private static final ScopedValue<String> CALLER = ScopedValue.newInstance();

  private final VirtualClock clock = new VirtualClock();
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  private void look() {
    seen.add(CALLER.isBound() ? CALLER.get() : "unbound");
  }

  @Test
  void secondCallOfAHedge_hasTheContextOfTheCaller() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    try (Executor pool = ThreadPool.of(2, PoolOptions.defaults().withContext(ContextCarrier.scoped(CALLER)))) {
      Future<Integer> call = ScopedValue.where(CALLER, "caller").call(
          () -> Hedge.after(Duration.ofSeconds(1)).withTime(clock).submit(pool, () -> {
            look();
            if (began.getCount() > 0) {
              began.countDown();
              new CountDownLatch(1).await();
            }
            return 1;
          }));
      began.await();
      clock.advance(Duration.ofSeconds(1));
      assertThat(call.result()).isEqualTo(1);
      assertThat(seen).containsExactly("caller", "caller");
    }
  }

  @Test
  void periodicRuns_haveTheContextOfTheStart() throws Exception {
    try (Executor pool = ThreadPool.of(1, PoolOptions.defaults().withContext(ContextCarrier.scoped(CALLER)))) {
      PeriodicTask task = ScopedValue.where(CALLER, "caller")
          .call(() -> PeriodicTask.start(pool, Schedule.every(Duration.ofSeconds(1)).withTime(clock), this::look));
      for (int run = 1; run <= 2; run++) {
        clock.awaitPending(1, Duration.ofSeconds(20));
        clock.advance(Duration.ofSeconds(1));
      }
      clock.awaitPending(1, Duration.ofSeconds(20));
      task.close();
      assertThat(seen).containsExactly("caller", "caller", "caller");
    }
  }

  @Test
  void periodicRun_whoseBodyIgnoresItsTimeOut_isFollowedAfterItsEnd() throws Exception {
    Semaphore release = new Semaphore(0);
    AtomicInteger bodies = new AtomicInteger();
    AtomicInteger begun = new AtomicInteger();
    try (Executor pool = ThreadPool.of(3, PoolOptions.defaults().withTime(clock))) {
      PeriodicTask task = PeriodicTask.start(pool, Schedule.every(Duration.ofSeconds(1)).withTime(clock),
          TaskOptions.defaults().withTimeout(Duration.ofMillis(1)), () -> {
            begun.incrementAndGet();
            assertThat(bodies.incrementAndGet()).isEqualTo(1);
            release.acquireUninterruptibly();
            bodies.decrementAndGet();
          });
      clock.awaitPending(1, Duration.ofSeconds(20)); // the time-out
      Eventually.holds("it has begun", () -> begun.get() == 1);
      clock.advance(Duration.ofMillis(1));
      assertThat(clock.pending()).as("no next run while the body runs").isZero();
      release.release();
      clock.awaitPending(1, Duration.ofSeconds(20));
      task.close();
      assertThat(task.failures()).isEqualTo(1);
      assertThat(begun).hasValue(1);
    }
  }

  @Test
  void hedgedCalls_thatWaitForTheirOwnResult_areADeadlock() {
    AtomicReference<@Nullable Future<Integer>> own = new AtomicReference<>();
    CountDownLatch set = new CountDownLatch(1);
    Executor pool = ThreadPool.of(2);
    Future<Integer> call = Hedge.quantile(0.5).withTime(clock).submit(pool, () -> {
      set.await();
      Future<Integer> mine = own.get();
      return mine == null ? 0 : mine.result();
    });
    own.set(call);
    set.countDown();
    assertThat(call.exception(Duration.ofSeconds(20))).isInstanceOf(DeadlockException.class);
    pool.close();
  }

  @Test
  void attempt_thatGetsItsWorkerAfterTheDeadline_doesNotBegin() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger attempts = new AtomicInteger();
    Retry retry = Retry.times(5).withDelay(Duration.ofSeconds(1)).withJitter(0).withDeadline(Duration.ofSeconds(10));
    try (Executor pool = ThreadPool.of(1, PoolOptions.defaults().withTime(clock))) {
      Future<Integer> future = pool.submit(TaskOptions.defaults().withRetry(retry), () -> {
        throw new IOException("attempt " + attempts.incrementAndGet());
      });
      clock.awaitPending(2, Duration.ofSeconds(20));
      Future<?> busy = pool.submit(() -> {
        release.await();
        return 0;
      });
      Eventually.holds("the worker is busy", busy::isRunning);
      clock.advance(Duration.ofSeconds(1)); // the second attempt is queued
      assertThat(future.isDone()).isFalse();
      clock.advance(Duration.ofSeconds(9));
      assertThat(future.exception()).hasMessage("attempt 1");
      release.countDown();
    }
    assertThat(attempts).hasValue(1);
    assertThat(List.of(clock.pending())).containsExactly(0);
  }
}
