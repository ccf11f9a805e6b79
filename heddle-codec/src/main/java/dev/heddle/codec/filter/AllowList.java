package dev.heddle.codec.filter;

import dev.heddle.codec.form.Forms;
import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which classes the parent accepts in what a worker sends. Thread-safe.
 *
 * <p>Accepted are the value types, collections and exceptions of java.base; records and enums, whose deserialization runs no
 * code but their constructor; exceptions without code of their own for deserialization; the application's own classes, which
 * are those from the same class loader, jar or folder and package family as a class that tasks came from; and what the
 * options allow. Lambdas, proxies and all else are refused.
 */
public final class AllowList {
  private static final Set<String> JDK = Set.of(
      "java.io.File",
      "java.lang.Boolean",
      "java.lang.Byte",
      "java.lang.Character",
      "java.lang.Class",
      "java.lang.Double",
      "java.lang.Enum",
      "java.lang.Float",
      "java.lang.Integer",
      "java.lang.Long",
      "java.lang.Number",
      "java.lang.Object",
      "java.lang.Record",
      "java.lang.Short",
      "java.lang.StackTraceElement",
      "java.lang.String",
      "java.lang.String$CaseInsensitiveComparator",
      "java.lang.StringBuffer",
      "java.lang.StringBuilder",
      "java.math.BigDecimal",
      "java.math.BigInteger",
      "java.math.MathContext",
      "java.net.Inet4Address",
      "java.net.Inet6Address",
      "java.net.InetAddress",
      "java.net.InetSocketAddress",
      "java.net.URI",
      "java.util.AbstractMap$SimpleEntry",
      "java.util.AbstractMap$SimpleImmutableEntry",
      "java.util.ArrayDeque",
      "java.util.ArrayList",
      "java.util.Arrays$ArrayList",
      "java.util.BitSet",
      "java.util.CollSer",
      "java.util.Currency",
      "java.util.Date",
      "java.util.EnumMap",
      "java.util.EnumSet",
      "java.util.EnumSet$SerializationProxy",
      "java.util.HashMap",
      "java.util.HashSet",
      "java.util.Hashtable",
      "java.util.IdentityHashMap",
      "java.util.JumboEnumSet",
      "java.util.LinkedHashMap",
      "java.util.LinkedHashSet",
      "java.util.LinkedList",
      "java.util.Locale",
      "java.util.Map$Entry",
      "java.util.Optional",
      "java.util.OptionalDouble",
      "java.util.OptionalInt",
      "java.util.OptionalLong",
      "java.util.PriorityQueue",
      "java.util.Properties",
      "java.util.Random",
      "java.util.RegularEnumSet",
      "java.util.Stack",
      "java.util.TreeMap",
      "java.util.TreeMap$AscendingSubMap",
      "java.util.TreeMap$DescendingSubMap",
      "java.util.TreeMap$NavigableSubMap",
      "java.util.TreeSet",
      "java.util.UUID",
      "java.util.Vector",
      "java.util.concurrent.ConcurrentHashMap",
      "java.util.concurrent.ConcurrentHashMap$CollectionView",
      "java.util.concurrent.ConcurrentHashMap$EntrySetView",
      "java.util.concurrent.ConcurrentHashMap$KeySetView",
      "java.util.concurrent.ConcurrentHashMap$Segment",
      "java.util.concurrent.ConcurrentHashMap$ValuesView",
      "java.util.concurrent.ConcurrentLinkedDeque",
      "java.util.concurrent.ConcurrentLinkedQueue",
      "java.util.concurrent.ConcurrentSkipListMap",
      "java.util.concurrent.ConcurrentSkipListSet",
      "java.util.concurrent.CopyOnWriteArrayList",
      "java.util.concurrent.CopyOnWriteArraySet",
      "java.util.concurrent.locks.AbstractOwnableSynchronizer",
      "java.util.concurrent.locks.AbstractQueuedSynchronizer",
      "java.util.concurrent.locks.ReentrantLock",
      "java.util.concurrent.locks.ReentrantLock$NonfairSync",
      "java.util.concurrent.locks.ReentrantLock$Sync",
      "java.util.regex.Pattern");

  /** The application's own classes: one loader, one jar or folder, one family of packages. */
  private record Origin(@Nullable ClassLoader loader, @Nullable String location, String family) {
    static Origin of(Class<?> type) {
      CodeSource source = type.getProtectionDomain().getCodeSource();
      String location = source == null || source.getLocation() == null ? null : source.getLocation().toString();
      return new Origin(type.getClassLoader(), location, family(type.getPackageName()));
    }

    /** The first two parts of a package's name. */
    private static String family(String packageName) {
      int dot = packageName.indexOf('.', packageName.indexOf('.') + 1);
      return dot < 0 ? packageName : packageName.substring(0, dot);
    }
  }

  private final Predicate<String> further;
  private final Set<Origin> origins = ConcurrentHashMap.newKeySet();
  private final ClassValue<Boolean> harmless = new ClassValue<>() {
    @Override
    protected Boolean computeValue(Class<?> type) {
      return isHarmless(type);
    }
  };

  public AllowList(Predicate<String> further) {
    this.further = further;
  }

  /** Takes note of the class of a task, or of what a task holds. */
  public void learn(Class<?> type) {
    if (!isOfJdk(type)) {
      origins.add(Origin.of(type));
    }
  }

  public boolean allows(Class<?> type) {
    if (type.isPrimitive() || type.isInterface() || Boolean.TRUE.equals(harmless.get(type))) {
      return true;
    }
    return (!isOfJdk(type) && origins.contains(Origin.of(type))) || further.test(type.getName());
  }

  private static boolean isOfJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  private static boolean isHarmless(Class<?> type) {
    if (Forms.isForm(type)) {
      return true;
    }
    String name = type.getName();
    if (isOfJdk(type)) {
      return JDK.contains(name)
          || Path.class.isAssignableFrom(type) // made by a PathForm, since paths are not serializable
          || name.startsWith("java.time.")
          || name.startsWith("java.util.Collections$")
          || name.startsWith("java.util.ImmutableCollections$")
          || (name.startsWith("java.") && (type.isEnum() || Throwable.class.isAssignableFrom(type)));
    }
    return type.isRecord() || Enum.class.isAssignableFrom(type) || isInertThrowable(type);
  }

  private static boolean isInertThrowable(Class<?> type) {
    if (!Throwable.class.isAssignableFrom(type) || Externalizable.class.isAssignableFrom(type)) {
      return false;
    }
    try {
      for (Class<?> c = type; c != null && !isOfJdk(c); c = c.getSuperclass()) {
        for (Method each : c.getDeclaredMethods()) {
          if (isHook(each)) {
            return false;
          }
        }
      }
      return true;
    } catch (LinkageError e) {
      return false; // what cannot be looked at cannot be called harmless
    }
  }

  private static boolean isHook(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    return switch (method.getName()) {
      case "readObject" -> parameters.length == 1 && parameters[0] == ObjectInputStream.class;
      case "readResolve", "readObjectNoData", "finalize" -> parameters.length == 0;
      default -> false;
    };
  }
}
