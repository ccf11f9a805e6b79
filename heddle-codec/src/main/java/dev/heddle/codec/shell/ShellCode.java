package dev.heddle.codec.shell;

import dev.heddle.codec.loader.ParentSpaces;
import dev.heddle.codec.message.CodecException;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Analyses the class files of a jshell session: which variables some code can read or assign.
 *
 * <p>jshell wraps each snippet in a class; a variable is a static field of its wrapper, a method a static method of it.
 * Declared types are classes inside the wrapper. The analysis follows calls of snippet methods, lambdas, and all methods of
 * the declared classes that occur, since it cannot see which of them are called. Thread-safe.
 */
public final class ShellCode {
  private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\d+[A-Z]*");

  /** How long a class file counts as current: jshell needs longer to compile a new version of a snippet. */
  private static final long FRESH_NANOS = 5_000_000;

  private static final int MOST_ANALYSES = 256;

  /** A field or method; the descriptor is empty for fields. */
  public record Member(String owner, String name, String descriptor) {}

  /**
   * The variables and classes that some code can reach.
   *
   * @param reads the variables it can read
   * @param writes the variables it can assign
   * @param classes the class files of all classes of jshell that it can reach in any way, by name
   * @param hash a hash of those classes
   */
  public record Reach(Set<Member> reads, Set<Member> writes, SortedMap<String, byte[]> classes, String hash) {}

  /** A class whose objects are decoded, and whether a constructor of it runs then. */
  private record Entry(String type, boolean constructs) {}

  private record Roots(Set<String> types, Set<Member> lambdas) {}

  private record Analysis(Reach reach, long at) {}

  /** A class file and the time when it was last read. */
  private static final class Known {
    private final byte[] bytes;
    private final ShellClass facts;
    private long readAt;

    Known(byte[] bytes, long readAt) {
      this.bytes = bytes;
      this.facts = ShellClass.parse(bytes);
      this.readAt = readAt;
    }
  }

  private final Map<ClassLoader, Map<String, Known>> known = new WeakHashMap<>();
  private final Map<ClassLoader, Map<Roots, Analysis>> analysesOf = new WeakHashMap<>();

  private Known known(ClassLoader loader, String name) throws IOException {
    Map<String, Known> ofLoader = known.computeIfAbsent(loader, _ -> new HashMap<>());
    Known old = ofLoader.get(name);
    long now = System.nanoTime();
    if (old != null && now - old.readAt < FRESH_NANOS) {
      return old;
    }
    byte[] bytes = classFile(loader, name);
    if (bytes == null) {
      throw new CodecException(
          "the class file of " + name + " is not available from jshell, so the task that uses it cannot be sent", null);
    }
    if (old != null && Arrays.equals(old.bytes, bytes)) {
      old.readAt = now;
      return old;
    }
    Known current = new Known(bytes, now);
    ofLoader.put(name, current);
    return current;
  }

  /** Asks the loader itself first: a search through its parents would read the whole class path. */
  private static byte @Nullable [] classFile(ClassLoader loader, String name) throws IOException {
    URL found = loader instanceof URLClassLoader own ? own.findResource(name.replace('.', '/') + ".class") : null;
    if (found == null) {
      return ParentSpaces.classFile(name, loader);
    }
    try (InputStream in = found.openStream()) {
      return in.readAllBytes();
    }
  }

  private ShellClass facts(ClassLoader loader, String name) throws IOException {
    return known(loader, name).facts;
  }

  public static boolean isWrapper(String name) {
    return WRAPPER.matcher(name).matches();
  }

  /**
   * Returns what can be reached.
   *
   * @param types the classes of jshell that occur; those that are not wrappers have objects
   * @param lambdas the methods with the bodies of lambdas
   */
  public synchronized Reach reach(ClassLoader loader, Set<Class<?>> types, Set<Member> lambdas) throws IOException {
    long now = System.nanoTime();
    Map<Roots, Analysis> analyses = analysesOf.computeIfAbsent(loader, _ -> new HashMap<>());
    Roots roots = new Roots(types.stream().map(Class::getName).collect(Collectors.toSet()), Set.copyOf(lambdas));
    Analysis old = analyses.get(roots);
    if (old != null && now - old.at() < FRESH_NANOS) {
      return old.reach();
    }
    SortedMap<String, byte[]> classes = classes(loader, types, lambdas);
    Reach reach = new Reach(new LinkedHashSet<>(), new LinkedHashSet<>(), classes, hash(classes));
    followAll(loader, types, lambdas, reach);
    if (analyses.size() >= MOST_ANALYSES) {
      analyses.clear();
    }
    analyses.put(roots, new Analysis(reach, now));
    return reach;
  }

  private void followAll(ClassLoader loader, Set<Class<?>> types, Set<Member> lambdas, Reach reach) throws IOException {
    Set<Object> done = new HashSet<>();
    Deque<Object> todo = new ArrayDeque<>();
    ShellClass.Method roots = new ShellClass.Method();
    for (Class<?> each : types) {
      if (!isWrapper(each.getName())) {
        roots.types().add(each.getName());
      }
    }
    lambdas.forEach(each -> roots.use(each.owner(), each.name(), each.descriptor(), false));
    follow(roots, reach, todo);
    while (!todo.isEmpty()) {
      Object next = todo.remove();
      if (!done.add(next)) {
        continue;
      }
      switch (next) {
        case Member called -> {
          ShellClass.Method method = facts(loader, called.owner()).methods().get(called.name() + called.descriptor());
          if (method != null) {
            follow(method, reach, todo);
          }
        }
        default -> {
          ShellClass type = facts(loader, (String) next);
          type.methods().values().forEach(each -> follow(each, reach, todo));
          todo.addAll(type.supers());
        }
      }
    }
  }

  private static void follow(ShellClass.Method method, Reach reach, Deque<Object> todo) {
    reach.reads().addAll(method.reads());
    reach.writes().addAll(method.writes());
    todo.addAll(method.calls());
    todo.addAll(method.types());
  }

  /**
   * Returns whether decoding objects of these classes runs no code of the session that reads a variable.
   *
   * <p>Decoding runs static initializers, the constructors of records and of superclasses that are not serializable, the
   * methods that serialization defines, and those that collections call.
   */
  public synchronized boolean isInert(ClassLoader loader, Set<Class<?>> types) throws IOException {
    Set<String> serialized = new HashSet<>();
    Deque<Entry> entries = new ArrayDeque<>();
    for (Class<?> each : types) {
      if (!isWrapper(each.getName())) {
        serialized.add(each.getName());
        boolean constructs = each.isRecord() || Externalizable.class.isAssignableFrom(each)
            || !Serializable.class.isAssignableFrom(each);
        entries.add(new Entry(each.getName(), constructs));
      }
    }
    Set<Object> done = new HashSet<>();
    Deque<ShellClass.Method> todo = new ArrayDeque<>();
    while (!entries.isEmpty()) {
      Entry entry = entries.remove();
      if (done.add(entry)) {
        ShellClass type = facts(loader, entry.type());
        todo.addAll(type.atDecoding(entry.constructs()));
        for (String each : type.supers()) {
          if (!serialized.contains(each)) {
            entries.add(new Entry(each, true));
          }
        }
      }
      while (!todo.isEmpty()) {
        ShellClass.Method method = todo.remove();
        if (!method.isInert()) {
          return false;
        }
        method.types().forEach(each -> entries.add(new Entry(each, false)));
        for (Member each : method.own()) {
          ShellClass.Method called = facts(loader, each.owner()).methods().get(each.name() + each.descriptor());
          if (called == null) { // it may be inherited
            return false;
          }
          if (done.add(each)) {
            todo.add(called);
          }
        }
      }
    }
    return true;
  }

  private SortedMap<String, byte[]> classes(ClassLoader loader, Set<Class<?>> types, Set<Member> lambdas)
      throws IOException {
    SortedMap<String, byte[]> found = new TreeMap<>();
    Deque<String> todo = new ArrayDeque<>();
    types.forEach(each -> todo.add(each.getName()));
    lambdas.stream().map(Member::owner).filter(ParentSpaces::isShell).forEach(todo::add);
    while (!todo.isEmpty()) {
      String next = todo.remove();
      if (!found.containsKey(next)) {
        Known file = known(loader, next);
        found.put(next, file.bytes);
        todo.addAll(file.facts.mentioned());
      }
    }
    return found;
  }

  private static String hash(SortedMap<String, byte[]> classes) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    classes.forEach(
        (name, bytes) -> {
          digest.update(name.getBytes(StandardCharsets.UTF_8));
          digest.update((byte) 0);
          digest.update(bytes);
        });
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }
}
