package dev.heddle.asyncio.loop;

import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.diagnostics.ProblemReporter;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The wait of a loop that has nothing to do: it parks its thread or, once it has channels, selects.
 *
 * <p>Confined to the loop's thread, except for {@link #wake}.
 */
final class Parking {
  /** A busy loop polls its I/O once in so many turns. */
  private static final int TURNS_PER_POLL = 16;

  private final ProblemReporter problems;
  private final boolean virtualTime;
  private final Thread thread = Thread.currentThread();
  private final Inbox inbox;
  private @Nullable Poller poller;
  private int turns;
  private volatile boolean parked;

  /** Parks the calling thread. A post to the inbox ends a wait if {@link #wake} is called after it. */
  Parking(Inbox inbox, ProblemReporter problems, boolean virtualTime) {
    this.inbox = inbox;
    this.problems = problems;
    this.virtualTime = virtualTime;
  }

  /** Ends the wait, if there is one. Any thread may call this. */
  void wake() {
    if (parked) {
      Poller selecting = poller;
      if (selecting == null) {
        LockSupport.unpark(thread);
      } else {
        selecting.wakeUp();
      }
    }
  }

  /**
   * Waits until something is posted, I/O is ready, the thread is interrupted or the time has passed.
   *
   * @param nanos zero does not wait, {@link Long#MAX_VALUE} has no bound
   */
  void park(long nanos) {
    parked = true; // before the inbox is checked: a thread that posts later sees it
    try {
      if (!inbox.isEmpty() || nanos == 0 || thread.isInterrupted()) {
        if (poller != null) {
          poller.poll(0);
        }
      } else if (poller != null) {
        poller.poll(nanos);
      } else if (nanos == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, nanos);
      }
    } finally {
      parked = false;
    }
  }

  /** Polls the I/O of a busy loop, every few turns. */
  void pollNowAndThen() {
    if (poller != null && ++turns % TURNS_PER_POLL == 0) {
      poller.poll(0);
    }
  }

  /** The poller with which channels register; opened by the first call. */
  Poller poller() {
    if (virtualTime) {
      throw new LoopStateException(
          "a loop in virtual time has no channels, since their peers run in real time; test such code with a loop in real time, or"
              + " replace the channels by queues");
    }
    Poller open = poller;
    if (open == null) {
      open = new Poller(problems);
      poller = open;
    }
    return open;
  }

  /** The channels with data that was not sent yet; a copy. */
  List<PendingOutput> pendingOutput() {
    return poller == null ? List.of() : poller.pendingOutput();
  }

  void close() {
    if (poller != null) {
      poller.close();
    }
  }
}
