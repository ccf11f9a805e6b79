package dev.heddle.process.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Collects frames and writes them to a channel. Thread-safe; {@link #put} never blocks, {@link #flush} only if the channel
 * does.
 *
 * <p>Small frames are gathered in one buffer. What does not fit waits in line, uncopied, and goes through the buffer piece
 * by piece: handing a large array to a channel would make it take as much memory outside the heap.
 */
public final class FrameWriter {
  private static final int BUFFER = 1 << 16;
  private static final int MOST_AT_ONCE = 1 << 20;

  private final ByteBuffer out; // filled from the start; its position is where the next byte goes
  private final @Nullable Outbox outbox;
  private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();
  private int sent; // of what is in the buffer
  private volatile boolean empty = true;

  /** A writer with a buffer of its own. */
  public FrameWriter() {
    this.out = ByteBuffer.allocateDirect(BUFFER);
    this.outbox = null;
  }

  /** A writer whose buffer outlives this process. */
  public FrameWriter(Outbox outbox) {
    this.out = outbox.buffer();
    this.outbox = outbox;
  }

  /**
   * Adds a frame, which {@link #flush} will write.
   *
   * @return whether the buffer had room for it
   */
  public boolean put(byte type, int id, long value, byte[] body) {
    return put(type, id, value, 0, body);
  }

  /**
   * Adds a frame with a time, which {@link #flush} will write.
   *
   * @return whether the buffer had room for it
   */
  public synchronized boolean put(byte type, int id, long value, long time, byte[] body) {
    empty = false;
    if (waiting.isEmpty() && out.remaining() >= Frame.HEADER + body.length) {
      header(out, type, id, value, time, body.length);
      out.put(body);
      filled();
      return true;
    }
    waiting.add(header(ByteBuffer.allocate(Frame.HEADER), type, id, value, time, body.length).flip());
    waiting.add(ByteBuffer.wrap(body));
    return false;
  }

  private static ByteBuffer header(ByteBuffer to, byte type, int id, long value, long time, int length) {
    return to.putInt(length).put(type).putInt(id).putLong(value).putLong(time);
  }

  private void filled() {
    if (outbox != null) {
      outbox.filled(out.position());
    }
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
      int written = write(channel);
      sum += written;
      if (!empty && (written == 0 || sum >= MOST_AT_ONCE)) {
        return false;
      }
    }
    return true;
  }

  private void refill() {
    if (waiting.isEmpty()) {
      return;
    }
    while (!waiting.isEmpty() && out.hasRemaining()) {
      ByteBuffer next = waiting.getFirst();
      int size = Math.min(next.remaining(), out.remaining());
      out.put(next.slice(next.position(), size));
      next.position(next.position() + size);
      if (!next.hasRemaining()) {
        waiting.removeFirst();
      }
    }
    filled();
  }

  private int write(WritableByteChannel channel) throws IOException {
    int end = out.position();
    int written = 0;
    out.limit(end).position(sent);
    try {
      written = channel.write(out);
    } finally {
      sent += written;
      out.limit(out.capacity()).position(end);
    }
    if (sent == end) {
      out.clear();
      sent = 0;
      if (outbox != null) {
        outbox.sent(end);
      }
      empty = waiting.isEmpty();
    }
    return written;
  }

  /** Whether everything that was put has been written. */
  public boolean isEmpty() {
    return empty;
  }
}
