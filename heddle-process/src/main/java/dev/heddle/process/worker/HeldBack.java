package dev.heddle.process.worker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that sends results which wait to be sent with others soon, whatever the task does that runs meanwhile.
 *
 * <p>It looks every millisecond as long as results are held back now and then, and sleeps otherwise. Thread-safe.
 */
final class HeldBack {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int LOOKS_IN_VAIN = 20; // before it sleeps

  private final Runnable flush;
  private final Thread thread;
  private volatile long since; // 0 if nothing is held back
  private volatile boolean asleep;
  private boolean started; // touched by the thread that runs tasks only

  /**
   * Nothing is held back.
   *
   * @param flush sends what is
   */
  HeldBack(Runnable flush) {
    this.flush = flush;
    this.thread = Thread.ofPlatform().name("heddle-flush").daemon(true).unstarted(this::watch);
  }

  /** Something is held back; for the thread that runs tasks. */
  void more() {
    if (since == 0) {
      since = System.nanoTime() | 1;
      if (!started) {
        started = true;
        thread.start();
      } else if (asleep) {
        LockSupport.unpark(thread);
      }
    }
  }

  /** Everything is being sent. */
  void none() {
    since = 0;
  }

  /** How long something has been held back; 0 if nothing is. */
  long age(long now) {
    long first = since;
    return first == 0 ? 0 : now - first;
  }

  private void watch() {
    int vain = 0;
    while (true) {
      Thread.interrupted(); // by a task that interrupts every thread it finds: it would keep this one from sleeping
      long first = since;
      if (first == 0 && ++vain > LOOKS_IN_VAIN) {
        asleep = true;
        if (since == 0) { // who holds something back after this look wakes it
          LockSupport.park(this);
        }
        asleep = false;
        vain = 0;
      } else {
        LockSupport.parkNanos(this, LOOK_NANOS);
        if (first != 0) {
          vain = 0;
          if (since == first) {
            flush.run();
          }
        }
      }
    }
  }
}
