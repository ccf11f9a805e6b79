package dev.heddle.codec.filter;

import dev.heddle.codec.form.Forms;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.security.CodeSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which classes the parent accepts in what a worker sends. Thread-safe. Class loaders are held weakly.
 *
 * <p>Accepted are, in this order:
 * <ol>
 * <li>the values, collections, enums and exceptions of the JDK that {@link JdkClasses} lists;
 * <li>the application's own classes: those of the same class loader and the same jar or folder as a class that tasks came
 * from, and of its package or a package below it;
 * <li>data of other packages: records, enums, exceptions and serializable classes whose deserialization, canonical
 * constructor, {@code equals}, {@code hashCode}, {@code compareTo} and {@code toString} run only code that {@link InertCode}
 * has checked, and that are no collections, comparators and the like (comparators and the like may be records and enums, if
 * those methods are inert, too). ({@code toString} and {@code getMessage} of exceptions are not checked: they run when the
 * program prints a failure.)
 * <li>the classes that the pool's options name.
 * </ol>
 * For 2, too, methods that deserialization calls ({@code readObject}, {@code readResolve}, {@code readExternal} ...) must be
 * inert. Lambdas and proxies are refused.
 */
public final class AllowList {

  /** The package of a class that tasks came from, in one jar or folder. */
  private record Origin(@Nullable String location, String packageName) {
    static Origin of(Class<?> type) {
      CodeSource source = type.getProtectionDomain().getCodeSource();
      String location = source == null || source.getLocation() == null ? null : source.getLocation().toString();
      return new Origin(location, type.getPackageName());
    }

    // Both written out: those of a record are linked when first called, which took 4 ms of the first task.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Origin origin && packageName.equals(origin.packageName)
          && Objects.equals(location, origin.location);
    }

    @Override
    public int hashCode() {
      return packageName.hashCode() * 31 + Objects.hashCode(location);
    }

    /** The package above; null if there is none, or only the unnamed one. */
    @Nullable
    Origin above() {
      int dot = packageName.lastIndexOf('.');
      return dot < 0 ? null : new Origin(location, packageName.substring(0, dot));
    }
  }

  private final Predicate<String> further;
  private final Map<ClassLoader, Set<Origin>> origins = new WeakHashMap<>();
  private final ClassValue<Verdict> harmless = new ClassValue<>() {
    @Override
    protected Verdict computeValue(Class<?> type) {
      return new Verdict(problem(type));
    }
  };

  private record Verdict(@Nullable String problem) {}

  /**
   * Creates a list without classes of the application.
   *
   * @param further tests the names of classes that the options allow
   */
  public AllowList(Predicate<String> further) {
    this.further = further;
  }

  /** Records the class of a task, or of a lambda in a task: the classes of its package are the application's own. */
  public void learn(Class<?> type) {
    if (!JdkClasses.contain(type)) {
      synchronized (origins) {
        origins.computeIfAbsent(type.getClassLoader(), _ -> ConcurrentHashMap.newKeySet()).add(Origin.of(type));
      }
    }
  }

  /** Returns whether objects of a class are accepted. */
  public boolean allows(Class<?> type) {
    return type.isPrimitive()
        || type.isInterface()
        || type == CheckedCollection.class
        || isKnownHarmless(type)
        || (isOwn(type) && HookedClasses.areHooksInert(type))
        || further.test(type.getName());
  }

  /** Returns whether the options name a class. */
  boolean isAllowedByName(Class<?> type) {
    return further.test(type.getName());
  }

  private boolean isOwn(Class<?> type) {
    if (JdkClasses.contain(type)) {
      return false;
    }
    Set<Origin> own;
    synchronized (origins) {
      own = origins.get(type.getClassLoader());
    }
    if (own == null) {
      return false;
    }
    for (Origin each = Origin.of(type); each != null; each = each.above()) {
      if (own.contains(each)) {
        return true;
      }
    }
    return false;
  }

  private boolean isKnownHarmless(Class<?> type) {
    try {
      return harmless.get(type).problem() == null;
    } catch (UncheckedIOException e) {
      return false; // its class file cannot be read now: refused this time
    }
  }

  /**
   * Returns why objects of a class of the application or a library are not accepted, and what to do; null if there is no
   * more to say.
   */
  public @Nullable String why(Class<?> type) {
    if (JdkClasses.contain(type)) {
      return null;
    }
    try {
      if (isOwn(type)) {
        return InertCode.problem(type, InertCode.HOOKS) + ", which is not known to be harmless; leave that out";
      }
      return harmless.get(type).problem()
          + ", which is not known to be harmless; move the class to the package of the tasks, "
          + "or to one below it";
    } catch (UncheckedIOException e) {
      return "its class file cannot be read (" + e.getCause() + ")";
    }
  }

  private static @Nullable String problem(Class<?> type) {
    if (Forms.isForm(type)) {
      return null;
    }
    if (JdkClasses.contain(type)) {
      return JdkClasses.accept(type) ? null : "it is not in the list of the JDK's classes";
    }
    if (Throwable.class.isAssignableFrom(type)) {
      return InertCode.problem(type, InertCode.calledMethods(type, InertCode.DECODING_FAILURES));
    }
    if (type.isRecord() || Enum.class.isAssignableFrom(type)) {
      return isCollection(type) || BaseStream.class.isAssignableFrom(type)
          ? "it is a collection, map or stream whose methods are called"
          : InertCode.problem(type, InertCode.calledMethods(type, InertCode.DECODING));
    }
    return isPlainData(type)
        ? InertCode.problem(type, InertCode.DECODING)
        : "it is no plain data, but a collection, comparator, iterator, text or lambda";
  }

  private static boolean isPlainData(Class<?> type) {
    return Serializable.class.isAssignableFrom(type)
        && !type.isHidden()
        && !type.isSynthetic()
        && !isCollection(type)
        && !Comparator.class.isAssignableFrom(type)
        && !Iterable.class.isAssignableFrom(type)
        && !Map.Entry.class.isAssignableFrom(type)
        && !Iterator.class.isAssignableFrom(type)
        && !CharSequence.class.isAssignableFrom(type);
  }

  private static boolean isCollection(Class<?> type) {
    return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
  }
}
