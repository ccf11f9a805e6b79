package dev.heddle.subprocess;

import java.io.InputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Hands an output from the pump to one reader through a buffer that does not grow. Thread-safe. */
final class StreamSink implements Sink {
  private final String what;
  private final byte[] ring = new byte[64 * 1024];
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int start;
  private int size;
  private boolean ended;
  private boolean closed;
  private @Nullable Throwable failure;

  StreamSink(String what) {
    this.what = what;
  }

  @Override
  public boolean accept(byte[] bytes, int length) {
    lock.lock();
    try {
      for (int done = 0; done < length; ) {
        while (size == ring.length && !closed && !ended) {
          changed.awaitUninterruptibly(); // whoever ends the process calls end()
        }
        if (closed || ended) {
          return false;
        }
        int at = (start + size) % ring.length;
        int count = Math.min(length - done, Math.min(ring.length - size, ring.length - at));
        System.arraycopy(bytes, done, ring, at, count);
        size += count;
        done += count;
        changed.signalAll();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void fail(Throwable error) {
    lock.lock();
    try {
      failure = error;
      end();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop() {
    end(); // what is in the buffer can still be read
  }

  InputStream reader() {
    return new OutputReader(what, lock, changed) {
      @Override
      int ready() {
        return size;
      }

      @Override
      boolean isEnded() {
        return ended;
      }

      @Override
      @Nullable Throwable failure() {
        return failure;
      }

      @Override
      int take(byte[] bytes, int offset, int length) {
        int count = Math.min(length, Math.min(size, ring.length - start));
        System.arraycopy(ring, start, bytes, offset, count);
        start = (start + count) % ring.length;
        size -= count;
        return count;
      }

      @Override
      void onClose() {
        closed = true;
      }
    };
  }
}
