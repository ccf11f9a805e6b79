package dev.heddle.queue.run;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands the items that came in and did not come out to the user's hook: one at a time, and without interrupts, which are
 * meant for the worker. A hook that cancels the run may cause nested calls. Thread-safe.
 */
final class UndeliveredItems {
  private final BiConsumer<? super String, Object> hook;
  private final AtomicLong count = new AtomicLong();
  private final ReentrantLock handing = new ReentrantLock();
  private final Object gate = new Object(); // orders entering and leaving the hook with interrupts
  private @Nullable Thread inHook; // guarded by gate; one at a time
  private boolean owed; // guarded by gate: an interrupt to be delivered after the hook

  UndeliveredItems(BiConsumer<? super String, Object> hook) {
    this.hook = hook;
  }

  long count() {
    return count.get();
  }

  /** Hands an item to the hook; throws what the hook throws. */
  void hand(String stage, Object item) {
    count.incrementAndGet();
    call(() -> hook.accept(stage, item));
  }

  /** Calls a hook of the user, after other calls have returned. */
  void call(Runnable userHook) {
    handing.lock();
    try {
      boolean outermost = handing.getHoldCount() == 1;
      if (outermost) {
        enter();
      }
      try {
        userHook.run();
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

  /** Interrupts a worker, at once or when it leaves the hook. */
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
