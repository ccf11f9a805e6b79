package dev.heddle.codec.loader;

import dev.heddle.codec.ClassSupply;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The parent's class loaders; supplies workers with class files. Thread-safe. */
public final class ParentSpaces implements ClassSpaces, ClassSupply {
  /** Separates the space from the class name in a request for a class that is not of {@link #HOME}. */
  public static final char SEPARATOR = '!';

  private static final String SHELL_PREFIX = "REPL.$JShell$";

  private final @Nullable ClassLoader home = ParentSpaces.class.getClassLoader();
  private final Set<ClassLoader> homes = Collections.newSetFromMap(new IdentityHashMap<>());
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

  public ParentSpaces() {
    for (ClassLoader each = home; each != null; each = each.getParent()) {
      homes.add(each);
    }
    for (ClassLoader each = ClassLoader.getSystemClassLoader(); each != null; each = each.getParent()) {
      homes.add(each);
    }
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
    if (loader == null || homes.contains(loader)) {
      return HOME;
    }
    return nameOf(loader);
  }

  /** Returns the space of a loader, which gets one if it has none. */
  public String nameOf(ClassLoader loader) {
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

  private BitSet gone() {
    synchronized (names) {
      forgetCollected();
      return (BitSet) gone.clone();
    }
  }

  @Override
  public Class<?> load(String space, String name) throws ClassNotFoundException {
    return Class.forName(name, false, loader(space));
  }

  private @Nullable ClassLoader loader(String space) throws ClassNotFoundException {
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

  @Override
  public byte @Nullable [] bytesOf(String request) {
    int separator = request.indexOf(SEPARATOR);
    String space = separator < 0 ? HOME : request.substring(0, separator);
    String name = request.substring(separator + 1);
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.indexOf(SEPARATOR) >= 0) {
      return null;
    }
    try {
      ShellSpace shell = shells.get(space);
      if (shell != null && isShell(name)) {
        byte[] bytes = shell.classes().get(name);
        return bytes == null ? null : answer(space, bytes);
      }
      byte[] bytes = classFile(name, loader(space));
      if (bytes == null) {
        return null;
      }
      return answer(space.isEmpty() || shell != null ? HOME : ownSpace(space, name), bytes);
    } catch (ClassNotFoundException | IOException | LinkageError e) {
      return null; // the worker reports that it lacks the class
    }
  }

  /** Returns the space of the loader that defines the class, which may be a parent of the loader that was asked. */
  private String ownSpace(String space, String name) throws ClassNotFoundException {
    String own = spaceOf(load(space, name));
    return own == null ? space : own;
  }

  private byte[] answer(String space, byte[] bytes) {
    return new ClassAnswer(space, gone(), bytes).toBytes();
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
