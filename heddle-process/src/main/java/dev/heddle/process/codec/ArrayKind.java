package dev.heddle.process.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The eight types of primitive arrays, and how their elements are copied as bytes. */
enum ArrayKind {
  BOOLEAN(boolean.class, ValueLayout.JAVA_BYTE),
  BYTE(byte.class, ValueLayout.JAVA_BYTE),
  SHORT(short.class, ValueLayout.JAVA_SHORT_UNALIGNED),
  CHAR(char.class, ValueLayout.JAVA_CHAR_UNALIGNED),
  INT(int.class, ValueLayout.JAVA_INT_UNALIGNED),
  LONG(long.class, ValueLayout.JAVA_LONG_UNALIGNED),
  FLOAT(float.class, ValueLayout.JAVA_FLOAT_UNALIGNED),
  DOUBLE(double.class, ValueLayout.JAVA_DOUBLE_UNALIGNED);

  private static final ArrayKind[] ALL = values();

  private final Class<?> element;
  private final ValueLayout layout;

  ArrayKind(Class<?> element, ValueLayout layout) {
    this.element = element;
    this.layout = layout.withOrder(ByteOrder.LITTLE_ENDIAN);
  }

  /** The kind of a primitive array's class; null for any other class. */
  static @Nullable ArrayKind of(Class<?> type) {
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

  static ArrayKind at(int ordinal) {
    if (ordinal < 0 || ordinal >= ALL.length) {
      throw new MalformedException("array kind " + ordinal);
    }
    return ALL[ordinal];
  }

  /** The bytes of one element. */
  int bytes() {
    return (int) layout.byteSize();
  }

  Object create(int length) {
    return Array.newInstance(element, length);
  }

  void copyOut(Object array, int length, MemorySegment to, long offset) {
    if (this == BOOLEAN) {
      boolean[] flags = (boolean[]) array;
      for (int i = 0; i < length; i++) {
        to.set(ValueLayout.JAVA_BYTE, offset + i, flags[i] ? (byte) 1 : 0);
      }
    } else {
      MemorySegment.copy(array, 0, to, layout, offset, length);
    }
  }

  void copyIn(MemorySegment from, long offset, Object array, int length) {
    if (this == BOOLEAN) {
      boolean[] flags = (boolean[]) array;
      for (int i = 0; i < length; i++) {
        flags[i] = from.get(ValueLayout.JAVA_BYTE, offset + i) != 0;
      }
    } else {
      MemorySegment.copy(from, layout, offset, array, 0, length);
    }
  }
}
