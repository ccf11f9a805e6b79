package dev.heddle.codec.message;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** One of the eight types of primitive arrays; copies their elements to and from memory. Immutable. */
public final class ArrayKind {
  private static final ArrayKind[] ALL = {
      new ArrayKind(0, boolean.class, ValueLayout.JAVA_BYTE),
      new ArrayKind(1, byte.class, ValueLayout.JAVA_BYTE),
      new ArrayKind(2, short.class, ValueLayout.JAVA_SHORT_UNALIGNED),
      new ArrayKind(3, char.class, ValueLayout.JAVA_CHAR_UNALIGNED),
      new ArrayKind(4, int.class, ValueLayout.JAVA_INT_UNALIGNED),
      new ArrayKind(5, long.class, ValueLayout.JAVA_LONG_UNALIGNED),
      new ArrayKind(6, float.class, ValueLayout.JAVA_FLOAT_UNALIGNED),
      new ArrayKind(7, double.class, ValueLayout.JAVA_DOUBLE_UNALIGNED)
  };

  private final int code;
  private final Class<?> element;
  private final ValueLayout layout;

  private ArrayKind(int code, Class<?> element, ValueLayout layout) {
    this.code = code;
    this.element = element;
    this.layout = layout.withOrder(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the kind of a primitive array's class; null for any other class. */
  public static @Nullable ArrayKind of(Class<?> type) {
    Class<?> component = type.componentType();
    if (component == null || !component.isPrimitive()) {
      return null;
    }
    for (ArrayKind each : ALL) {
      if (each.element == component) {
        return each;
      }
    }
    return null;
  }

  /** Returns the kind with the given {@link #code}. */
  public static ArrayKind at(int code) {
    if (code < 0 || code >= ALL.length) {
      throw new MalformedException("array kind " + code);
    }
    return ALL[code];
  }

  /** Returns the number of this kind in messages, from 0 to 7. */
  public int code() {
    return code;
  }

  /** Returns the number of bytes of one element. */
  public int bytes() {
    return (int) layout.byteSize();
  }

  public Object create(int length) {
    return Array.newInstance(element, length);
  }

  public void copyOut(Object array, int length, MemorySegment to, long offset) {
    if (element == boolean.class) {
      boolean[] flags = (boolean[]) array;
      for (int i = 0; i < length; i++) {
        to.set(ValueLayout.JAVA_BYTE, offset + i, flags[i] ? (byte) 1 : 0);
      }
    } else {
      MemorySegment.copy(array, 0, to, layout, offset, length);
    }
  }

  public void copyIn(MemorySegment from, long offset, Object array, int length) {
    if (element == boolean.class) {
      boolean[] flags = (boolean[]) array;
      for (int i = 0; i < length; i++) {
        flags[i] = from.get(ValueLayout.JAVA_BYTE, offset + i) != 0;
      }
    } else {
      MemorySegment.copy(from, layout, offset, array, 0, length);
    }
  }
}
