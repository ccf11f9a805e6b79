package dev.heddle.subprocess;

import java.io.InputStream;

/** Hands an output from the pump to one reader through a buffer that does not grow. Thread-safe. */
final class StreamSink extends ReadableSink {
  private final String what;
  private final byte[] ring = new byte[64 * 1024];
  private int start;
  private int size;
  private boolean closed;

  StreamSink(String what) {
    this.what = what;
  }

  @Override
  public boolean accept(byte[] bytes, int length) {
    lock.lock();
    try {
      for (int done = 0; done < length;) {
        while (size == ring.length && !closed && !hasEnded()) {
          changed.awaitUninterruptibly(); // whoever ends the process calls end()
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
    end(); // what is in the buffer can still be read
  }

  InputStream reader() {
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
