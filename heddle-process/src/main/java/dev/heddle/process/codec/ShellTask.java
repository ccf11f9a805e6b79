package dev.heddle.process.codec;

import dev.heddle.process.NotSerializableTaskException;
import dev.heddle.process.ProcessException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A task that has to do with jshell, and what of the session it needs.
 *
 * <p>A worker has its own copy of the session's classes, whose variables are not set. So the variables that the task can
 * read go along with their values at the time of encoding, and are set in the worker before the task is called. A value
 * may hold further code that reads further variables, so this is done until nothing new comes up. Not thread-safe.
 */
final class ShellTask {

  /** Thrown when a class of jshell turns up in a task that is not encoded as such. */
  static final class Needed extends IOException {
    Needed() {
      super("a class of jshell");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this; // it is no error, and thrown often
    }
  }

  private final Set<Class<?>> types = new LinkedHashSet<>();
  private final Set<ShellCode.Member> lambdas = new LinkedHashSet<>();

  /** Takes note of a class that occurs in the task. */
  void see(Class<?> type) {
    types.add(type);
  }

  /** Takes note of a lambda that occurs in the task. */
  void see(SerializedLambda lambda) {
    lambdas.add(
        new ShellCode.Member(
            lambda.getImplClass().replace('/', '.'), lambda.getImplMethodName(), lambda.getImplMethodSignature()));
  }

  static EncodedTask encode(
      Object task, ParentSpaces spaces, ShellCode code, AllowList allowed, @Nullable SharedArrays arrays)
      throws IOException {
    List<ShellCode.Member> variables = new ArrayList<>();
    List<@Nullable Object> roots = new ArrayList<>();
    roots.add(task);
    while (true) {
      ShellTask seen = look(roots, variables, spaces);
      ClassLoader loader = seen.loader();
      ShellCode.Reach reach = code.reach(loader, seen.types, seen.lambdas);
      refuse(reach.writes());
      boolean complete = true;
      for (ShellCode.Member each : reach.reads()) {
        if (!variables.contains(each)) {
          variables.add(each);
          roots.add(read(each, loader));
          complete = false;
        }
      }
      if (complete) {
        seen.types.forEach(allowed::learn);
        String space = spaces.shellSpace(loader, reach);
        ValueWriter writer = new ValueWriter(spaces, null, arrays);
        byte[] payload = writer.writeShell(needs(space, variables), roots.toArray(), seen);
        return new EncodedTask(TaskSites.SERIALIZED, payload, writer.shared());
      }
    }
  }

  /** Serializes everything for the sake of what occurs in it. */
  private static ShellTask look(List<@Nullable Object> roots, List<ShellCode.Member> variables, ParentSpaces spaces)
      throws IOException {
    ShellTask seen = new ShellTask();
    try {
      new ValueWriter(spaces, null, null).writeShell(new byte[0], roots.toArray(), seen);
      return seen;
    } catch (NotSerializableException e) {
      for (int i = 0; i < variables.size(); i++) {
        Object value = roots.get(i + 1);
        FieldPath.Found found = value == null ? null : FieldPath.find(value);
        if (found != null) {
          throw new NotSerializableTaskException(
              "the task reads the jshell variable '"
                  + variables.get(i).name()
                  + "', whose value cannot be sent to another process: "
                  + found
                  + " is not serializable; make it inside the task, or read what the task needs of it before",
              e);
        }
      }
      throw e;
    }
  }

  private static void refuse(Set<ShellCode.Member> writes) {
    for (ShellCode.Member each : writes) {
      throw new NotSerializableTaskException(
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
      throw new NotSerializableTaskException(
          "the task reads the jshell variable '" + variable.name() + "', whose value cannot be read: " + e, e);
    }
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true); // it is public, but its class is not
    return field;
  }

  private static byte[] needs(String space, List<ShellCode.Member> variables) {
    Sink sink = new Sink(128);
    sink.putString(space);
    sink.putSize(variables.size());
    for (ShellCode.Member each : variables) {
      sink.putString(each.owner());
      sink.putString(each.name());
    }
    return sink.toBytes();
  }

  // ---- in the worker ----

  private record Setting(Field field, @Nullable Object value) {}

  /** The task, which sets the variables when it is called. */
  static Callable<?> decode(ValueReader reader, WorkerSpaces spaces) throws Exception {
    try {
      Source body = reader.body();
      String space = body.getString();
      List<Setting> settings = new ArrayList<>();
      int count = body.getCount();
      String[] names = new String[2 * count];
      for (int i = 0; i < names.length; i++) {
        names[i] = body.getString();
      }
      @Nullable Object[] roots = reader.readGraph(space, null);
      if (roots.length != count + 1) {
        throw new MalformedException((roots.length - 1) + " values of " + count + " variables");
      }
      for (int i = 0; i < count; i++) {
        settings.add(new Setting(field(spaces.load(space, names[2 * i]), names[2 * i + 1]), roots[i + 1]));
      }
      Callable<?> task = TaskDecoder.callable(roots[0]);
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
      throw new ProcessException("the jshell variable '" + setting.field().getName() + "' cannot be set in the worker", e);
    }
  }
}
