package dev.heddle.asyncio.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that were read from a transport and not taken yet. */
final class ReadBuffer {
  private static final int INITIAL = 1024;

  /**
   * An empty buffer that is larger is replaced, so that an idle connection does not keep the memory of one large message.
   */
  private static final int MAX_IDLE = 16 * 1024;

  /** One read takes at most so much, since the JDK keeps a buffer of that size for the thread outside the heap. */
  private static final int MAX_READ = 64 * 1024;

  private byte[] bytes = new byte[INITIAL];
  private int start;
  private int end;
  private boolean ended;

  /** Whether the rest of a line that was too long is still to be dropped. */
  private boolean skipping;

  /** Reads what is available; returns the number of bytes, or -1 at the end. */
  int fill(Transport transport) throws IOException {
    if (start == end) {
      start = 0;
      end = 0;
    }
    if (end == bytes.length) {
      if (start > bytes.length / 2) {
        System.arraycopy(bytes, start, bytes, 0, end - start);
        end -= start;
        start = 0;
      } else {
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
      }
    }
    int read = transport.read(ByteBuffer.wrap(bytes, end, Math.min(bytes.length - end, MAX_READ)));
    if (read < 0) {
      ended = true;
    } else {
      end += read;
      if (end == bytes.length && bytes.length < MAX_IDLE) { // more was there: the next read is to take it at once
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
      }
    }
    return read;
  }

  boolean isSkipping() {
    return skipping;
  }

  void setSkipping(boolean skipping) {
    this.skipping = skipping;
  }

  /** Ends the input here. */
  void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  int size() {
    return end - start;
  }

  int capacity() {
    return bytes.length;
  }

  /** Returns the index of a byte, counted from the first that was not taken; -1 if it is not in the buffer. */
  int find(byte wanted, int from) {
    for (int i = start + from; i < end; i++) {
      if (bytes[i] == wanted) {
        return i - start;
      }
    }
    return -1;
  }

  /** Returns the index of a sequence, as {@link #find(byte, int)}. */
  int find(byte[] wanted, int from) {
    for (int i = Math.max(0, from); i <= size() - wanted.length; i++) {
      if (Arrays.equals(bytes, start + i, start + i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  /** Removes everything, without the end. */
  ByteBuffer takeAll() {
    return ByteBuffer.wrap(take(size()));
  }

  byte[] take(int count) {
    byte[] taken = Arrays.copyOfRange(bytes, start, start + count);
    drop(count);
    return taken;
  }

  /** Removes bytes without returning them. */
  void drop(int count) {
    start += count;
    if (start == end) {
      start = 0;
      end = 0;
      if (bytes.length > MAX_IDLE) {
        bytes = new byte[INITIAL];
      }
    }
  }
}
