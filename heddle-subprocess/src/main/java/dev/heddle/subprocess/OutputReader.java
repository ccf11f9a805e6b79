package dev.heddle.subprocess;

import dev.heddle.futures.spi.NonBlocking;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Reads from a sink what a pump has put there; a read waits for more, until the end, a close or an interrupt. */
abstract class OutputReader extends InputStream {
  private final String what;
  private final ReentrantLock lock;
  private final Condition changed;
  private boolean closed;

  /**
   * A reader of one sink.
   *
   * @param lock guards the sink; it is held when the abstract methods are called
   * @param changed signalled when there is more, or no more to come
   */
  OutputReader(String what, ReentrantLock lock, Condition changed) {
    this.what = what;
    this.lock = lock;
    this.changed = changed;
  }

  /** How many bytes can be taken now. */
  abstract int ready();

  /** Whether no more will come. */
  abstract boolean isEnded();

  /** Why it ended before the child's end, or null if it did not. */
  abstract @Nullable Throwable failure();

  /** Takes some of the bytes that are ready, at least one. */
  abstract int take(byte[] bytes, int offset, int length);

  /** Nobody will read here any more. */
  void onClose() {}

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public final int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      while (ready() == 0 && !isEnded() && !closed) {
        NonBlocking.check("reading the output of '" + what + "', which has not come yet,");
        changed.await();
      }
      if (closed) {
        throw new IOException("this stream of the output of '" + what + "' was closed");
      }
      if (ready() == 0) {
        Throwable failure = failure();
        if (failure != null) {
          throw new IOException("the output of '" + what + "' is not complete: " + failure.getMessage(), failure);
        }
        return -1;
      }
      int count = take(bytes, offset, length);
      changed.signalAll();
      return count;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException(
          "interrupted while reading the output of '" + what + "'");
      interrupted.initCause(e);
      throw interrupted;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final int available() {
    lock.lock();
    try {
      return ready();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final void close() {
    lock.lock();
    try {
      closed = true;
      onClose();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
