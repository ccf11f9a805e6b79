package dev.heddle.asyncio.loop;

import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.diagnostics.ProblemReporter;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The wait of a loop that has nothing to do: it parks its thread or, once it has channels, selects.
 *
 * <p>Confined to the loop's thread, except for {@link #wake}.
 */
final class Parking {
  /** A busy loop polls its I/O at the first turn after so many nanoseconds; a quarter of the promised millisecond. */
  private static final long POLL_INTERVAL = 250_000;

  /** The selector's unit, in nanoseconds; a shorter wait parks. */
  private static final long MILLISECOND = 1_000_000;

  /** With channels, a short wait polls at least so often, in nanoseconds. */
  private static final long SHORT_PARK = 200_000;

  /** The activity of the loop's thread, for {@link #wake}. */
  private enum Mode {
    RUNNING, PARKED, SELECTING
  }

  private final ProblemReporter problems;
  private final boolean virtualTime;
  private final Thread thread = Thread.currentThread();
  private final Inbox inbox;
  private @Nullable Poller poller;
  private long polled;
  private volatile Mode mode = Mode.RUNNING;

  /** Parks the calling thread. A post to the inbox ends a wait if {@link #wake} is called after it. */
  Parking(Inbox inbox, ProblemReporter problems, boolean virtualTime) {
    this.inbox = inbox;
    this.problems = problems;
    this.virtualTime = virtualTime;
  }

  /** Ends the wait, if there is one. Any thread may call this. */
  void wake() {
    switch (mode) {
      case RUNNING -> {
      }
      case PARKED -> LockSupport.unpark(thread);
      case SELECTING -> {
        if (poller != null) {
          poller.wakeUp();
        }
      }
    }
  }

  /**
   * Waits until something is posted, I/O is ready, the thread is interrupted or the time has passed; it may return earlier.
   *
   * @param nanos zero does not wait, {@link Long#MAX_VALUE} has no bound
   */
  void park(long nanos) {
    Poller open = poller;
    boolean select = open != null && nanos >= MILLISECOND;
    mode = select ? Mode.SELECTING : Mode.PARKED; // before the inbox is checked: a thread that posts later sees it
    try {
      if (!inbox.isEmpty() || nanos == 0 || thread.isInterrupted()) {
        if (open != null) {
          open.poll(0);
        }
      } else if (open == null) {
        if (nanos == Long.MAX_VALUE) {
          LockSupport.park(this);
        } else {
          LockSupport.parkNanos(this, nanos);
        }
      } else if (select) {
        open.poll(nanos);
      } else if (!open.poll(0)) {
        LockSupport.parkNanos(this, Math.min(nanos, SHORT_PARK));
      }
    } finally {
      mode = Mode.RUNNING;
      if (open != null) {
        polled = System.nanoTime();
      }
    }
  }

  /** Polls the I/O of a busy loop if it is time to, or if a timer is due, so that neither waits for the other. */
  void pollIfDue(TimerHeap timers) {
    Poller open = poller;
    if (open != null) {
      long now = System.nanoTime();
      if (now - polled >= POLL_INTERVAL || (!timers.isEmpty() && timers.nextDeadline() - now <= 0)) {
        open.poll(0);
        polled = now;
      }
    }
  }

  /** The poller with which channels register; opened by the first call. */
  Poller poller() {
    if (virtualTime) {
      throw new LoopStateException(
          "a loop in virtual time has no channels, since their peers run in real time; test such code with a loop in real time, or"
              + " with streams in memory (ByteStream.pair, StreamServer.connectInMemory)");
    }
    Poller open = poller;
    if (open == null) {
      open = new Poller(problems);
      poller = open;
    }
    return open;
  }

  boolean hasChannels() {
    return poller != null && poller.hasChannels();
  }

  void close() {
    if (poller != null) {
      poller.close();
    }
  }
}
