package dev.heddle.asyncio;

import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How a loop waits when it has nothing to do: it parks its thread or, once it has channels, selects.
 *
 * <p>Confined to the loop's thread, save {@link #wake}.
 */
final class Parking {
  /** How often a busy loop looks after its I/O. */
  private static final int TURNS_PER_POLL = 16;

  private final EventLoop loop;
  private final Thread thread = Thread.currentThread();
  private final Inbox inbox;
  private @Nullable Poller poller;
  private int turns;
  private volatile boolean parked;

  /** For the calling thread; what is put into the inbox ends a wait, if {@link #wake} is called then. */
  Parking(EventLoop loop, Inbox inbox) {
    this.loop = loop;
    this.inbox = inbox;
  }

  /** Ends the wait, if there is one; for any thread. */
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
   * Waits until something is posted, I/O is ready, the thread is interrupted or the time is over.
   *
   * @param nanos zero does not wait, {@link Long#MAX_VALUE} has no bound
   */
  void park(long nanos) {
    parked = true; // before the look into the inbox: who adds something later sees it
    try {
      if (!inbox.isEmpty() || nanos == 0 || thread.isInterrupted()) {
        if (poller != null) {
          poller.poll(0);
        }
      } else if (poller != null) {
        poller.poll(nanos);
      } else if (nanos == Long.MAX_VALUE) {
        LockSupport.park(loop);
      } else {
        LockSupport.parkNanos(loop, nanos);
      }
    } finally {
      parked = false;
    }
  }

  /** Looks after the I/O of a busy loop, every few turns. */
  void pollNowAndThen() {
    if (poller != null && ++turns % TURNS_PER_POLL == 0) {
      poller.poll(0);
    }
  }

  /** Where channels register; opened with the first of them. */
  Poller poller() {
    if (loop.options.virtualTime()) {
      throw new LoopStateException(
          "a loop in virtual time has no channels: the other side goes by real time; test such code with a loop in real time, or"
              + " put queues in place of the channels");
    }
    Poller open = poller;
    if (open == null) {
      open = new Poller(loop);
      poller = open;
    }
    return open;
  }

  /** The streams with data that has not gone out. */
  Set<TcpStream> unsent() {
    return poller == null ? Set.of() : poller.unsent();
  }

  void close() {
    if (poller != null) {
      poller.close();
    }
  }
}
