package dev.heddle.asyncio.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Bytes that were written and not accepted by the channel yet. */
final class WriteBuffer {
  /** One write offers at most so much, since the JDK keeps a copy of that size for the thread outside the heap. */
  private static final int MAX_WRITE = 64 * 1024;

  /** One write takes at most so many buffers, fewer than any system's limit. */
  private static final int MAX_BUFFERS = 16;

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final ByteBuffer[] batch = new ByteBuffer[MAX_BUFFERS];
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private long size;

  void add(ByteBuffer bytes) {
    if (bytes.hasRemaining()) {
      buffers.add(bytes);
      size += bytes.remaining();
    }
  }

  /** Writes as much as the transport accepts; returns whether that was all. */
  boolean flush(Transport transport) throws IOException {
    while (!buffers.isEmpty()) {
      int count = 0;
      long offered = 0;
      for (ByteBuffer each : buffers) {
        if (count == MAX_BUFFERS || offered == MAX_WRITE) {
          break;
        }
        int length = (int) Math.min(each.remaining(), MAX_WRITE - offered);
        batch[count++] = each.slice(each.position(), length);
        offered += length;
      }
      long written = transport.write(batch, count);
      Arrays.fill(batch, 0, count, NONE);
      taken(written);
      if (written < offered) {
        return false;
      }
    }
    return true;
  }

  private void taken(long written) {
    size -= written;
    long left = written;
    for (ByteBuffer first = buffers.peek(); first != null && left >= first.remaining(); first = buffers.peek()) {
      left -= first.remaining();
      buffers.remove();
    }
    if (left > 0) {
      ByteBuffer first = buffers.element();
      first.position(first.position() + (int) left);
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  long size() {
    return size;
  }

  void clear() {
    buffers.clear();
    size = 0;
  }
}
