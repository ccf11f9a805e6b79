package dev.heddle.asyncio.io.memory;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;

/** One direction of a connection in memory: a bounded ring of bytes. */
final class MemoryPipe {
  private static final int INITIAL = 1024;

  private final int capacity;
  private byte[] ring;
  private int head;
  private int size;
  /** Whether the writing end has ended its output. */
  private boolean ended;
  /** Whether the reading end is closed. */
  private boolean discards;
  private boolean reset;

  MemoryPipe(int capacity) {
    this.capacity = capacity;
    this.ring = new byte[Math.min(capacity, INITIAL)];
  }

  /** Whether a read returns at once: with bytes, at the end, or with an exception. */
  boolean isReadable() {
    return size > 0 || ended || reset;
  }

  /** Whether a write takes a byte, or fails. */
  boolean isWritable() {
    return size < capacity || discards || reset;
  }

  int read(ByteBuffer into) throws IOException {
    checkNoReset();
    if (size == 0) {
      return ended ? -1 : 0;
    }
    int count = Math.min(size, into.remaining());
    int first = Math.min(count, ring.length - head);
    into.put(ring, head, first);
    into.put(ring, 0, count - first);
    head = (head + count) % ring.length;
    size -= count;
    if (size == 0) {
      head = 0;
      if (ring.length > 16 * INITIAL) {
        ring = new byte[INITIAL];
      }
    }
    return count;
  }

  int write(ByteBuffer from) throws IOException {
    checkNoReset();
    if (discards) {
      throw new SocketException("broken pipe: the other end in memory is closed");
    }
    int count = Math.min(from.remaining(), capacity - size);
    if (size + count > ring.length) {
      grow(size + count);
    }
    int tail = (head + size) % ring.length;
    int first = Math.min(count, ring.length - tail);
    from.get(ring, tail, first);
    from.get(ring, 0, count - first);
    size += count;
    return count;
  }

  private void grow(int least) {
    byte[] bigger = new byte[Math.min(capacity, Math.max(least, ring.length * 2))];
    int first = Math.min(size, ring.length - head);
    System.arraycopy(ring, head, bigger, 0, first);
    System.arraycopy(ring, 0, bigger, first, size - first);
    ring = bigger;
    head = 0;
  }

  private void checkNoReset() throws IOException {
    if (reset) {
      throw new SocketException("connection reset: the other end in memory was aborted");
    }
  }

  void end() {
    ended = true;
  }

  void stopReading() {
    discards = true;
  }

  void reset() {
    reset = true;
    size = 0;
  }
}
