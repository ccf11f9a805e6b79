package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Permit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Locks, semaphores, events and conditions: first come, first served, and safe against cancellation. */
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
          a.await(Asyncio.wait(tasks));
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
                        log.add("has the lock " + isHeldBy(lock, Asyncio.currentTask()));
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
}
