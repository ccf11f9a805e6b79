package dev.heddle.process.codec;

import dev.heddle.process.ProcessException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.invoke.MethodHandleInfo;
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
import org.jspecify.annotations.Nullable;

/**
 * Knows from the class files of a jshell session which of its variables some code can read or assign.
 *
 * <p>jshell wraps each snippet in a class; a variable is a static field of its wrapper, a method a static method of its.
 * What is declared with {@code class}, {@code record} and so on is a class inside the wrapper. Followed are calls of
 * snippet methods, lambdas, and all methods of the declared classes that occur, since it does not show which of them are
 * called. Thread-safe.
 */
final class ShellCode {
  private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\d+[A-Z]*");

  /** How long what was read counts as current: jshell needs longer to compile a new version of a snippet and run another. */
  private static final long FRESH_NANOS = 5_000_000;

  private static final int MOST_ANALYSES = 256;

  /** A field or method; the descriptor is empty for fields. */
  record Member(String owner, String name, String descriptor) {}

  /**
   * What some code can reach.
   *
   * @param reads the variables it can read
   * @param writes the variables it can assign
   * @param classes the class files of all classes of jshell that it can reach in any way, by name
   * @param hash names those classes
   */
  record Reach(Set<Member> reads, Set<Member> writes, SortedMap<String, byte[]> classes, String hash) {}

  private record Roots(Set<Class<?>> types, Set<Member> lambdas) {}

  private record Analysis(Reach reach, long at) {}

  /** What one method does itself. */
  private record Method(Set<Member> reads, Set<Member> writes, Set<Member> calls, Set<String> types) {
    Method() {
      this(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    }
  }

  /** What a class file says; {@code mentioned} are all classes of jshell that it names. */
  private record Facts(Map<String, Method> methods, Set<String> supers, Set<String> mentioned) {}

  /** A class file when it was last read. */
  private static final class Known {
    private final byte[] bytes;
    private final Facts facts;
    private long readAt;

    Known(byte[] bytes, long readAt) {
      this.bytes = bytes;
      this.facts = parse(bytes);
      this.readAt = readAt;
    }
  }

  private final Map<ClassLoader, Map<String, Known>> known = new WeakHashMap<>();
  private final Map<Roots, Analysis> analyses = new HashMap<>();

  private Known known(ClassLoader loader, String name) throws IOException {
    Map<String, Known> ofLoader = known.computeIfAbsent(loader, _ -> new HashMap<>());
    Known old = ofLoader.get(name);
    long now = System.nanoTime();
    if (old != null && now - old.readAt < FRESH_NANOS) {
      return old;
    }
    byte[] bytes = classFile(loader, name);
    if (bytes == null) {
      throw new ProcessException(
          "the class file of " + name + " cannot be had from jshell, so the task that uses it cannot be sent", null);
    }
    if (old != null && Arrays.equals(old.bytes, bytes)) {
      old.readAt = now;
      return old;
    }
    Known current = new Known(bytes, now);
    ofLoader.put(name, current);
    return current;
  }

  /** Asks the loader itself: its parents, whose whole class path would be searched first, have no such class. */
  private static byte @Nullable [] classFile(ClassLoader loader, String name) throws IOException {
    URL found = loader instanceof URLClassLoader own ? own.findResource(name.replace('.', '/') + ".class") : null;
    if (found == null) {
      return ParentSpaces.classFile(name, loader);
    }
    try (InputStream in = found.openStream()) {
      return in.readAllBytes();
    }
  }

  private Facts facts(ClassLoader loader, String name) throws IOException {
    return known(loader, name).facts;
  }

  private static Facts parse(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    Map<String, Method> methods = new HashMap<>();
    for (MethodModel each : model.methods()) {
      Method method = new Method();
      each.code().ifPresent(code -> scan(code, method));
      methods.put(each.methodName().stringValue() + each.methodType().stringValue(), method);
    }
    Set<String> supers = new LinkedHashSet<>();
    model.superclass().ifPresent(each -> addShell(name(each), supers));
    model.interfaces().forEach(each -> addShell(name(each), supers));
    Set<String> mentioned = new LinkedHashSet<>();
    for (PoolEntry each : model.constantPool()) {
      if (each instanceof ClassEntry entry && !entry.asInternalName().startsWith("[")) {
        addShell(name(entry), mentioned);
      }
    }
    return new Facts(methods, supers, mentioned);
  }

  private static String name(ClassEntry entry) {
    return entry.asInternalName().replace('/', '.');
  }

  private static void addShell(String name, Set<String> to) {
    if (ParentSpaces.isShell(name)) {
      to.add(name);
    }
  }

  private static boolean isWrapper(String name) {
    return WRAPPER.matcher(name).matches();
  }

  private static void scan(CodeModel code, Method method) {
    for (CodeElement each : code) {
      switch (each) {
        case FieldInstruction field -> {
          boolean writes = field.opcode() == Opcode.PUTSTATIC || field.opcode() == Opcode.PUTFIELD;
          use(name(field.owner()), field.name().stringValue(), "", writes, method);
        }
        case InvokeInstruction call ->
            use(name(call.owner()), call.name().stringValue(), call.type().stringValue(), false, method);
        case NewObjectInstruction made -> addShell(name(made.className()), method.types());
        case InvokeDynamicInstruction dynamic -> {
          for (ConstantDesc argument : dynamic.bootstrapArgs()) {
            if (argument instanceof DirectMethodHandleDesc handle && handle.owner().isClassOrInterface()) {
              use(handle, method);
            }
          }
        }
        default -> {
          // runs no other code
        }
      }
    }
  }

  private static void use(DirectMethodHandleDesc handle, Method method) {
    String descriptor = handle.owner().descriptorString();
    String owner = descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    boolean isField = handle.refKind() <= MethodHandleInfo.REF_putStatic;
    boolean writes = handle.refKind() == MethodHandleInfo.REF_putStatic || handle.refKind() == MethodHandleInfo.REF_putField;
    use(owner, handle.methodName(), isField ? "" : handle.lookupDescriptor(), writes, method);
  }

  private static void use(String owner, String name, String descriptor, boolean writes, Method method) {
    if (!ParentSpaces.isShell(owner)) {
      return;
    }
    if (!isWrapper(owner)) {
      method.types().add(owner);
    } else if (!descriptor.isEmpty()) {
      method.calls().add(new Member(owner, name, descriptor));
    } else {
      (writes ? method.writes() : method.reads()).add(new Member(owner, name, descriptor));
    }
  }

  /**
   * What can be reached.
   *
   * @param types the classes of jshell that occur; of those that are no wrappers there are objects
   * @param lambdas the methods that hold the code of lambdas
   */
  synchronized Reach reach(ClassLoader loader, Set<Class<?>> types, Set<Member> lambdas) throws IOException {
    long now = System.nanoTime();
    Roots roots = new Roots(Set.copyOf(types), Set.copyOf(lambdas));
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
    Method roots = new Method();
    for (Class<?> each : types) {
      if (!isWrapper(each.getName())) {
        roots.types().add(each.getName());
      }
    }
    lambdas.forEach(each -> use(each.owner(), each.name(), each.descriptor(), false, roots));
    follow(roots, reach, todo);
    while (!todo.isEmpty()) {
      Object next = todo.remove();
      if (!done.add(next)) {
        continue;
      }
      switch (next) {
        case Member called -> {
          Method method = facts(loader, called.owner()).methods().get(called.name() + called.descriptor());
          if (method != null) {
            follow(method, reach, todo);
          }
        }
        default -> {
          Facts type = facts(loader, (String) next);
          type.methods().values().forEach(each -> follow(each, reach, todo));
          todo.addAll(type.supers());
        }
      }
    }
  }

  private static void follow(Method method, Reach reach, Deque<Object> todo) {
    reach.reads().addAll(method.reads());
    reach.writes().addAll(method.writes());
    todo.addAll(method.calls());
    todo.addAll(method.types());
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
