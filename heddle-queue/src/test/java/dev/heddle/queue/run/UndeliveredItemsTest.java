package dev.heddle.queue.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Interrupts of a worker that is in the user's hook. */
@Bounded
final class UndeliveredItemsTest {

  @Test
  void interrupt_workerIsInTheHook_interruptsItAfterwards() throws Exception {
    CountDownLatch inHook = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    List<Boolean> hookInterrupted = Collections.synchronizedList(new ArrayList<>());
    UndeliveredItems undelivered = new UndeliveredItems(
        (stage, item) -> {
          inHook.countDown();
          try {
            cancelled.await();
            hookInterrupted.add(Thread.interrupted());
          } catch (InterruptedException e) {
            hookInterrupted.add(true);
          }
        });
    FutureTask<Boolean> work = new FutureTask<>(
        () -> {
          undelivered.hand("pairs", 1);
          return Thread.interrupted();
        });
    Thread worker = Thread.startVirtualThread(work);
    inHook.await();
    undelivered.interrupt(worker);
    cancelled.countDown();
    assertThat(work.get()).isTrue();
    assertThat(hookInterrupted).containsExactly(false);
  }
}
