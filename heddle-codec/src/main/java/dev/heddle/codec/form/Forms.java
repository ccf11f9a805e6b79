package dev.heddle.codec.form;

import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The forms of the objects of one message that JDK serialization does not handle: each object has one form, so that it is still
 * one object after decoding. Not thread-safe.
 */
public final class Forms {
  private static final String IMMUTABLE = "java.util.ImmutableCollections$";
  private static final String IDENTITY = "java.util.IdentityHashMap$";

  private final IdentityHashMap<Object, Object> known = new IdentityHashMap<>(4);

  /** Creates an empty table. */
  public Forms() {}

  /**
   * Returns the serializable form of an object that is not {@code Serializable}; null if it has none.
   *
   * <p>A record that is part of a reference cycle gets a further form inside the cycle: it is decoded as two equal records.
   */
  public @Nullable Object of(Object object) {
    Object form = known.get(object);
    if (form == null || (form instanceof RecordForm record && record.isOpen())) {
      form = make(object);
      if (form != null) {
        known.put(object, form);
      }
    }
    return form;
  }

  /** Returns whether objects of this class can be sent: they are {@code Serializable} or have a form. */
  public static boolean canSend(Object object) {
    return object instanceof Serializable
        || object instanceof Record
        || isPath(object)
        || OptionalForm.of(object) != null
        || isView(object);
  }

  /** Returns whether a class is one of the forms, whose decoding calls the constructors of records and nothing else. */
  public static boolean isForm(Class<?> type) {
    return type == RecordForm.class || type == PathForm.class || type == OptionalForm.class;
  }

  private static @Nullable Object make(Object object) {
    if (object instanceof Record) {
      return new RecordForm(object);
    }
    if (isPath(object)) {
      return new PathForm(object.toString());
    }
    Object optional = OptionalForm.of(object);
    return optional != null ? optional : isView(object) ? copy(object) : null;
  }

  private static boolean isPath(Object object) {
    return object instanceof Path path && path.getFileSystem() == FileSystems.getDefault();
  }

  /** Returns whether it is a collection, map or entry of a class that only the JDK can name, such as a view of a list. */
  private static boolean isView(Object object) {
    Class<?> type = object.getClass();
    return type.getClassLoader() == null
        && type.getName().startsWith("java.util.")
        && !type.getName().startsWith(IDENTITY) // its keys may be equal
        && !isPublic(type)
        && (object instanceof Collection || object instanceof Map || object instanceof Map.Entry);
  }

  private static boolean isPublic(Class<?> type) {
    boolean all = true;
    for (Class<?> c = type; c != null && all; c = c.getEnclosingClass()) {
      all = Modifier.isPublic(c.getModifiers());
    }
    return all;
  }

  private static @Nullable Object copy(Object view) {
    boolean immutable = view.getClass().getName().startsWith(IMMUTABLE);
    return switch (view) {
      case List<?> list -> immutable ? Collections.unmodifiableList(new ArrayList<>(list)) : new ArrayList<>(list);
      case SortedSet<?> set -> new TreeSet<>(set);
      case Set<?> set -> new LinkedHashSet<>(set);
      case Deque<?> deque -> new ArrayDeque<>(deque);
      case Collection<?> all -> new ArrayList<>(all);
      case SortedMap<?, ?> map -> new TreeMap<>(map);
      case Map<?, ?> map -> new LinkedHashMap<>(map);
      case Map.Entry<?, ?> entry -> entry.getClass().getName().equals("java.util.KeyValueHolder")
          ? new AbstractMap.SimpleImmutableEntry<>(entry)
          : new AbstractMap.SimpleEntry<>(entry);
      default -> null;
    };
  }
}
