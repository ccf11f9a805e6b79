package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Limit;
import dev.heddle.futures.Permit;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskScope;
import dev.heddle.futures.TaskTimeoutException;
import dev.heddle.futures.ThreadPool;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A block ends, and a permit comes back, when bodies have ended, not only their futures. */
@Bounded
class BodiesThatIgnoreInterruptsTest {
  private static final ScopedValue<String> USER = ScopedValue.newInstance();

  /** Goes on after an interrupt until it is released, or for a moment. */
  private static void ignoreInterrupt(CountDownLatch began, CountDownLatch release, AtomicBoolean ended) {
    began.countDown();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
    while (release.getCount() > 0 && System.nanoTime() < deadline) {
      try {
        if (release.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        // on purpose
      }
    }
    ended.set(true);
  }

  @Test
  void scope_waitsForTheBodyOfACancelledChild() {
    for (boolean virtual : new boolean[]{true, false}) {
      AtomicBoolean ended = new AtomicBoolean();
      CountDownLatch began = new CountDownLatch(1);
      CountDownLatch never = new CountDownLatch(1);
      try (Executor pool = virtual ? ThreadPool.virtual() : ThreadPool.of(2)) {
        assertThatThrownBy(() -> TaskScope.run(pool, scope -> {
          scope.submit(() -> ignoreInterrupt(began, never, ended));
          began.await();
          throw new IllegalStateException("of the body");
        })).hasMessage("of the body");
        assertThat(ended).as("the child's body has ended with the block").isTrue();
      }
    }
  }

  @Test
  void permit_ofATaskThatHasTimedOut_comesBackWithTheEndOfItsBody() throws Exception {
    VirtualClock clock = new VirtualClock();
    Limit one = Limit.concurrent(1);
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (Executor pool = ThreadPool.of(1, PoolOptions.defaults().withTime(clock))) {
      Future<?> task = pool.submit(
          TaskOptions.limitedBy(one).withTimeout(Duration.ofSeconds(1)), () -> ignoreInterrupt(began, never, ended));
      began.await();
      clock.advance(Duration.ofSeconds(1));
      assertThat(task.exception()).isInstanceOf(TaskTimeoutException.class);
      try (Permit _ = one.acquire().result()) {
        assertThat(ended).as("its body has ended").isTrue();
      }
    }
  }

  @Test
  void scope_childrenSeeTheScopedValuesOfTheBlock() {
    try (Executor pool = ThreadPool.of(1, PoolOptions.defaults().withContext(ContextCarrier.scoped(USER)))) {
      String seen = ScopedValue.where(USER, "ada")
          .call(() -> TaskScope.<String, RuntimeException>call(pool, scope -> scope.submit(() -> USER.get()).result()));
      assertThat(seen).isEqualTo("ada");
    }
  }
}
