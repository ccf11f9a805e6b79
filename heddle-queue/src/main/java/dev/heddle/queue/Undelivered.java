package dev.heddle.queue;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands what came in and did not come out to the user's hook: one item at a time, and without an interrupt that is meant for
 * a worker. It may hand in turn, when the hook cancels the run.
 */
final class Undelivered {
  private final BiConsumer<? super String, Object> hook;
  private final AtomicLong count = new AtomicLong();
  private final ReentrantLock handing = new ReentrantLock();
  private final Object gate = new Object(); // between entering and leaving the hook, and interrupts
  private @Nullable Thread inHook; // guarded by gate; one at a time
  private boolean owed; // guarded by gate; it was to be interrupted meanwhile

  Undelivered(BiConsumer<? super String, Object> hook) {
    this.hook = hook;
  }

  long count() {
    return count.get();
  }

  /** Hands an item to the hook; throws what that throws. */
  void hand(String stage, Object item) {
    count.incrementAndGet();
    handing.lock();
    try {
      boolean outermost = handing.getHoldCount() == 1;
      if (outermost) {
        enter();
      }
      try {
        hook.accept(stage, item);
      } finally {
        if (outermost) {
          leave();
        }
      }
    } finally {
      handing.unlock();
    }
  }

  private void enter() {
    synchronized (gate) {
      owed = Thread.interrupted();
      inHook = Thread.currentThread();
    }
  }

  private void leave() {
    synchronized (gate) {
      inHook = null;
      if (owed) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Interrupts a worker now, or as soon as it has left the hook. */
  void interrupt(Thread worker) {
    synchronized (gate) {
      if (inHook == worker) {
        owed = true;
      } else {
        worker.interrupt();
      }
    }
  }
}
