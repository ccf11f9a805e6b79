package dev.heddle.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A search for cycles whose futures change meanwhile. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeadlockDetectorTest {

  @Test
  void aFutureOfTheCycleThatEndsBetweenTheLooks_hidesNothing() throws InterruptedException {
    AtomicReference<Future<Integer>> bystander = new AtomicReference<>();
    AtomicReference<Future<Integer>> first = new AtomicReference<>();
    AtomicReference<Future<Integer>> second = new AtomicReference<>();
    CountDownLatch wired = new CountDownLatch(1);
    // The search asks the executor of the bystander for its load; at that moment the bystander ends.
    Executor elsewhere = ManualEngine.executor(() -> bystander.get().cancel());
    bystander.set(elsewhere.submit(() -> 1));
    Executor pool = ThreadPool.of(2);
    try {
      second.set(
          pool.submit(
              () -> {
                wired.await();
                return first.get().result();
              }));
      first.set(
          pool.submit(
              () -> {
                wired.await();
                while (pool.stats().waiting() == 0) {
                  Thread.onSpinWait(); // until the other task waits, so that this one closes the cycle
                }
                return Futures.wait(List.of(second.get(), bystander.get())).done().size();
              }));
      wired.countDown();
      assertThat(second.get().exception(Duration.ofSeconds(10))).isInstanceOf(DeadlockException.class);
      assertThat(first.get().exception(Duration.ofSeconds(10))).isInstanceOf(DeadlockException.class);
    } finally {
      pool.shutdownNow();
      elsewhere.shutdownNow();
    }
  }
}
