package dev.heddle.queue;

import dev.heddle.queue.blocking.LockedQueue;
import dev.heddle.queue.blocking.Store;
import dev.heddle.testkit.Effort;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No interleaving of waiting putters, takers and closers leaves a thread waiting, or loses an item. */
@Tag("lincheck")
public class BlockingLincheckTest {
  private static final int INTERLEAVINGS = 100 * Effort.FACTOR;

  private interface Body {
    void run() throws InterruptedException;
  }

  private static Thread thread(Body body) {
    return new Thread(
        () -> {
          try {
            body.run();
          } catch (InterruptedException e) {
            throw new AssertionError("no interrupts here", e);
          }
        });
  }

  private static void run(Thread... threads) {
    for (Thread thread : threads) {
      thread.start();
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new AssertionError("no interrupts here", e);
    }
  }

  private static LockedQueue<Integer> ofOne() {
    return new LockedQueue<>(new Store.Fifo<>(), 1, 0);
  }

  private static void check(boolean holds, Object what) {
    if (!holds) {
      throw new AssertionError(String.valueOf(what));
    }
  }

  @Test
  void twoPuttersAndTwoTakersOfOnePlace_comeToTheirEnd() {
    Lincheck.runConcurrentTest(
        INTERLEAVINGS,
        () -> {
          LockedQueue<Integer> queue = ofOne();
          int[] taken = new int[2];
          run(
              thread(() -> queue.put(1)),
              thread(() -> queue.put(2)),
              thread(() -> taken[0] = queue.take()),
              thread(() -> taken[1] = queue.take()));
          check(taken[0] + taken[1] == 3 && queue.isEmpty(), "taken " + taken[0] + " and " + taken[1]);
        });
  }

  @Test
  void closeWhileOthersWait_everybodyComesToTheEndAndNothingIsLost() {
    Lincheck.runConcurrentTest(
        INTERLEAVINGS,
        () -> {
          LockedQueue<Integer> queue = ofOne();
          List<Integer> put = new ArrayList<>();
          List<Integer> taken = new ArrayList<>();
          run(
              thread(
                  () -> {
                    try {
                      queue.put(1);
                      put.add(1);
                      queue.put(2);
                      put.add(2);
                    } catch (QueueClosedException e) {
                      // and it was not put
                    }
                  }),
              thread(
                  () -> {
                    for (Integer item = next(queue); item != null; item = next(queue)) {
                      taken.add(item);
                    }
                  }),
              thread(queue::close));
          check(put.equals(taken), "put " + put + ", taken " + taken);
        });
  }

  private static @Nullable Integer next(LockedQueue<Integer> queue) throws InterruptedException {
    return queue.remove(LockedQueue.FOREVER, null);
  }

  @Test
  void closeNowWhileOthersPut_eachItemIsTakenOrReturned() {
    Lincheck.runConcurrentTest(
        INTERLEAVINGS,
        () -> {
          LockedQueue<Integer> queue = ofOne();
          List<Integer> put = new ArrayList<>();
          List<Integer> left = new ArrayList<>();
          run(
              thread(
                  () -> {
                    try {
                      queue.put(1);
                      put.add(1);
                      queue.put(2);
                      put.add(2);
                    } catch (QueueClosedException e) {
                      // and it was not put
                    }
                  }),
              thread(() -> left.addAll(queue.closeNow())));
          check(put.equals(left) && queue.isEmpty(), "put " + put + ", left " + left);
        });
  }

  @Test
  void joinAndTaskDone_theJoinerIsWoken() {
    Lincheck.runConcurrentTest(
        INTERLEAVINGS,
        () -> {
          LockedQueue<Integer> queue = ofOne();
          check(queue.offer(1), "there is room");
          run(
              thread(queue::join),
              thread(
                  () -> {
                    queue.take();
                    queue.taskDone();
                  }));
          check(queue.unfinished() == 0, "all is done");
        });
  }
}
