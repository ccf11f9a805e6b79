package dev.heddle.codec.filter;

import dev.heddle.codec.form.RecordShape;
import dev.heddle.codec.message.CodecException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the time that the hash codes of nested collections and records take. A set of two sets, each of the same two sets, and so
 * on, takes twice the time for each level, since the hash code of a collection is computed from its elements each time. So the
 * number of steps is computed for each object from those of its elements when it has been read, before it is put into another
 * set or map. Not thread-safe.
 */
public final class HashCost {
  private static final long LEAST = 1_000_000;
  private static final long PER_BYTE = 100;
  private static final String COPIES = "java.util.Collections$CopiesList"; // may have billions of elements, but knows their hash

  /** The fields of a class and its superclasses that can be read and hold objects. */
  private static final ClassValue<Field[]> FIELDS = new ClassValue<>() {
    @Override
    protected Field[] computeValue(Class<?> type) {
      List<Field> all = new ArrayList<>();
      for (Class<?> c = hasHashCode(type) ? type : null; c != null && !JdkClasses.contain(c); c = c.getSuperclass()) {
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

  private final IdentityHashMap<Object, Long> costs = new IdentityHashMap<>();
  private final long most;
  private long total;

  /**
   * Creates an account.
   *
   * @param length the length of the message in bytes, which the limit grows with
   */
  HashCost(long length) {
    this.most = LEAST + PER_BYTE * length;
  }

  /** Adds an object that has been read; returns whether all of them are below the limit. */
  boolean add(Object object) {
    if (object instanceof String || object instanceof Number) {
      return true;
    }
    long cost = cost(object);
    if (cost > 1) {
      costs.put(object, cost);
      total += cost;
    }
    return total <= most;
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
      default -> 1;
    };
  }

  private long of(@Nullable Object element) {
    return element == null || element instanceof String ? 1 : costs.getOrDefault(element, 1L);
  }

  private long ofAll(Collection<?> all) {
    long cost = 1;
    for (Object each : all) {
      cost += of(each);
      if (cost > most) {
        break;
      }
    }
    return cost;
  }

  private long ofEntries(Map<?, ?> map) {
    long cost = 1;
    for (Map.Entry<?, ?> each : map.entrySet()) {
      cost += of(each.getKey()) + of(each.getValue());
      if (cost > most) {
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
