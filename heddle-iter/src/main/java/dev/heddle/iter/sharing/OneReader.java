package dev.heddle.iter.sharing;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time into a step and refuses the others, nearly without cost as long as it is always the same thread.
 *
 * <p>The first thread to come is remembered. It notes in this very object that it is inside, without an atomic operation,
 * which would cost as much as the step. When a second thread comes, {@link #shared} is set, and the stack trace of the first
 * is asked for: that stops it at a safepoint, where all it has written can be seen, and behind which it sees {@code shared}.
 * So it is known then whether it is inside ({@link #settled}), and from then on every thread takes {@link #taken} by an
 * atomic operation.
 */
@SuppressWarnings("serial") // not serialized
class OneReader extends AtomicBoolean {
  private final AtomicBoolean taken = new AtomicBoolean();
  private volatile boolean shared;
  private volatile boolean settled;

  /** The number of the first thread; 0: there was none yet. */
  private long first;

  /** Weak: what a thread that waits for ever has on its stack must not stay in memory for this. */
  private @Nullable WeakReference<Thread> firstThread;

  /** Enters a step if no other thread has ever done so; if not, nothing has happened, and {@link #enterShared} is for it. */
  boolean enterAlone() {
    if (first != Thread.currentThread().threadId()) {
      return !settled && isFirst() && enterAlone();
    }
    if (getPlain()) {
      throw refused();
    }
    setRelease(true);
    if (!shared) { // in this order, with no safepoint between the two
      return true;
    }
    setRelease(false);
    return false;
  }

  void leaveAlone() {
    setRelease(false);
  }

  /** Enters a step as one of several threads. */
  void enterShared() {
    if (get() || taken.getAndSet(true)) {
      throw refused();
    }
  }

  void leaveShared() {
    taken.setRelease(false);
  }

  /** Whether this thread has just become the first; if not, the steps are shared from now on. */
  private synchronized boolean isFirst() {
    Thread current = Thread.currentThread();
    if (first == 0) {
      firstThread = new WeakReference<>(current);
      first = current.threadId();
      return true;
    }
    if (!settled) {
      shared = true;
      Thread before = firstThread == null ? null : firstThread.get();
      if (before != null) {
        before.getStackTrace();
      }
      settled = true;
    }
    return false;
  }

  static IllegalStateException refused() {
    return new IllegalStateException(
        "a branch of tee was asked for an element while another one was reading the source: by the source itself, which must"
            + " read from its own source instead, or by another thread, for which there is concurrentTee");
  }
}
