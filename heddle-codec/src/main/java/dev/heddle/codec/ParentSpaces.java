package dev.heddle.codec;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The parent's class loaders, and the class files they can give. Thread-safe. */
final class ParentSpaces implements ClassSpaces {
  /** What stands before the class name in a request for a class of another space than home. */
  static final char SEPARATOR = '!';

  private static final String SHELL_PREFIX = "REPL.$JShell$";

  private final @Nullable ClassLoader home = ParentSpaces.class.getClassLoader();
  private final Set<ClassLoader> homes = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<ClassLoader, String> names = Collections.synchronizedMap(new WeakHashMap<>());
  private final Map<String, WeakReference<ClassLoader>> loaders = new ConcurrentHashMap<>();
  private final Map<String, ShellSpace> shells = new ConcurrentHashMap<>();

  /** The classes of a jshell session as they were when a task was encoded. */
  record ShellSpace(ClassLoader loader, Map<String, byte[]> classes) {}

  ParentSpaces() {
    for (ClassLoader each = home; each != null; each = each.getParent()) {
      homes.add(each);
    }
    for (ClassLoader each = ClassLoader.getSystemClassLoader(); each != null; each = each.getParent()) {
      homes.add(each);
    }
  }

  static boolean isShell(String className) {
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

  /** The space of a loader that is not home's, or would be. */
  String nameOf(ClassLoader loader) {
    synchronized (names) {
      String name = names.get(loader);
      if (name == null) {
        name = "L" + (loaders.size() + 1);
        names.put(loader, name);
        loaders.put(name, new WeakReference<>(loader));
      }
      return name;
    }
  }

  /** The space of some classes of a jshell session, which other classes of the same names are not in. */
  String shellSpace(ClassLoader loader, ShellCode.Reach reach) {
    String space = "S" + reach.hash() + nameOf(loader);
    shells.computeIfAbsent(space, _ -> new ShellSpace(loader, reach.classes()));
    return space;
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
    if (shell != null) {
      return shell.loader();
    }
    WeakReference<ClassLoader> reference = loaders.get(space);
    ClassLoader loader = reference == null ? null : reference.get();
    if (loader == null) {
      throw new ClassNotFoundException("there is no class loader '" + space + "' any more");
    }
    return loader;
  }

  /** Answers a worker: the space of the class, then its class file; null if there is none. */
  byte @Nullable [] answer(String request) {
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

  /** The space of the loader that really defines the class, which may be a parent of the one that was asked for. */
  private String ownSpace(String space, String name) throws ClassNotFoundException {
    String own = spaceOf(load(space, name));
    return own == null ? space : own;
  }

  private static byte[] answer(String space, byte[] bytes) {
    Sink sink = new Sink(bytes.length + 32);
    sink.putString(space);
    sink.write(bytes, 0, bytes.length);
    return sink.toBytes();
  }

  /** A class file through a loader; null if it has none. */
  static byte @Nullable [] classFile(String className, @Nullable ClassLoader loader) throws IOException {
    String resource = className.replace('.', '/') + ".class";
    try (InputStream in = loader == null
        ? ClassLoader.getSystemResourceAsStream(resource)
        : loader.getResourceAsStream(resource)) {
      return in == null ? null : in.readAllBytes();
    }
  }
}
