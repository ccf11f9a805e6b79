package dev.heddle.codec.filter;

import dev.heddle.codec.form.Forms;
import java.util.Set;

/** The classes of the JDK that are accepted from a worker: values, collections of data, enums and exceptions. */
final class JdkClasses {
  private static final Set<String> NAMES = Set.of(
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
      "java.net.SocketAddress",
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

  private JdkClasses() {}

  /** Returns whether a class belongs to the JDK. */
  static boolean contain(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  /** Returns whether a class of the JDK is accepted. */
  static boolean accept(Class<?> type) {
    String name = type.getName();
    return NAMES.contains(name)
        || Forms.isMadeByForm(type) // which the filter sees, too; GraphInput sees to it that they come from nothing else
        || name.startsWith("java.time.")
        || name.startsWith("java.util.Collections$")
        || name.startsWith("java.util.ImmutableCollections$")
        || (name.startsWith("java.") && (type.isEnum() || Throwable.class.isAssignableFrom(type)));
  }
}
