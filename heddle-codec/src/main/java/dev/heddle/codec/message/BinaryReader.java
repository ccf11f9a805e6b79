package dev.heddle.codec.message;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers, strings and arrays from a byte array. The bytes are not trusted: each length is compared with what is left
 * before anything is allocated. Not thread-safe.
 */
public final class BinaryReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  public BinaryReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  public BinaryReader(byte[] bytes, int start, int end) {
    if (start < 0 || end > bytes.length || start > end) {
      throw new MalformedException("a part from " + start + " to " + end + " of " + bytes.length + " bytes");
    }
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  public int remaining() {
    return end - position;
  }

  /** Returns the remaining bytes as a stream. */
  public InputStream stream() {
    return new ByteArrayInputStream(bytes, position, remaining());
  }

  public byte[] rest() {
    return Arrays.copyOfRange(bytes, position, end);
  }

  /** Returns a reader of the next bytes, and skips them. */
  public BinaryReader part(int count) {
    int at = take(count);
    return new BinaryReader(bytes, at, at + count);
  }

  private int take(long count) {
    if (count < 0 || count > end - position) {
      throw new MalformedException("it ends " + (count - (end - position)) + " bytes too early");
    }
    int at = position;
    position += (int) count;
    return at;
  }

  public int get() {
    int at = take(1);
    return bytes[at];
  }

  public short getShort() {
    int at = take(2);
    return (short) BinaryWriter.SHORTS.get(bytes, at);
  }

  public int getInt() {
    int at = take(4);
    return (int) BinaryWriter.INTS.get(bytes, at);
  }

  public long getLong() {
    int at = take(8);
    return (long) BinaryWriter.LONGS.get(bytes, at);
  }

  public int getSize() {
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

  /** Reads a count of elements that take at least one byte each. */
  public int getCount() {
    int count = getSize();
    if (count > remaining()) {
      throw new MalformedException("it claims " + count + " values in " + remaining() + " bytes");
    }
    return count;
  }

  public String getString() {
    int length = getSize();
    if (get() == 0) {
      int at = take(length);
      return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    }
    int at = take(2L * length);
    char[] chars = new char[length];
    for (int i = 0; i < length; i++) {
      chars[i] = (char) (short) BinaryWriter.SHORTS.get(bytes, at + 2 * i);
    }
    return new String(chars);
  }

  /** Reads Integers, Longs or Doubles into a part of an array. */
  public void getRun(int tag, @Nullable Object[] to, int from, int count) {
    int at = take((tag == ValueTag.INT ? 4L : 8L) * count);
    for (int i = from; i < from + count; i++) {
      switch (tag) {
        case ValueTag.INT -> {
          to[i] = (int) BinaryWriter.INTS.get(bytes, at);
          at += 4;
        }
        case ValueTag.LONG -> {
          to[i] = (long) BinaryWriter.LONGS.get(bytes, at);
          at += 8;
        }
        case ValueTag.DOUBLE -> {
          to[i] = Double.longBitsToDouble((long) BinaryWriter.LONGS.get(bytes, at));
          at += 8;
        }
        default -> throw new MalformedException("a run of values of type " + tag);
      }
    }
  }

  public Object getArray(ArrayKind kind) {
    int length = getSize();
    int at = take((long) length * kind.bytes());
    Object array = kind.create(length);
    kind.copyIn(MemorySegment.ofArray(bytes), at, array, length);
    return array;
  }
}
