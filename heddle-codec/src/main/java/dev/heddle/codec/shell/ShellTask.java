package dev.heddle.codec.shell;

import dev.heddle.codec.EncodedTask;
import dev.heddle.codec.diagnosis.FieldPath;
import dev.heddle.codec.filter.AllowList;
import dev.heddle.codec.loader.ParentSpaces;
import dev.heddle.codec.loader.WorkerSpaces;
import dev.heddle.codec.message.ArrayKind;
import dev.heddle.codec.message.BinaryReader;
import dev.heddle.codec.message.BinaryWriter;
import dev.heddle.codec.message.CodecException;
import dev.heddle.codec.shared.MappedArrays;
import dev.heddle.codec.task.Callables;
import dev.heddle.codec.task.ClassEncoders;
import dev.heddle.codec.value.GraphInput;
import dev.heddle.codec.value.StreamObserver;
import dev.heddle.codec.value.ValueReader;
import dev.heddle.codec.value.ValueWriter;
import java.io.IOException;
import java.io.NotSerializableException;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes a task that uses classes of a jshell session, together with the variables that it needs.
 *
 * <p>A worker has its own copy of the session's classes, whose variables are not set. So the variables that the task can
 * read are sent with their values at the time of encoding, and are set in the worker before the task is called. A value may
 * contain code that reads further variables, so this is repeated until no new ones are found. Constructors and other code
 * that runs during decoding may read variables, too: values are sent one after the other, each after those it needs, and
 * each is set as soon as it is decoded. Not thread-safe.
 */
public final class ShellTask implements StreamObserver {

  /** Collections that may call their comparator when they are decoded. */
  private static final Set<String> SORTED = Set.of(
      "java.util.PriorityQueue",
      "java.util.TreeMap",
      "java.util.TreeSet",
      "java.util.concurrent.ConcurrentSkipListMap",
      "java.util.concurrent.ConcurrentSkipListSet",
      "java.util.concurrent.PriorityBlockingQueue");

  private final Set<Class<?>> types = new LinkedHashSet<>();
  private final Set<ShellCode.Member> lambdas = new LinkedHashSet<>();
  private boolean callsOthers;

  @Override
  public void shellClass(Class<?> type) {
    types.add(type);
  }

  @Override
  public void lambda(SerializedLambda lambda) {
    lambdas.add(
        new ShellCode.Member(
            lambda.getImplClass().replace('/', '.'), lambda.getImplMethodName(), lambda.getImplMethodSignature()));
  }

  /** Records whether decoding the class may call lambdas and other objects that it refers to. */
  @Override
  public void otherClass(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    boolean ofJdk = loader == null || loader == ClassLoader.getPlatformClassLoader();
    callsOthers |= !ofJdk || SORTED.contains(type.getName());
  }

  /** A variable and its value at the time of encoding. */
  private record Variable(ShellCode.Member member, @Nullable Object value) {}

  public static EncodedTask encode(
      Object task, ParentSpaces spaces, ShellCode code, AllowList allowed, @Nullable MappedArrays arrays)
      throws IOException {
    List<Variable> variables = new ArrayList<>();
    Set<ShellCode.Member> known = new HashSet<>();
    while (true) {
      ShellTask seen = look(variables, task, spaces);
      ClassLoader loader = seen.loader();
      ShellCode.Reach reach = code.reach(loader, seen.types, seen.lambdas);
      refuse(reach.writes());
      boolean complete = true;
      for (ShellCode.Member each : reach.reads()) {
        if (known.add(each)) {
          variables.add(new Variable(each, read(each, loader)));
          complete = false;
        }
      }
      if (complete) {
        List<Variable> ordered = seen.decodingIsInert(code) ? variables : ordered(variables, spaces, code);
        seen.types.forEach(allowed::learn);
        String space = spaces.shellSpace(loader, reach.hash(), reach.classes());
        ValueWriter writer = new ValueWriter(spaces, null, arrays);
        byte[] payload = writer.writeShell(needs(space, ordered), roots(ordered, task), seen);
        return new EncodedTask(ClassEncoders.SERIALIZED, payload, loader, writer.release());
      }
    }
  }

  private static @Nullable Object[] roots(List<Variable> variables, @Nullable Object task) {
    List<@Nullable Object> roots = new ArrayList<>();
    variables.forEach(each -> roots.add(each.value()));
    roots.add(task);
    return roots.toArray();
  }

  /** Returns whether decoding the objects seen runs no code of the session that may read a variable. */
  private boolean decodingIsInert(ShellCode code) throws IOException {
    return types.isEmpty() || (!callsOthers && code.isInert(loader(), types));
  }

  /**
   * Returns the variables in an order in which they can be set one after the other: a variable that is read while a value is
   * decoded comes before that value.
   */
  private static List<Variable> ordered(List<Variable> variables, ParentSpaces spaces, ShellCode code)
      throws IOException {
    Map<ShellCode.Member, Set<ShellCode.Member>> needs = new LinkedHashMap<>();
    for (Variable each : variables) {
      needs.put(each.member(), isPlain(each.value()) ? Set.of() : needs(each.value(), spaces, code));
    }
    List<Variable> ordered = new ArrayList<>();
    Set<ShellCode.Member> set = new HashSet<>();
    while (ordered.size() < variables.size()) {
      int before = ordered.size();
      for (Variable each : variables) {
        if (!set.contains(each.member()) && set.containsAll(needs.get(each.member()))) {
          ordered.add(each);
          set.add(each.member());
        }
      }
      if (ordered.size() == before) {
        needs.keySet().removeAll(set);
        throw circular(needs);
      }
    }
    return ordered;
  }

  private static boolean isPlain(@Nullable Object value) {
    return value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Character
        || (value instanceof Number && value.getClass().getPackageName().equals("java.lang"))
        || ArrayKind.of(value.getClass()) != null;
  }

  /** Returns the variables that may be read while a value is decoded. */
  private static Set<ShellCode.Member> needs(@Nullable Object value, ParentSpaces spaces, ShellCode code)
      throws IOException {
    ShellTask seen = look(List.of(), value, spaces);
    return seen.decodingIsInert(code) ? Set.of() : code.reach(seen.loader(), seen.types, seen.lambdas).reads();
  }

  private static CodecException circular(Map<ShellCode.Member, Set<ShellCode.Member>> needs) {
    Map.Entry<ShellCode.Member, Set<ShellCode.Member>> first = needs.entrySet().iterator().next();
    return new CodecException(
        "the task needs the jshell variable '"
            + first.getKey().name()
            + "', but making its value in another process may run code of the session that reads "
            + first.getValue().stream().map(each -> "'" + each.name() + "'").sorted().collect(Collectors.joining(", "))
            + ", which is not there before; let constructors, readObject and the like read no variables, or pass to the"
            + " task what it needs of that value",
        null);
  }

  /** Serializes everything to find the classes and lambdas in it. */
  private static ShellTask look(List<Variable> variables, @Nullable Object task, ParentSpaces spaces)
      throws IOException {
    ShellTask seen = new ShellTask();
    try {
      new ValueWriter(spaces, null, null).writeShell(new byte[0], roots(variables, task), seen);
      return seen;
    } catch (NotSerializableException e) {
      for (Variable each : variables) {
        FieldPath.Found found = each.value() == null ? null : FieldPath.find(each.value());
        if (found != null) {
          throw new CodecException(
              "the task reads the jshell variable '"
                  + each.member().name()
                  + "', whose value cannot be sent to another process: "
                  + found
                  + " "
                  + found.problem()
                  + "; make it inside the task, or read what the task needs of it before",
              e);
        }
      }
      throw e;
    }
  }

  private static void refuse(Set<ShellCode.Member> writes) {
    for (ShellCode.Member each : writes) {
      throw new CodecException(
          "the task assigns the jshell variable '"
              + each.name()
              + "', but runs in another process, where that would be lost; return the value and assign it in jshell",
          null);
    }
  }

  private ClassLoader loader() {
    for (Class<?> each : types) {
      return Objects.requireNonNull(each.getClassLoader(), "jshell's classes have a loader");
    }
    throw new IllegalStateException("no class of jshell after all");
  }

  private static @Nullable Object read(ShellCode.Member variable, ClassLoader loader) {
    try {
      return field(Class.forName(variable.owner(), false, loader), variable.name()).get(null);
    } catch (ReflectiveOperationException e) {
      throw new CodecException(
          "the task reads the jshell variable '" + variable.name() + "', whose value cannot be read: " + e, e);
    }
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true); // it is public, but its class is not
    return field;
  }

  private static byte[] needs(String space, List<Variable> variables) {
    BinaryWriter out = new BinaryWriter(128);
    out.putString(space);
    out.putSize(variables.size());
    for (Variable each : variables) {
      out.putString(each.member().owner());
      out.putString(each.member().name());
    }
    return out.toBytes();
  }

  // ---- in the worker ----

  private record Setting(Field field, @Nullable Object value) {}

  /** The task, which sets the variables once more when it is called: another may have been decoded in between. */
  public static Callable<?> decode(ValueReader reader, WorkerSpaces spaces) throws Exception {
    try {
      BinaryReader body = reader.body();
      String space = body.getString();
      List<Setting> settings = new ArrayList<>();
      int count = body.getCount();
      String[] names = new String[2 * count];
      for (int i = 0; i < names.length; i++) {
        names[i] = body.getString();
      }
      Callable<?> task;
      try (GraphInput in = reader.stream(space, null)) {
        for (int i = 0; i < count; i++) {
          Object value = in.readObject();
          Setting setting = new Setting(field(spaces.load(space, names[2 * i]), names[2 * i + 1]), value);
          set(setting); // now, for code that runs while what follows is decoded
          settings.add(setting);
        }
        task = Callables.of(in.readObject());
      }
      return () -> {
        for (Setting each : settings) {
          set(each);
        }
        return task.call();
      };
    } finally {
      reader.discard();
    }
  }

  private static void set(Setting setting) {
    try {
      setting.field().set(null, setting.value());
    } catch (IllegalAccessException e) {
      throw new CodecException("the jshell variable '" + setting.field().getName() + "' cannot be set in the worker", e);
    }
  }
}
