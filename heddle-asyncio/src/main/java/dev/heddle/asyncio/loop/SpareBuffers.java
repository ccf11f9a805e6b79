package dev.heddle.asyncio.loop;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Buffers that are not in use. A connection takes one when there is something to put in, and gives it back once that is gone:
 * so an idle connection has none, and a busy one costs no allocation. Confined to the loop's thread.
 */
public final class SpareBuffers {
  private static final int MOST = 4;

  /** Two TLS records, or more of what is smaller. */
  private static final int SIZE = 34 * 1024;

  private final Deque<ByteBuffer> spare = new ArrayDeque<>(MOST);

  SpareBuffers() {}

  /** Returns an empty buffer of at least this size. */
  public ByteBuffer take(int size) {
    ByteBuffer buffer = size > SIZE ? null : spare.poll();
    return buffer == null ? ByteBuffer.allocate(Math.max(size, SIZE)) : buffer.clear();
  }

  /** Takes a buffer back, which must not be used any more; one of another size is left to the garbage collector. */
  public void give(ByteBuffer buffer) {
    if (buffer.capacity() == SIZE && spare.size() < MOST) {
      spare.push(buffer);
    }
  }
}
