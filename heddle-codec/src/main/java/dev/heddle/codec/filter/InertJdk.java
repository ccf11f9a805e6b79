package dev.heddle.codec.filter;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** The methods of the JDK that compute with their arguments and have no other effect. */
final class InertJdk {
  private static final Set<String> CLASSES = Set.of(
      "java.io.ObjectInputStream$GetField",
      "java.lang.Boolean",
      "java.lang.Byte",
      "java.lang.Character",
      "java.lang.Double",
      "java.lang.Enum",
      "java.lang.Float",
      "java.lang.Integer",
      "java.lang.Long",
      "java.lang.Math",
      "java.lang.Number",
      "java.lang.Record",
      "java.lang.Short",
      "java.lang.StrictMath",
      "java.lang.String",
      "java.lang.StringBuffer",
      "java.lang.StringBuilder",
      "java.util.Arrays",
      "java.util.BitSet",
      "java.util.Comparator",
      "java.util.Date",
      "java.util.Iterator",
      "java.util.Map$Entry",
      "java.util.Objects",
      "java.util.Optional",
      "java.util.OptionalDouble",
      "java.util.OptionalInt",
      "java.util.OptionalLong",
      "java.util.StringJoiner",
      "java.util.UUID",
      "java.util.regex.Matcher",
      "java.util.regex.Pattern",
      "java.util.stream.BaseStream",
      "java.util.stream.Collectors",
      "java.util.stream.DoubleStream",
      "java.util.stream.IntStream",
      "java.util.stream.LongStream",
      "java.util.stream.Stream");
  private static final Set<String> PACKAGES = Set.of(
      "java.math", "java.time", "java.time.temporal", "java.time.chrono", "java.util.function");
  private static final Set<String> CALLING = Set.of(
      "Ljava/util/Enumeration;", "Ljava/util/Spliterator;", "Ljava/util/stream/Gatherer;");
  private static final Set<String> OF_OBJECT = Set.of("<init>", "getClass", "equals", "hashCode", "toString");
  private static final Set<String> OF_CLASS = Set.of(
      "cast", "desiredAssertionStatus", "equals", "getName", "getSimpleName", "hashCode", "isInstance", "toString");
  private static final Set<String> OF_SYSTEM = Set.of("arraycopy", "identityHashCode");
  private static final Set<String> OF_STREAM = Set.of("defaultReadObject", "readFields");

  private InertJdk() {}

  /** Returns whether a method is inert, given that the {@linkplain Functions functions} that it is handed are. */
  static boolean isInert(Class<?> owner, String name, String descriptor) {
    if (CALLING.stream().anyMatch(descriptor::contains)) {
      return false; // it calls code that cannot be seen
    }
    String type = owner.getName();
    return switch (type) {
      case "java.lang.Object" -> OF_OBJECT.contains(name);
      case "java.lang.Class" -> OF_CLASS.contains(name);
      case "java.lang.System" -> OF_SYSTEM.contains(name);
      case "java.net.URI" -> isGetter(name) || name.equals("create") || name.equals("compareTo");
      case "java.util.Collections" -> !name.equals("shuffle");
      case "java.util.Locale" -> !name.equals("setDefault");
      case "java.io.ObjectInputStream", "java.io.ObjectInput" -> OF_STREAM.contains(name) || isRead(name);
      default -> CLASSES.contains(type)
          || PACKAGES.contains(owner.getPackageName())
          || isCollection(owner)
          || (name.equals("<init>") && (Throwable.class.isAssignableFrom(owner) || isLock(owner)));
    };
  }

  private static boolean isGetter(String name) {
    return name.startsWith("get") || name.startsWith("is");
  }

  private static boolean isRead(String name) {
    return name.startsWith("read") && !name.equals("readUnshared");
  }

  private static boolean isCollection(Class<?> owner) {
    return owner.getPackageName().startsWith("java.util")
        && (Collection.class.isAssignableFrom(owner) || Map.class.isAssignableFrom(owner));
  }

  private static boolean isLock(Class<?> owner) {
    return owner.getPackageName().startsWith("java.util.concurrent");
  }
}
