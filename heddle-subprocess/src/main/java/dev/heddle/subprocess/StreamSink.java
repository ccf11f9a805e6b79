package dev.heddle.subprocess;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

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
  public void stop() {
    end(); // what is in the buffer can still be read
  }

  InputStream reader() {
    return new Reader();
  }

  private final class Reader extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      lock.lock();
      try {
        while (size == 0 && !ended && !closed && length > 0) {
          changed.await();
        }
        if (closed) {
          throw new IOException("this stream was closed");
        }
        int count = Math.min(length, Math.min(size, ring.length - start));
        System.arraycopy(ring, start, bytes, offset, count);
        start = (start + count) % ring.length;
        size -= count;
        changed.signalAll();
        return count == 0 && length > 0 ? -1 : count;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("interrupted while reading the output of '" + what + "'").initCause(e);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public int available() {
      lock.lock();
      try {
        return size;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        closed = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
