package dev.heddle.codec.loader;

import dev.heddle.codec.ClassSupply;
import dev.heddle.codec.message.BinaryWriter;
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

/** The parent's class loaders; supplies workers with class files. Thread-safe. */
public final class ParentSpaces implements ClassSpaces, ClassSupply {
  /** Separates the space from the class name in a request for a class that is not of {@link #HOME}. */
  public static final char SEPARATOR = '!';

  private static final String SHELL_PREFIX = "REPL.$JShell$";

  private final @Nullable ClassLoader home = ParentSpaces.class.getClassLoader();
  private final Set<ClassLoader> homes = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<ClassLoader, String> names = Collections.synchronizedMap(new WeakHashMap<>());
  private final Map<String, WeakReference<ClassLoader>> loaders = new ConcurrentHashMap<>();
  private final Map<String, ShellSpace> shells = new ConcurrentHashMap<>();

  /** The classes of a jshell session as they were when a task was encoded. */
  public record ShellSpace(ClassLoader loader, Map<String, byte[]> classes) {}

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
        name = "L" + (loaders.size() + 1);
        names.put(loader, name);
        loaders.put(name, new WeakReference<>(loader));
      }
      return name;
    }
  }

  /** Returns the space of one state of a jshell session: other classes of the same names are in other spaces. */
  public String shellSpace(ClassLoader loader, String hash, Map<String, byte[]> classes) {
    String space = "S" + hash + nameOf(loader);
    shells.computeIfAbsent(space, _ -> new ShellSpace(loader, classes));
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

  private static byte[] answer(String space, byte[] bytes) {
    BinaryWriter out = new BinaryWriter(bytes.length + 32);
    out.putString(space);
    out.write(bytes, 0, bytes.length);
    return out.toBytes();
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
