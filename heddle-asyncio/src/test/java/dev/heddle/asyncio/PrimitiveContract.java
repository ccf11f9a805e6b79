package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Locks, semaphores, events, conditions, barriers and queues: first come, first served, and safe against cancellation. */
abstract class PrimitiveContract extends LoopContract {

  private Async<String> locking(Lock lock, String name, int seconds) {
    return async(
        a -> {
          try (Permit _ = a.await(lock.acquire())) {
            log.add(name + " in");
            a.await(Asyncio.sleep(seconds(seconds)));
            log.add(name + " out");
          }
          return name;
        });
  }

  @Test
  void lock_excludes_inOrder() {
    run(
        a -> {
          Lock lock = new Lock();
          a.await(Asyncio.gather(locking(lock, "one", 1), locking(lock, "two", 1), locking(lock, "three", 1)));
          assertThat(lock.isLocked()).isFalse();
          return null;
        });
    assertThat(log).containsExactly("one in", "one out", "two in", "two out", "three in", "three out");
  }

  @Test
  void lock_cancelAgainstRelease_exactlyOneGetsIt() {
    run(
        a -> {
          Lock lock = new Lock();
          Permit mine = a.await(lock.acquire());
          Task<String> first = Asyncio.createTask(locking(lock, "first", 1));
          Task<String> second = Asyncio.createTask(locking(lock, "second", 1));
          a.await(Asyncio.yieldNow());
          mine.close(); // first has it now
          mine.close(); // and this gives nothing back
          first.cancel();
          a.await(ended(first, second));
          assertThat(first.isCancelled()).isTrue();
          assertThat(lock.isLocked()).isFalse();
          return null;
        });
    assertThat(log).containsExactly("first in", "second in", "second out");
  }

  @Test
  void lock_cancelledWaiter_leavesTheQueue() {
    run(
        a -> {
          Lock lock = new Lock();
          Permit mine = a.await(lock.acquire());
          Task<String> first = Asyncio.createTask(locking(lock, "first", 1));
          Task<String> second = Asyncio.createTask(locking(lock, "second", 1));
          a.await(Asyncio.yieldNow());
          first.cancel();
          mine.close();
          a.await(second);
          return null;
        });
    assertThat(log).containsExactly("second in", "second out");
  }

  @Test
  void lock_reentered_isADeadlock() {
    run(
        a -> {
          Lock lock = new Lock();
          try (Permit _ = a.await(lock.acquire())) {
            try {
              a.await(lock.acquire());
            } catch (LoopStateException e) {
              log.add("refused");
            }
          }
          return null;
        });
    assertThat(log).containsExactly("refused");
  }

  @Test
  void operation_awaitedTwice_isRefused() {
    run(
        a -> {
          Awaitable<Permit> once = new Semaphore(2).acquire();
          a.await(once);
          try {
            a.await(once);
          } catch (LoopStateException e) {
            log.add("refused");
          }
          return null;
        });
    assertThat(log).containsExactly("refused");
  }

  @Test
  void semaphore_isFair_alsoWithACancelledWaiter() {
    run(
        a -> {
          Semaphore two = new Semaphore(2);
          List<Task<String>> tasks = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            int number = i;
            tasks.add(
                Asyncio.createTask(
                    async(
                        b -> {
                          try (Permit _ = b.await(two.acquire())) {
                            log.add("in " + number);
                            b.await(Asyncio.sleep(SECOND));
                          }
                          return "";
                        })));
          }
          a.await(Asyncio.yieldNow());
          a.await(Asyncio.yieldNow());
          tasks.get(2).cancel();
          a.await(Asyncio.waitFor(tasks));
          assertThat(two.available()).isEqualTo(2);
          return null;
        });
    assertThat(log).containsExactly("in 0", "in 1", "in 3", "in 4");
  }

  @Test
  void event_setWakesAll_clearMakesThemWaitAgain() {
    run(
        a -> {
          Event event = new Event();
          Task<@Nullable Void> waiter = Asyncio.createTask(async(b -> b.await(event.await())));
          a.await(Asyncio.yieldNow());
          event.set();
          event.clear();
          a.await(waiter);
          assertThat(event.isSet()).isFalse();
          event.set();
          a.await(event.await());
          return null;
        });
  }

  @Test
  void condition_waitsForASignal() {
    run(
        a -> {
          Lock lock = new Lock();
          Condition notEmpty = new Condition(lock);
          Deque<String> items = new ArrayDeque<>();
          Task<String> consumer = Asyncio.createTask(
              async(
                  b -> {
                    try (Permit _ = b.await(lock.acquire())) {
                      b.await(notEmpty.await(() -> !items.isEmpty()));
                      return items.remove();
                    }
                  }));
          a.await(Asyncio.sleep(SECOND));
          try (Permit _ = a.await(lock.acquire())) {
            notEmpty.signal(); // for nothing: it looks and waits on
            a.await(Asyncio.yieldNow());
            items.add("x");
            notEmpty.signalAll();
          }
          assertThat(a.await(consumer)).isEqualTo("x");
          assertThat(lock.isLocked()).isFalse();
          return null;
        });
  }

  @Test
  void condition_cancelled_takesTheLockAgainFirst() {
    run(
        a -> {
          Lock lock = new Lock();
          Condition condition = new Condition(lock);
          Task<String> waiter = Asyncio.createTask(
              async(
                  b -> {
                    try (Permit _ = b.await(lock.acquire())) {
                      try {
                        b.await(condition.await());
                      } finally {
                        log.add("has the lock " + lock.isOwner(Asyncio.currentTask()));
                      }
                    }
                    return "";
                  }));
          a.await(Asyncio.sleep(SECOND));
          try (Permit _ = a.await(lock.acquire())) {
            waiter.cancel();
            a.await(Asyncio.sleep(SECOND));
            assertThat(waiter.isDone()).isFalse(); // it waits for the lock
          }
          a.await(ended(waiter));
          assertThat(waiter.isCancelled()).isTrue();
          assertThat(lock.isLocked()).isFalse();
          return null;
        });
    assertThat(log).containsExactly("has the lock true");
  }

  @Test
  void condition_signalAndCancelTogether_theSignalIsSeen() {
    run(
        a -> {
          Lock lock = new Lock();
          Condition condition = new Condition(lock);
          Task<String> waiter = Asyncio.createTask(
              async(
                  b -> {
                    try (Permit _ = b.await(lock.acquire())) {
                      b.await(condition.await());
                      log.add("saw the signal");
                    }
                    b.await(Asyncio.yieldNow());
                    return "";
                  }));
          a.await(Asyncio.sleep(SECOND));
          try (Permit _ = a.await(lock.acquire())) {
            condition.signal();
            waiter.cancel();
          }
          a.await(ended(waiter));
          assertThat(waiter.isCancelled()).isTrue();
          return null;
        });
    assertThat(log).containsExactly("saw the signal");
  }

  @Test
  void condition_withoutTheLock_isRefused() {
    run(
        a -> {
          Condition condition = new Condition(new Lock());
          assertThatThrownBy(condition::signal).isInstanceOf(LoopStateException.class).hasMessageContaining("lock");
          try {
            a.await(condition.await());
          } catch (LoopStateException e) {
            log.add("refused");
          }
          return null;
        });
    assertThat(log).containsExactly("refused");
  }

  @Test
  void barrier_letsAllGoOn_inRounds() {
    run(
        a -> {
          Barrier barrier = new Barrier(3);
          for (int round = 0; round < 2; round++) {
            List<Async<Integer>> three = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
              three.add(async(b -> b.await(barrier.await())));
            }
            assertThat(a.await(Asyncio.gather(three))).containsExactly(0, 1, 2);
          }
          return null;
        });
  }

  @Test
  void barrier_abortAndReset() {
    run(
        a -> {
          Barrier barrier = new Barrier(2);
          Task<Integer> one = Asyncio.createTask(async(b -> b.await(barrier.await())));
          a.await(Asyncio.yieldNow());
          barrier.abort();
          a.await(ended(one));
          assertThat(one.exception()).isInstanceOf(BarrierBrokenException.class);
          try {
            a.await(barrier.await());
          } catch (BarrierBrokenException e) {
            log.add("aborted");
          }
          barrier.reset();
          Task<Integer> two = Asyncio.createTask(async(b -> b.await(barrier.await())));
          a.await(Asyncio.yieldNow());
          two.cancel();
          a.await(ended(two));
          assertThat(barrier.waiting()).isZero();
          Task<Integer> three = Asyncio.createTask(async(b -> b.await(barrier.await())));
          a.await(Asyncio.yieldNow());
          assertThat(a.await(barrier.await())).isEqualTo(1);
          assertThat(a.await(three)).isZero();
          return null;
        });
    assertThat(log).containsExactly("aborted");
  }

  @Test
  void queue_passesItemsInOrder() {
    run(
        a -> {
          Queue<Integer> queue = Queue.of(2);
          Task<String> producer = Asyncio.createTask(
              async(
                  b -> {
                    for (int i = 0; i < 10; i++) {
                      b.await(queue.put(i));
                    }
                    return "";
                  }));
          for (int i = 0; i < 10; i++) {
            assertThat(a.await(queue.get())).isEqualTo(i);
          }
          a.await(producer);
          assertThat(queue.tryGet()).isNull();
          assertThat(queue.tryPut(1)).isTrue();
          assertThat(queue.tryPut(2)).isTrue();
          assertThat(queue.tryPut(3)).isFalse();
          assertThat(queue.size()).isEqualTo(2);
          return null;
        });
  }

  @Test
  void queue_cancelledGet_losesNoItem() {
    run(
        a -> {
          Queue<String> queue = Queue.of(1);
          Task<String> early = Asyncio.createTask(async(b -> b.await(queue.get())));
          Task<String> handed = Asyncio.createTask(async(b -> b.await(queue.get())));
          Task<String> last = Asyncio.createTask(async(b -> b.await(queue.get())));
          a.await(Asyncio.yieldNow());
          early.cancel(); // waits still: leaves the queue
          a.await(queue.put("one")); // is handed over
          handed.cancel(); // too late: it has the item
          a.await(queue.put("two"));
          a.await(ended(early, handed, last));
          assertThat(early.isCancelled()).isTrue();
          assertThat(handed.result()).isEqualTo("one");
          assertThat(last.result()).isEqualTo("two");
          return null;
        });
  }

  @Test
  void queue_cancelledPut_hasNotPut() {
    run(
        a -> {
          Queue<String> queue = Queue.of(1);
          a.await(queue.put("one"));
          Task<@Nullable Void> dropped = Asyncio.createTask(async(b -> b.await(queue.put("two"))));
          Task<@Nullable Void> kept = Asyncio.createTask(async(b -> b.await(queue.put("three"))));
          a.await(Asyncio.yieldNow());
          dropped.cancel();
          assertThat(a.await(queue.get())).isEqualTo("one");
          assertThat(a.await(queue.get())).isEqualTo("three");
          a.await(kept);
          assertThat(dropped.isCancelled()).isTrue();
          return null;
        });
  }

  @Test
  void queue_shutdown_drains_shutdownNow_drops() {
    run(
        a -> {
          Queue<String> drained = Queue.of(1);
          a.await(drained.put("one"));
          Task<@Nullable Void> putter = Asyncio.createTask(async(b -> b.await(drained.put("two"))));
          a.await(Asyncio.yieldNow());
          drained.shutdown();
          a.await(ended(putter));
          assertThat(putter.exception()).isInstanceOf(QueueShutDownException.class);
          assertThatThrownBy(() -> drained.tryPut("x")).isInstanceOf(QueueShutDownException.class);
          assertThat(a.await(drained.get())).isEqualTo("one");
          try {
            a.await(drained.get());
          } catch (QueueShutDownException e) {
            log.add("empty");
          }
          Queue<String> dropped = Queue.unbounded();
          a.await(dropped.put("one"));
          dropped.shutdownNow();
          a.await(dropped.join());
          assertThatThrownBy(dropped::tryGet).isInstanceOf(QueueShutDownException.class);
          Queue<String> waited = Queue.unbounded();
          Task<String> getter = Asyncio.createTask(async(b -> b.await(waited.get())));
          a.await(Asyncio.yieldNow());
          waited.shutdown();
          a.await(ended(getter));
          assertThat(getter.exception()).isInstanceOf(QueueShutDownException.class);
          return null;
        });
    assertThat(log).containsExactly("empty");
  }

  @Test
  void queue_join_waitsForTheWork() {
    run(
        a -> {
          Queue<String> queue = Queue.unbounded();
          a.await(queue.join());
          a.await(queue.put("one"));
          Task<@Nullable Void> joined = Asyncio.createTask(async(b -> b.await(queue.join())));
          a.await(queue.get());
          a.await(Asyncio.yieldNow());
          assertThat(joined.isDone()).isFalse();
          queue.taskDone();
          a.await(joined);
          assertThatThrownBy(queue::taskDone).isInstanceOf(LoopStateException.class);
          return null;
        });
  }
}
