package dev.heddle.codec.message;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes numbers, little-endian, and strings and arrays into a growing byte array. Not thread-safe. */
public final class BinaryWriter extends OutputStream {
  public static final VarHandle SHORTS = view(short[].class);
  public static final VarHandle INTS = view(int[].class);
  public static final VarHandle LONGS = view(long[].class);
  private static final int LARGEST = Integer.MAX_VALUE - 16;

  private byte[] bytes;
  private int size;

  public BinaryWriter(int capacity) {
    bytes = new byte[capacity];
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }

  public int size() {
    return size;
  }

  /** Discards everything written from the position on. */
  public void cut(int position) {
    size = position;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private int reserve(long count) {
    long needed = size + count;
    if (needed > bytes.length) {
      grow(needed);
    }
    int at = size;
    size = (int) needed;
    return at;
  }

  private void grow(long needed) {
    if (needed > LARGEST) {
      throw new CodecException(
          "what is to be sent needs more than 2 GiB; send it in parts, or as primitive arrays of at least 1 MiB each,"
              + " which travel through shared memory",
          null);
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(needed, 2L * bytes.length)));
  }

  @Override
  public void write(int b) {
    put(b);
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    int at = reserve(count);
    System.arraycopy(from, offset, bytes, at, count);
  }

  public void put(int b) {
    int at = reserve(1);
    bytes[at] = (byte) b;
  }

  /** Overwrites one byte. */
  public void patch(int position, int b) {
    bytes[position] = (byte) b;
  }

  public void putShort(int value) {
    int at = reserve(2);
    SHORTS.set(bytes, at, (short) value);
  }

  public void putInt(int value) {
    int at = reserve(4);
    INTS.set(bytes, at, value);
  }

  public void putLong(long value) {
    int at = reserve(8);
    LONGS.set(bytes, at, value);
  }

  /** Writes a non-negative number in as few bytes as it needs. */
  public void putSize(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      put(rest | 0x80);
      rest >>>= 7;
    }
    put(rest);
  }

  /** Writes a string, which may contain unpaired surrogates. */
  public void putString(String value) {
    int length = value.length();
    int start = size;
    putSize(length);
    int flag = reserve(1);
    int at = reserve(length);
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c > 0xff) {
        size = start;
        putWide(value);
        return;
      }
      bytes[at + i] = (byte) c;
    }
    bytes[flag] = 0;
  }

  private void putWide(String value) {
    int length = value.length();
    putSize(length);
    put(1);
    int at = reserve(2L * length);
    for (int i = 0; i < length; i++) {
      SHORTS.set(bytes, at + 2 * i, (short) value.charAt(i));
    }
  }

  /** Writes the values of elements that all have the class of the first: Integer, Long or Double. */
  public void putRun(@Nullable Object[] elements, int from, int to) {
    boolean small = elements[from] instanceof Integer;
    int at = reserve((small ? 4L : 8L) * (to - from));
    if (small) {
      for (int i = from; i < to; i++, at += 4) {
        INTS.set(bytes, at, (int) (Integer) requireNonNull(elements[i]));
      }
    } else if (elements[from] instanceof Long) {
      for (int i = from; i < to; i++, at += 8) {
        LONGS.set(bytes, at, (long) (Long) requireNonNull(elements[i]));
      }
    } else {
      for (int i = from; i < to; i++, at += 8) {
        LONGS.set(bytes, at, Double.doubleToRawLongBits((Double) requireNonNull(elements[i])));
      }
    }
  }

  public void putArray(ArrayKind kind, Object array, int length) {
    putSize(length);
    int at = reserve((long) length * kind.bytes());
    kind.copyOut(array, length, MemorySegment.ofArray(bytes), at);
  }
}
