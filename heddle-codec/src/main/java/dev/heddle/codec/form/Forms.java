package dev.heddle.codec.form;

import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.DoubleSummaryStatistics;
import java.util.GregorianCalendar;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The forms of the objects of one message that JDK serialization does not handle: each object has one form, so that it is
 * still one object after decoding. Not thread-safe.
 */
public final class Forms {
  private static final String IMMUTABLE = "java.util.ImmutableCollections$";
  private static final Set<Class<?>> FORMS = Set.of(RecordForm.class, PathForm.class, OptionalForm.class, CharsetForm.class,
      HexForm.class, BufferForm.class, StatisticsForm.class, ZoneForm.class, CalendarForm.class);
  private static final Set<String> FIXED_ENTRIES = Set.of("java.util.KeyValueHolder",
      "jdk.internal.util.NullableKeyValueHolder");
  private static final Set<Class<?>> MADE = Set.of(HexFormat.class, IntSummaryStatistics.class, LongSummaryStatistics.class,
      DoubleSummaryStatistics.class, ZoneForm.OF_THE_JDK, GregorianCalendar.class);
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
        || value(object) != null
        || isView(object);
  }

  /**
   * Returns whether a class is one of the forms, whose decoding calls the constructors of records and of the JDK's values,
   * and nothing else.
   */
  public static boolean isForm(Class<?> type) {
    return FORMS.contains(type);
  }

  /**
   * Returns whether objects of a class of the JDK are made by a form, and so may come out of one. Some of these classes are
   * {@code Serializable} as well.
   */
  public static boolean isMadeByForm(Class<?> type) {
    return Path.class.isAssignableFrom(type)
        || Charset.class.isAssignableFrom(type)
        || ByteBuffer.class.isAssignableFrom(type)
        || MADE.contains(type);
  }

  private static @Nullable Object make(Object object) {
    if (object instanceof Record) {
      return new RecordForm(object);
    }
    if (isPath(object)) {
      return new PathForm(object.toString());
    }
    Object value = value(object);
    return value != null ? value : isView(object) ? copy(object) : null;
  }

  /** Returns the form of a value of the JDK; null if it is none of those that have one. */
  private static @Nullable Object value(Object object) {
    return switch (object) {
      case Charset charset when CharsetForm.suits(charset) -> new CharsetForm(charset.name());
      case HexFormat format -> HexForm.of(format);
      case ByteBuffer buffer when !buffer.isDirect() -> new BufferForm(buffer);
      default -> {
        Object optional = OptionalForm.of(object);
        yield optional != null ? optional : StatisticsForm.of(object);
      }
    };
  }

  /**
   * Returns the form of an object that is {@code Serializable}, but whose serialized form a receiver would have to trust;
   * null if it has none.
   */
  public @Nullable Object ofSerializable(Object object) {
    if (!(object instanceof TimeZone || object instanceof Calendar)) {
      return null;
    }
    Object form = known.get(object);
    if (form == null) {
      form = object instanceof Calendar ? CalendarForm.of(object) : ZoneForm.of(object);
      if (form != null) {
        known.put(object, form);
      }
    }
    return form;
  }

  private static boolean isPath(Object object) {
    return object instanceof Path path && path.getFileSystem() == FileSystems.getDefault();
  }

  /** Returns whether it is a collection, map or entry of a class that only the JDK can name, such as a view of a list. */
  private static boolean isView(Object object) {
    Class<?> type = object.getClass();
    return FIXED_ENTRIES.contains(type.getName()) || (type.getClassLoader() == null
        && type.getName().startsWith("java.util.")
        && !type.getName().startsWith(IDENTITY) // its keys may be equal
        && !isPublic(type)
        && (object instanceof Collection || object instanceof Map || object instanceof Map.Entry));
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
      case Map.Entry<?, ?> entry -> FIXED_ENTRIES.contains(entry.getClass().getName())
          ? new AbstractMap.SimpleImmutableEntry<>(entry)
          : new AbstractMap.SimpleEntry<>(entry);
      default -> null;
    };
  }
}
