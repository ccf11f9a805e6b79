package dev.heddle.asyncio.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/** Bytes that were read from a channel and not taken yet. */
final class ReadBuffer {
  private byte[] bytes = new byte[1024];
  private int start;
  private int end;
  private boolean ended;

  /** Reads what is available; returns the number of bytes, or -1 at the end. */
  int fill(ReadableByteChannel channel) throws IOException {
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
    int read = channel.read(ByteBuffer.wrap(bytes, end, bytes.length - end));
    if (read < 0) {
      ended = true;
    } else {
      end += read;
    }
    return read;
  }

  boolean hasEnded() {
    return ended;
  }

  int size() {
    return end - start;
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

  byte at(int index) {
    return bytes[start + index];
  }

  byte[] take(int count) {
    byte[] taken = Arrays.copyOfRange(bytes, start, start + count);
    start += count;
    return taken;
  }
}
