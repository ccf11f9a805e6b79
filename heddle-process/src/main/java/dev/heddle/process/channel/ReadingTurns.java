package dev.heddle.process.channel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Decides which thread reads a worker's messages: threads that wait for results, or the channel's own thread, which does not
 * read as long as others do, and a little longer: otherwise each message would wake it in vain. Thread-safe.
 */
final class ReadingTurns {
  private static final long GOES_ON_NANOS = 200_000; // after so long without a reader the channel's thread reads itself

  private final Thread own;
  private final AtomicInteger pollers = new AtomicInteger();
  private volatile long lastPolled = System.nanoTime() - GOES_ON_NANOS;
  private volatile boolean aside; // the channel's thread

  /** Creates turns in which the channel's thread reads. */
  ReadingTurns(Thread own) {
    this.own = own;
  }

  /** The calling thread is going to read again and again. */
  void beginPolling() {
    pollers.incrementAndGet();
  }

  /** The calling thread reads no more; successful if it or another one is likely to do so again soon. */
  void endPolling(boolean successful) {
    if (successful) {
      lastPolled = System.nanoTime();
    }
    if (pollers.decrementAndGet() == 0 && !successful && aside) {
      LockSupport.unpark(own);
    }
  }

  /** Whether others read, or did a moment ago. */
  boolean isPolled() {
    return pollers.get() > 0 || System.nanoTime() - lastPolled < GOES_ON_NANOS;
  }

  /** Waits a moment, as long as others read; for the channel's thread. */
  void standAside() {
    aside = true;
    if (isPolled()) {
      LockSupport.parkNanos(this, GOES_ON_NANOS);
    }
    aside = false;
  }
}
