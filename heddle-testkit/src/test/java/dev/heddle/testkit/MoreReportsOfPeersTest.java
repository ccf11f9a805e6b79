package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.Limit;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.Permit;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Rate;
import dev.heddle.futures.Retry;
import dev.heddle.futures.ScopeOptions;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskScope;
import dev.heddle.futures.TaskTimeoutException;
import dev.heddle.futures.ThreadPool;
import dev.heddle.futures.TimeSource;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.iter.Iter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Further reports of users of similar libraries, tried here; each test names the report. */
@Bounded
class MoreReportsOfPeersTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualClock clock = new VirtualClock();

  private static Executor pool(boolean virtual, int workers) {
    return virtual ? ThreadPool.virtual(workers) : ThreadPool.of(workers);
  }

  /** python/cpython #87893, dask/distributed #2571: futures that a shutdown cancelled never came out of as_completed. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void asCompleted_ofFuturesThatAShutdownCancels_yieldsAllOfThem(boolean virtual) throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (Executor pool = pool(virtual, 1)) {
      List<Future<Boolean>> futures = new ArrayList<>();
      futures.add(pool.submit(() -> {
        began.countDown();
        release.await();
        return true;
      }));
      IntStream.range(0, 20).forEach(_ -> futures.add(pool.submit(() -> true)));
      began.await();
      Iter<Future<Boolean>> completed = Futures.asCompleted(futures);
      pool.shutdown(false, true);
      for (int i = 0; i < 20; i++) {
        assertThat(completed.next().isCancelled()).isTrue();
      }
      release.countDown();
      assertThat(completed.next().result()).isTrue();
      assertThat(completed.hasNext()).isFalse();
    }
  }

  /** python/cpython #94440: a task that was cancelled right after it was submitted let the shutdown hang. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cancel_rightAfterSubmit_leavesAPoolThatShutsDown(boolean virtual) {
    for (int round = 0; round < 200; round++) {
      Executor pool = pool(virtual, 1);
      if (round % 2 == 0) {
        pool.submit(() -> 1).result();
      }
      pool.submit(() -> 2).cancel(round % 3 == 0);
      pool.shutdown(true, false);
      assertThat(pool.isTerminated()).isTrue();
    }
  }

  /** joblib/joblib #1586: the time-out of an unordered map had no effect. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mapUnordered_whoseInputsNeverEnd_timesOut(boolean virtual) {
    CountDownLatch never = new CountDownLatch(1);
    try (Executor pool = pool(virtual, 2)) {
      Iter<Integer> results = pool.mapUnordered(
          MapOptions.defaults().withTimeout(Duration.ofMillis(20)).withInterruptOnClose(true), (Integer n) -> {
            never.await();
            return n;
          }, List.of(1, 2, 3));
      assertThatThrownBy(results::next).isInstanceOf(WaitTimeoutException.class);
    }
  }

  /** joblib/joblib #1788: results that came while the consumer looked for the next one made the map fail. */
  @Test
  void mapUnordered_ofVeryShortTasks_hasEachInputOnce() {
    try (Executor pool = ThreadPool.of(4)) {
      for (int round = 0; round < 20; round++) {
        List<Integer> inputs = IntStream.range(0, 2_000).boxed().toList();
        assertThat(pool.mapUnordered((Integer n) -> n, inputs).toList()).containsExactlyInAnyOrderElementsOf(inputs);
      }
    }
  }

  /** Failsafe #52: the retries went on after the future was cancelled. */
  @Test
  void retries_ofACancelledTask_doNotGoOn() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    TaskOptions often = TaskOptions.defaults().withRetry(Retry.times(100).withDelay(SECOND));
    try (Executor pool = ThreadPool.of(1, PoolOptions.defaults().withTime(clock))) {
      Future<Integer> task = pool.submit(often, () -> {
        attempts.incrementAndGet();
        throw new IOException("always");
      });
      clock.awaitPending(1, Duration.ofMinutes(1));
      assertThat(task.cancel(false)).isTrue();
      clock.advance(Duration.ofHours(1));
      assertThat(clock.pending()).isZero();
    }
    assertThat(attempts).hasValue(1);
  }

  /** Failsafe #348: after the first attempt had timed out, the next ones were scheduled and never began. */
  @Test
  void retries_ofAttemptsThatTimeOut_allBegin() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch never = new CountDownLatch(1);
    TaskOptions options = TaskOptions.defaults().withTimeout(SECOND).withRetry(Retry.times(3).withDelay(SECOND));
    try (Executor pool = ThreadPool.of(1, PoolOptions.defaults().withTime(clock))) {
      Future<Integer> task = pool.submit(options, () -> {
        attempts.incrementAndGet();
        never.await();
        return 1;
      });
      while (!task.isDone()) {
        if (clock.pending() > 0) {
          clock.advance(SECOND);
        } else {
          Thread.onSpinWait();
        }
      }
      assertThat(task.exception()).isInstanceOf(TaskTimeoutException.class);
    }
    assertThat(attempts).hasValue(3);
  }

  /** Failsafe #234: the end of an outer time-out left the retries inside of it going on. */
  @Test
  void scopeThatTimesOut_endsTheRetriesOfItsTasks() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    TaskOptions often = TaskOptions.defaults().withRetry(Retry.times(1_000).withDelay(Duration.ofMillis(400)));
    try (Executor pool = ThreadPool.of(1, PoolOptions.defaults().withTime(clock))) {
      Thread time = Thread.ofPlatform().start(() -> {
        try {
          clock.awaitPending(2, Duration.ofMinutes(1)); // the scope's, and the first pause
        } catch (Exception e) {
          throw new AssertionError(e);
        }
        clock.advance(SECOND);
      });
      TaskCallable<Integer> failing = () -> {
        attempts.incrementAndGet();
        throw new IOException("always");
      };
      assertThatThrownBy(() -> TaskScope.run(pool, ScopeOptions.untilFailure().withTimeout(SECOND).withTime(clock),
          scope -> scope.submit(often, failing).result())).isInstanceOf(WaitTimeoutException.class);
      time.join();
      int until = attempts.get();
      clock.advance(Duration.ofHours(1));
      assertThat(attempts).hasValue(until);
    }
  }

  /** bucket4j #51, leaky-bucket #30: after a long time without use, the tokens were negative, or without a bound. */
  @ParameterizedTest
  @ValueSource(longs = {1, 12 * 3_600, 365 * 24 * 3_600L, 290 * 365 * 24 * 3_600L})
  void rate_unusedForLong_allowsItsBurstAndNoMore(long seconds) {
    for (Rate rate : List.of(Rate.perSecond(1_000_000).withBurst(3), Rate.perMinute(1).withBurst(3))) {
      VirtualClock time = new VirtualClock();
      Limit limit = Limit.rate(rate.withTime(time));
      time.advance(Duration.ofSeconds(seconds));
      List<Future<Permit>> asked = IntStream.range(0, 4).mapToObj(_ -> limit.acquire()).toList();
      assertThat(asked).extracting(Future::isDone).containsExactly(true, true, true, false);
    }
  }

  /** camunda #6577, juju/ratelimit #26: a clock that was set back made the limiter fail, or stop. */
  @Test
  void rate_whoseClockGoesBack_keepsItsRate() {
    class Unsteady implements TimeSource {
      private long now;

      @Override
      public long nanoTime() {
        return now;
      }

      @Override
      public Scheduled schedule(Duration delay, Runnable action) {
        return () -> {};
      }
    }
    Unsteady time = new Unsteady();
    Limit limit = Limit.rate(Rate.perSecond(1).withTime(time));
    assertThat(limit.acquire().isDone()).isTrue();
    time.now -= Duration.ofHours(8).toNanos();
    Future<Permit> early = limit.acquire();
    assertThat(early.isDone()).isFalse();
    early.cancel();
    time.now += SECOND.toNanos();
    assertThat(limit.acquire().isDone()).isTrue();
    assertThat(limit.acquire().isDone()).isFalse();
  }

  /** Kotlin/kotlinx.coroutines #2380: a wait that was cancelled at the moment of its grant lost the permit. */
  @Test
  void limit_whoseWaitsAreCancelledAtTheirGrant_losesNoPermit() throws Exception {
    Limit one = Limit.concurrent(1);
    for (int round = 0; round < 2_000; round++) {
      Permit held = one.acquire().result();
      Future<Permit> wanted = one.acquire();
      Thread other = Thread.ofVirtual().start(held::close);
      if (!wanted.cancel()) {
        wanted.result().close();
      }
      other.join();
      assertThat(one.toString()).as("round %d", round).endsWith("0 held, 0 waiting>");
    }
  }

  /** resilience4j #2336: threads that gave up had delayed those that waited after them. */
  @Test
  void rate_whoseFirstWaitsAreGivenUp_servesTheNextOneAtItsTime() {
    Limit limit = Limit.rate(Rate.perSecond(1).withTime(clock));
    limit.acquire().result();
    List<Future<Permit>> first = IntStream.range(0, 100).mapToObj(_ -> limit.acquire()).toList();
    Future<Permit> last = limit.acquire();
    first.forEach(Future::cancel);
    clock.advance(SECOND);
    assertThat(last.isDone()).isTrue();
    assertThat(clock.pending()).isZero();
  }
}
