package dev.heddle.process.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames from a channel. For one thread at a time.
 *
 * <p>It trusts nothing: a length beyond the limit is an error, and memory for a long body is taken as its bytes come, not as
 * its header announces them.
 */
public final class FrameReader {
  private static final int BUFFER = 1 << 16;
  private static final int FIRST_PART = 1 << 20;

  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0); // between calls: what is unread
  private final byte firstType;
  private final byte lastType;
  private final long maxBody;
  private byte type;
  private int id;
  private long value;
  private long time;
  private int length;
  private byte @Nullable [] body; // of a frame that is not complete yet
  private int filled;
  private long received;

  private FrameReader(byte firstType, byte lastType, long maxBody) {
    this.firstType = firstType;
    this.lastType = lastType;
    this.maxBody = Math.min(maxBody, Integer.MAX_VALUE - 8L);
  }

  /**
   * Returns a reader of what workers send.
   *
   * @param maxBody how long a body may be, in bytes
   */
  public static FrameReader ofParent(long maxBody) {
    return new FrameReader(Frame.HELLO, Frame.EXITING, maxBody);
  }

  /** Returns a reader of what the parent sends. */
  public static FrameReader ofWorker() {
    return new FrameReader(Frame.DEFINE, Frame.QUIT, Integer.MAX_VALUE);
  }

  /**
   * Reads once from a channel.
   *
   * @return how many bytes came; 0 if none are there, -1 at the end
   */
  public int fill(ReadableByteChannel channel) throws IOException {
    in.compact();
    try {
      int come = channel.read(in);
      received += Math.max(0, come);
      return come;
    } finally {
      in.flip();
    }
  }

  /** Returns the number of bytes read so far. */
  public long received() {
    return received;
  }

  /** Whether the channel gave as much as there was room for, so that more may be there. */
  public boolean isFull() {
    return in.limit() == in.capacity();
  }

  /** Whether something was read that {@link #next} has not given out, be it a part of a frame. */
  public boolean hasMore() {
    return in.hasRemaining();
  }

  /** Forgets what was read, when there is no memory for it; nothing can be read after that. */
  public void clear() {
    body = null;
    in.clear().limit(0);
  }

  /** The next complete frame of what was read, or null if there is none yet. */
  public @Nullable Frame next() throws MalformedFrameException {
    if (body == null) {
      if (in.remaining() < Frame.HEADER) {
        return null;
      }
      length = in.getInt();
      type = in.get();
      id = in.getInt();
      value = in.getLong();
      time = in.getLong();
      if (type < firstType || type > lastType) {
        throw new MalformedFrameException("a frame of the unknown type " + type);
      }
      if (length < 0 || length > maxBody) {
        throw new MalformedFrameException(
            "a frame of type " + type + " announces a body of " + length + " bytes; from 0 to " + maxBody + " are allowed");
      }
      body = new byte[in.remaining() >= length ? length : Math.min(length, FIRST_PART)];
      filled = 0;
    }
    return copied(body);
  }

  private @Nullable Frame copied(byte[] target) {
    byte[] part = target;
    int come = Math.min(in.remaining(), length - filled);
    if (filled + come > part.length) {
      part = Arrays.copyOf(part, (int) Math.min(length, Math.max(filled + come, part.length * 2L)));
      body = part;
    }
    in.get(part, filled, come);
    filled += come;
    if (filled < length) {
      return null;
    }
    body = null;
    return new Frame(type, id, value, time, part.length == length ? part : Arrays.copyOf(part, length));
  }
}
