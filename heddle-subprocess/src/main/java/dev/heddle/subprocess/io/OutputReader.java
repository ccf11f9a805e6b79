package dev.heddle.subprocess.io;

import dev.heddle.futures.spi.NonBlocking;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A stream that reads from a sink; a read waits for bytes, until the end, a close or an interrupt. */
public abstract class OutputReader extends InputStream {
  private final String what;
  private final ReentrantLock lock;
  private final Condition changed;
  private boolean closed;

  /**
   * Creates a reader of one sink.
   *
   * @param lock the lock of the sink, which is held when the abstract methods are called
   * @param changed signalled when there are more bytes, or the end
   */
  OutputReader(String what, ReentrantLock lock, Condition changed) {
    this.what = what;
    this.lock = lock;
    this.changed = changed;
  }

  /** Returns the number of bytes that can be taken. */
  abstract int ready();

  /** Returns whether the output has ended. */
  abstract boolean isEnded();

  /** Returns why the output is incomplete, or null if it is complete. */
  abstract @Nullable Throwable failure();

  /** Takes at least one of the bytes that are ready. */
  abstract int take(byte[] bytes, int offset, int length);

  /** Called when the stream is closed. */
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
