package dev.heddle.subprocess.io;

import java.io.InputStream;

/** A sink that passes an output to one reader through a buffer of fixed size. Thread-safe. */
public final class StreamSink extends ReadableSink {
  private final String what;
  private final byte[] ring = new byte[64 * 1024];
  private int start;
  private int size;
  private boolean closed;

  /** Creates a sink; {@code what} names the command in messages. */
  public StreamSink(String what) {
    this.what = what;
  }

  @Override
  public boolean accept(byte[] bytes, int length) {
    lock.lock();
    try {
      for (int done = 0; done < length;) {
        while (size == ring.length && !closed && !hasEnded()) {
          changed.awaitUninterruptibly(); // ending the process calls end()
        }
        if (closed || hasEnded()) {
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
  public void stop() {
    end(); // the bytes in the buffer can still be read
  }

  /** Returns a stream that reads the buffer. */
  public InputStream reader() {
    return new Reader(what) {
      @Override
      int ready() {
        return size;
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
