package dev.heddle.codec;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are being read. Nothing they say is believed: a length is compared with what is left before anything is
 * allocated. Not thread-safe.
 */
final class Source {
  private final byte[] bytes;
  private final int end;
  private int position;

  Source(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  Source(byte[] bytes, int start, int end) {
    if (start < 0 || end > bytes.length || start > end) {
      throw new MalformedException("a part from " + start + " to " + end + " of " + bytes.length + " bytes");
    }
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  int remaining() {
    return end - position;
  }

  /** Everything that is left, as a stream. */
  InputStream stream() {
    return new ByteArrayInputStream(bytes, position, remaining());
  }

  byte[] rest() {
    return Arrays.copyOfRange(bytes, position, end);
  }

  /** The next bytes, to be read apart. */
  Source part(int count) {
    int at = take(count);
    return new Source(bytes, at, at + count);
  }

  private int take(long count) {
    if (count < 0 || count > end - position) {
      throw new MalformedException("it ends " + (count - (end - position)) + " bytes too early");
    }
    int at = position;
    position += (int) count;
    return at;
  }

  int get() {
    int at = take(1);
    return bytes[at];
  }

  short getShort() {
    int at = take(2);
    return (short) Sink.SHORTS.get(bytes, at);
  }

  int getInt() {
    int at = take(4);
    return (int) Sink.INTS.get(bytes, at);
  }

  long getLong() {
    int at = take(8);
    return (long) Sink.LONGS.get(bytes, at);
  }

  int getSize() {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int b = get();
      value |= (b & 0x7f) << shift;
      if (b >= 0) {
        if (value < 0) {
          break;
        }
        return value;
      }
    }
    throw new MalformedException("a size that is no number from 0 to " + Integer.MAX_VALUE);
  }

  /** A count of things that take at least one byte each. */
  int getCount() {
    int count = getSize();
    if (count > remaining()) {
      throw new MalformedException("it claims " + count + " values in " + remaining() + " bytes");
    }
    return count;
  }

  String getString() {
    int length = getSize();
    if (get() == 0) {
      int at = take(length);
      return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    }
    int at = take(2L * length);
    char[] chars = new char[length];
    for (int i = 0; i < length; i++) {
      chars[i] = (char) (short) Sink.SHORTS.get(bytes, at + 2 * i);
    }
    return new String(chars);
  }

  /** Fills a part of an array with Integers, Longs or Doubles. */
  void getRun(int tag, @Nullable Object[] to, int from, int count) {
    int at = take((tag == Tag.INT ? 4L : 8L) * count);
    for (int i = from; i < from + count; i++) {
      switch (tag) {
        case Tag.INT -> {
          to[i] = (int) Sink.INTS.get(bytes, at);
          at += 4;
        }
        case Tag.LONG -> {
          to[i] = (long) Sink.LONGS.get(bytes, at);
          at += 8;
        }
        case Tag.DOUBLE -> {
          to[i] = Double.longBitsToDouble((long) Sink.LONGS.get(bytes, at));
          at += 8;
        }
        default -> throw new MalformedException("a run of values of type " + tag);
      }
    }
  }

  Object getArray(ArrayKind kind) {
    int length = getSize();
    int at = take((long) length * kind.bytes());
    Object array = kind.create(length);
    kind.copyIn(MemorySegment.ofArray(bytes), at, array, length);
    return array;
  }
}
