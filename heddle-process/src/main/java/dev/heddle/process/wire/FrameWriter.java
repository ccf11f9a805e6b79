package dev.heddle.process.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;

/**
 * Collects frames and writes them to a channel. Thread-safe; {@link #put} never blocks, {@link #flush} only if the channel
 * does.
 *
 * <p>Small frames are gathered in one buffer. What does not fit waits in line, uncopied, and goes through the buffer piece by
 * piece: handing a large array to a channel would make it take as much memory outside the heap.
 */
public final class FrameWriter {
  private static final int BUFFER = 1 << 16;
  private static final int MOST_AT_ONCE = 1 << 20;

  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER); // filled from the start
  private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();
  private volatile boolean empty = true;

  /** Adds a frame, which {@link #flush} will write. */
  public synchronized void put(byte type, int id, long value, byte[] body) {
    empty = false;
    if (waiting.isEmpty() && out.remaining() >= Frame.HEADER + body.length) {
      header(out, type, id, value, body.length);
      out.put(body);
      return;
    }
    waiting.add(header(ByteBuffer.allocate(Frame.HEADER), type, id, value, body.length).flip());
    waiting.add(ByteBuffer.wrap(body));
  }

  private static ByteBuffer header(ByteBuffer to, byte type, int id, long value, int length) {
    return to.putInt(length).put(type).putInt(id).putLong(value);
  }

  /**
   * Writes as much as the channel takes, but no more than about 1 MiB, so that the caller is not held up by large messages.
   *
   * @return whether nothing is left
   */
  public synchronized boolean flush(WritableByteChannel channel) throws IOException {
    int sum = 0;
    while (!empty) {
      refill();
      out.flip();
      int written;
      try {
        written = channel.write(out);
      } finally {
        out.compact();
      }
      empty = out.position() == 0 && waiting.isEmpty();
      sum += written;
      if (!empty && (written == 0 || sum >= MOST_AT_ONCE)) {
        return false;
      }
    }
    return true;
  }

  private void refill() {
    while (!waiting.isEmpty() && out.hasRemaining()) {
      ByteBuffer next = waiting.getFirst();
      int size = Math.min(next.remaining(), out.remaining());
      out.put(next.slice(next.position(), size));
      next.position(next.position() + size);
      if (!next.hasRemaining()) {
        waiting.removeFirst();
      }
    }
  }

  /** Whether everything that was put has been written. */
  public boolean isEmpty() {
    return empty;
  }
}
