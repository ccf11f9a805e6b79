package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ScopeOptions;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskScope;
import dev.heddle.futures.ThreadPool;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.WaitTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The interrupt by which a scope ends its body is withdrawn when the body has returned; that of a block around it, of its task or of
 * another thread is not.
 */
@Bounded
class ScopeInterruptTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualClock clock = new VirtualClock();
  private final CountDownLatch never = new CountDownLatch(1);

  private ScopeOptions within(Duration timeout) {
    return ScopeOptions.untilFailure().withTimeout(timeout).withTime(clock);
  }

  /** Advances the clock on another thread, once a number of timers are set. */
  private Thread advanceBy(Duration time, int timers) {
    return Thread.ofPlatform().start(() -> {
      try {
        clock.awaitPending(timers, Duration.ofMinutes(1));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      clock.advance(time);
    });
  }

  /** Waits, and reacts to each interrupt by clearing it. */
  private static void awaitDespiteInterrupts(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(100_000);
      Thread.interrupted();
    }
    Thread.interrupted();
  }

  @Test
  void innerOneOnly_leavesNoInterruptBehind() throws Exception {
    try (Executor pool = ThreadPool.of(1)) {
      Thread time = advanceBy(SECOND, 1);
      int result = TaskScope.call(pool, outer -> {
        assertThatThrownBy(() -> TaskScope.run(outer, within(SECOND), inner -> never.await()))
            .isInstanceOf(WaitTimeoutException.class);
        time.join();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        return outer.submit(() -> 3).result();
      });
      assertThat(result).isEqualTo(3);
    }
  }

  @Test
  void bothAtOnce_theOuterOneIsStillSeen() throws Exception {
    AtomicReference<@Nullable Boolean> seen = new AtomicReference<>();
    try (Executor pool = ThreadPool.of(1)) {
      Thread time = advanceBy(SECOND, 2);
      assertThatThrownBy(() -> TaskScope.run(pool, within(SECOND), outer -> {
        try {
          TaskScope.run(outer, within(SECOND), inner -> awaitDespiteInterrupts(() -> !time.isAlive()));
        } catch (WaitTimeoutException e) {
          seen.set(Thread.currentThread().isInterrupted());
        }
      })).isInstanceOf(WaitTimeoutException.class);
      assertThat(seen.get()).as("interrupted for the outer one").isTrue();
      assertThat(Thread.interrupted()).as("after both").isFalse();
      time.join();
    }
  }

  @Test
  void outerOneOnly_isNotSwallowedByTheInner() throws Exception {
    AtomicReference<@Nullable Boolean> seen = new AtomicReference<>();
    try (Executor pool = ThreadPool.of(1)) {
      Thread time = advanceBy(SECOND, 2);
      assertThatThrownBy(() -> TaskScope.run(pool, within(SECOND), outer -> {
        TaskScope.run(outer, within(Duration.ofDays(1)), inner -> {
          while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
          }
        });
        seen.set(Thread.currentThread().isInterrupted());
      })).isInstanceOf(WaitTimeoutException.class);
      time.join();
      assertThat(seen.get()).isTrue();
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void cancelledTaskAround_isStillInterrupted() throws Exception {
    AtomicReference<@Nullable Boolean> seen = new AtomicReference<>();
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch both = new CountDownLatch(1);
    try (Executor pool = ThreadPool.of(2)) {
      Future<?> task = pool.submit(() -> {
        try {
          TaskScope.run(pool, within(SECOND), scope -> {
            began.countDown();
            awaitDespiteInterrupts(() -> both.getCount() == 0);
          });
        } catch (WaitTimeoutException e) {
          seen.set(Thread.currentThread().isInterrupted());
        }
      });
      began.await();
      assertThat(task.cancel(true)).isTrue();
      clock.advance(SECOND);
      both.countDown();
      assertThatThrownBy(task::result).isInstanceOf(CancellationException.class);
    }
    assertThat(seen.get()).isTrue();
  }

  @Test
  void anotherThreads_isSetAgain_andTheMessageSaysWhatHasEnded() throws Exception {
    Thread block = Thread.currentThread();
    CountDownLatch began = new CountDownLatch(1);
    try (Executor pool = ThreadPool.of(1)) {
      Thread other = Thread.ofPlatform().start(() -> {
        try {
          began.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        block.interrupt();
      });
      assertThatThrownBy(() -> TaskScope.run(pool, scope -> {
        scope.submit(() -> {
          began.countDown();
          never.await();
        });
      })).isInstanceOf(WaitInterruptedException.class).hasMessageContaining("they were cancelled and have ended");
      assertThat(Thread.interrupted()).isTrue();
      other.join();
    }
  }

  @Test
  void failureOfAChild_afterTheBodyHasReacted_leavesNoInterrupt() {
    try (Executor pool = ThreadPool.of(2)) {
      assertThatThrownBy(() -> TaskScope.run(pool, scope -> {
        scope.submit(() -> {
          throw new IllegalStateException("no");
        });
        never.await();
      })).isInstanceOf(TaskFailedException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }
}
