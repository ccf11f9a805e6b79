package dev.heddle.asyncio.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes that were written and not accepted by the channel yet. */
final class WriteBuffer {
  /** One write offers at most so much, since the JDK keeps a copy of that size for the thread outside the heap. */
  private static final int MAX_WRITE = 64 * 1024;

  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private long size;

  void add(ByteBuffer bytes) {
    if (bytes.hasRemaining()) {
      buffers.add(bytes);
      size += bytes.remaining();
    }
  }

  /** Writes as much as the channel accepts; returns whether that was all. */
  boolean flush(WritableByteChannel channel) throws IOException {
    for (ByteBuffer first = buffers.peek(); first != null; first = buffers.peek()) {
      int end = first.limit();
      first.limit(Math.min(end, first.position() + MAX_WRITE));
      try {
        size -= channel.write(first);
        if (first.hasRemaining()) {
          return false;
        }
      } finally {
        first.limit(end);
      }
      if (!first.hasRemaining()) {
        buffers.remove();
      }
    }
    return true;
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
