package dev.heddle.asyncio.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes that were written and not accepted by the channel yet. */
final class WriteBuffer {
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
      size -= channel.write(first);
      if (first.hasRemaining()) {
        return false;
      }
      buffers.remove();
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
