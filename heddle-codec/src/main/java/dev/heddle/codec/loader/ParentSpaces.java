package dev.heddle.codec.loader;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.BitSet;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The parent's class loaders. Thread-safe; class loaders are held weakly.
 *
 * <p>{@link #HOME} is the class loader of the class path, with the JDK's above it: a worker has the same class path.
 * Heddle's own classes are of {@code HOME}, too, whichever loader has them here, since a worker runs on them. Every other
 * class loader is a space of its own, and which classes it has is for the parent to say: it may have others of the same
 * names than the class path.
 */
public final class ParentSpaces implements ClassSpaces {
  /** Separates the space from the class name in a request for a class that is not of {@link #HOME}. */
  public static final char SEPARATOR = '!';

  private static final String SHELL_PREFIX = "REPL.$JShell$";

  private static final String ROOT = root(ParentSpaces.class.getPackageName());
  private static final Set<String> OWN = Set.of("base", "codec", "dispatch", "futures", "iter", "process", "timeline");

  private final @Nullable ClassLoader own = ParentSpaces.class.getClassLoader();
  private final ClassLoader home = ofClassPath();
  private final Map<ClassLoader, String> names = Collections.synchronizedMap(new WeakHashMap<>());
  private final Map<String, Named> loaders = new ConcurrentHashMap<>();
  private final Map<String, ShellSpace> shells = new ConcurrentHashMap<>();
  private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
  private final BitSet gone = new BitSet(); // the numbers of the loaders that have been collected; guarded by 'names'
  private int last; // guarded by 'names'

  /** The classes of a jshell session as they were when a task was encoded. */
  private record ShellSpace(Named loader, Map<String, byte[]> classes) {}

  /** A class loader with its space; held weakly. */
  private static final class Named extends WeakReference<ClassLoader> {
    private final int number;

    Named(ClassLoader loader, int number, ReferenceQueue<ClassLoader> queue) {
      super(loader, queue);
      this.number = number;
    }

    String space() {
      return SpaceNames.ofLoader(number);
    }
  }

  /** Returns the class loader of the class path, which need not be the system's. */
  private static ClassLoader ofClassPath() {
    ClassLoader loader = ClassLoader.getSystemClassLoader();
    while (loader.getParent() != null && loader.getParent() != ClassLoader.getPlatformClassLoader()) {
      loader = loader.getParent();
    }
    return loader;
  }

  /**
   * Returns the package above all of Heddle's, with its dot; a tool that puts Heddle into another jar may have renamed it.
   */
  private static String root(String here) {
    return here.substring(0, here.length() - "codec.loader".length());
  }

  /** Returns whether a class is of a module of Heddle's that workers themselves run on. */
  static boolean isOwn(String className) {
    if (!className.startsWith(ROOT)) {
      return false;
    }
    int dot = className.indexOf('.', ROOT.length());
    return dot > 0 && OWN.contains(className.substring(ROOT.length(), dot));
  }

  public static boolean isShell(String className) {
    return className.startsWith(SHELL_PREFIX);
  }

  @Override
  public @Nullable String spaceOf(Class<?> type) {
    if (isShell(type.getName())) {
      return null;
    }
    ClassLoader loader = type.getClassLoader();
    return loader != null && loader == own && isOwn(type.getName()) ? HOME : nameOf(loader);
  }

  /** Returns the space of a loader, which gets one if it has none; null stands for the JVM's own loader. */
  public String nameOf(@Nullable ClassLoader loader) {
    if (loader == null || loader == home || loader == ClassLoader.getPlatformClassLoader()) {
      return HOME;
    }
    synchronized (names) {
      String name = names.get(loader);
      if (name == null) {
        forgetCollected();
        Named named = new Named(loader, ++last, collected);
        name = named.space();
        names.put(loader, name);
        loaders.put(name, named);
      }
      return name;
    }
  }

  /** Returns the space of one state of a jshell session: other classes of the same names are in other spaces. */
  public String shellSpace(ClassLoader loader, String hash, Map<String, byte[]> classes) {
    String name = nameOf(loader);
    String space = SpaceNames.ofShell(hash, name);
    shells.computeIfAbsent(space, _ -> new ShellSpace(Objects.requireNonNull(loaders.get(name)), classes));
    return space;
  }

  /** Forgets the loaders that have been collected, and their spaces; called with the lock of 'names'. */
  private void forgetCollected() {
    for (Reference<?> each = collected.poll(); each != null; each = collected.poll()) {
      Named named = (Named) each;
      gone.set(named.number);
      loaders.remove(named.space());
      shells.values().removeIf(shell -> shell.loader() == named);
    }
  }

  /** Returns the numbers of the loaders that have been collected. */
  BitSet gone() {
    synchronized (names) {
      forgetCollected();
      return (BitSet) gone.clone();
    }
  }

  @Override
  public long digestOf(Class<?> type) {
    return ClassDigest.ofLoaded(type);
  }

  @Override
  public Class<?> load(String space, String name) throws ClassNotFoundException {
    return Class.forName(name, false, space.isEmpty() && isOwn(name) ? own : loader(space));
  }

  /**
   * Returns the class loader of a space.
   *
   * @throws ClassNotFoundException if it is there no more
   */
  ClassLoader loader(String space) throws ClassNotFoundException {
    if (space.isEmpty()) {
      return home;
    }
    ShellSpace shell = shells.get(space);
    WeakReference<ClassLoader> reference = shell != null ? shell.loader() : loaders.get(space);
    ClassLoader loader = reference == null ? null : reference.get();
    if (loader == null) {
      throw new ClassNotFoundException("there is no class loader '" + space + "' any more");
    }
    return loader;
  }

  /** Returns whether a space is a state of a jshell session. */
  boolean isShellSpace(String space) {
    return shells.containsKey(space);
  }

  /** Returns a class file of a state of a jshell session; null if the state has no such class. */
  byte @Nullable [] shellClass(String space, String name) {
    ShellSpace shell = shells.get(space);
    return shell == null ? null : shell.classes().get(name);
  }

  /** Returns the bytes of a class file that a loader finds; null if there is none. */
  public static byte @Nullable [] classFile(String className, @Nullable ClassLoader loader) throws IOException {
    String resource = className.replace('.', '/') + ".class";
    try (InputStream in = loader == null
        ? ClassLoader.getSystemResourceAsStream(resource)
        : loader.getResourceAsStream(resource)) {
      return in == null ? null : in.readAllBytes();
    }
  }
}
