package dev.heddle.codec.filter;

import dev.heddle.codec.form.RecordShape;
import dev.heddle.codec.message.CodecException;
import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the time that the hash codes and comparisons of nested collections and records take. A set of two sets, each of the
 * same two sets, and so on, takes twice the time for each level, since the hash code of a collection is computed from its
 * elements each time. So the number of steps is computed for each object from those of its elements when it has been read,
 * before it is put into another set or map. Texts keep their hash codes, but are compared from the beginning to the end each
 * time; so a comparison has further steps for them. Not thread-safe.
 */
public final class HashCost {
  private static final long LEAST = 1_000_000;
  private static final long PER_BYTE = 100;
  private static final long LEAST_COMPARED = 1_000_000_000; // about two seconds
  private static final long COMPARED_PER_BYTE = 500;
  private static final int CHARS_PER_STEP = 32; // are compared in about the time of one step of a hash code
  private static final int BITS_PER_STEP = 32;
  private static final String COPIES = "java.util.Collections$CopiesList"; // may have billions of elements, but knows their hash

  /** The fields of a class and its superclasses that can be read and hold objects. */
  private static final ClassValue<Field[]> FIELDS = new ClassValue<>() {
    @Override
    protected Field[] computeValue(Class<?> type) {
      List<Field> all = new ArrayList<>();
      boolean compared = hasHashCode(type) || Comparable.class.isAssignableFrom(type);
      for (Class<?> c = compared ? type : null; c != null && !JdkClasses.contain(c); c = c.getSuperclass()) {
        for (Field each : c.getDeclaredFields()) {
          if (!Modifier.isStatic(each.getModifiers()) && !each.getType().isPrimitive() && each.trySetAccessible()) {
            all.add(each);
          }
        }
      }
      return all.toArray(Field[]::new);
    }
  };

  /** Whether a class has a hash code of its own, and not that of {@link Object}. */
  static boolean hasHashCode(Class<?> type) {
    try {
      return type.getMethod("hashCode").getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException | LinkageError e) {
      return true;
    }
  }

  /** The steps of an object's hash code, and those that comparing it with an equal one has in addition. */
  private record Cost(long hash, long texts) {
    static final Cost LEAST = new Cost(1, 0);
  }

  private final IdentityHashMap<Object, Cost> costs = new IdentityHashMap<>();
  private final long most;
  private final long mostCompared;
  private long texts; // of the object that is looked at
  private long total;
  private long totalCompared;
  private long heaviest = 1;

  /**
   * Creates an account.
   *
   * @param length the length of the message in bytes, which the limits grow with
   */
  HashCost(long length) {
    this.most = LEAST + PER_BYTE * length;
    this.mostCompared = LEAST_COMPARED + COMPARED_PER_BYTE * length;
  }

  /** Adds an object that has been read; returns whether all of them are below the limits. */
  boolean add(Object object) {
    if (object instanceof String text) {
      heaviest = Math.max(heaviest, 1 + steps(text));
      return true;
    }
    texts = 0;
    long cost = cost(object);
    if (cost + texts > 1) {
      costs.put(object, new Cost(cost, texts));
      total += cost;
      totalCompared += cost + texts;
      heaviest = object instanceof Comparable ? Math.max(heaviest, cost + texts) : heaviest;
    }
    return total <= most && totalCompared <= mostCompared;
  }

  /** Returns the number of steps in which an object that has been added is compared with an equal one. */
  long weight(@Nullable Object object) {
    if (object instanceof String text) {
      return 1 + steps(text);
    }
    Cost cost = object == null ? Cost.LEAST : costs.getOrDefault(object, Cost.LEAST);
    return cost.hash() + cost.texts();
  }

  /** Returns the greatest weight of all objects that have been added and have an order. */
  long heaviest() {
    return heaviest;
  }

  /** Returns the steps of all comparisons of each object with one other. */
  long totalCompared() {
    return totalCompared;
  }

  /** Returns how many steps comparisons may have in all. */
  long mostCompared() {
    return mostCompared;
  }

  private static long steps(CharSequence text) {
    return text.length() / CHARS_PER_STEP;
  }

  private long cost(Object object) {
    if (object instanceof Record) {
      return ofRecord(object);
    }
    if (!JdkClasses.contain(object.getClass())) {
      return ofFields(object);
    }
    return switch (object) {
      case Collection<?> all when all.getClass().getName().equals(COPIES) -> 1 + (all.isEmpty()
          ? 0
          : of(all.iterator().next()));
      case Collection<?> all -> ofAll(all);
      case Map<?, ?> map -> ofEntries(map);
      case Map.Entry<?, ?> entry -> 1 + of(entry.getKey()) + of(entry.getValue());
      case Optional<?> optional -> 1 + of(optional.orElse(null));
      case ByteBuffer buffer -> 1 + buffer.remaining() / Long.BYTES;
      case BigInteger number -> 1 + number.bitLength() / BITS_PER_STEP;
      case BigDecimal number -> 1 + number.unscaledValue().bitLength() / BITS_PER_STEP;
      case BitSet bits -> 1 + bits.length() / Long.SIZE;
      case CharSequence text -> ofText(text);
      case File file -> ofText(file.getPath());
      case URI uri -> ofText(uri.toString());
      case StackTraceElement element -> 1 + of(element.getClassName()) + of(element.getMethodName())
          + of(element.getFileName()) + of(element.getModuleName()) + of(element.getClassLoaderName());
      default -> 1;
    };
  }

  private long ofText(CharSequence text) {
    texts += steps(text);
    return 1;
  }

  private long of(@Nullable Object element) {
    if (element == null) {
      return 1;
    }
    if (element instanceof String text) {
      return ofText(text);
    }
    Cost cost = costs.getOrDefault(element, Cost.LEAST);
    texts += cost.texts();
    return cost.hash();
  }

  private long ofAll(Collection<?> all) {
    long cost = 1;
    for (Object each : all) {
      cost += of(each);
      if (cost > most || texts > mostCompared) {
        break;
      }
    }
    return cost;
  }

  private long ofEntries(Map<?, ?> map) {
    long cost = 1;
    for (Map.Entry<?, ?> each : map.entrySet()) {
      cost += of(each.getKey()) + of(each.getValue());
      if (cost > most || texts > mostCompared) {
        break;
      }
    }
    return cost;
  }

  /** Of an object of a library's or the application's class, whose own hash code may use all that it refers to. */
  private long ofFields(Object object) {
    long cost = object instanceof Collection<?> || object instanceof Map<?, ?> ? 1 + ofElements(object) : 1;
    for (Field each : FIELDS.get(object.getClass())) {
      try {
        cost += of(each.get(object));
      } catch (IllegalAccessException e) {
        cost++; // made accessible before
      }
    }
    return cost;
  }

  /** Its superclass may be a collection of the JDK, whose fields cannot be read. */
  private long ofElements(Object object) {
    try {
      return object instanceof Map<?, ?> map ? ofEntries(map) : ofAll((Collection<?>) object);
    } catch (RuntimeException e) { // of code that expects to be called later
      return 1;
    }
  }

  private long ofRecord(Object record) {
    long cost = 1;
    try {
      RecordShape shape = RecordShape.of(record.getClass());
      for (int i = 0; i < shape.size(); i++) {
        if (!shape.type(i).isPrimitive()) {
          cost += of(shape.get(record, i));
        }
      }
    } catch (CodecException e) {
      // its components cannot be read here: counted as one
    }
    return cost;
  }
}
