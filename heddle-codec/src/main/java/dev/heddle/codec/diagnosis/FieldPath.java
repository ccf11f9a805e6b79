package dev.heddle.codec.diagnosis;

import dev.heddle.codec.form.Forms;
import dev.heddle.codec.form.ProcessBound;
import java.io.Externalizable;
import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the object that makes a graph not serializable, and the path of fields to it, for a message. Visits at most 100,000
 * objects and 200 levels. Not thread-safe.
 */
public final class FieldPath {
  private static final int MOST = 100_000;
  private static final int DEEPEST = 200;

  /**
   * The object and the path to it.
   *
   * @param path the fields from the root, empty if it is the root
   * @param offender the object
   * @param capturesThis whether the object is the captured {@code this} of a lambda
   */
  public record Found(String path, Object offender, boolean capturesThis) {
    /** Returns the kind of an object that works within one process only; null if it is just not serializable. */
    @Nullable
    ProcessBound bound() {
      return ProcessBound.of(offender.getClass());
    }

    /** Returns what is wrong with the object, as the predicate of a sentence. */
    public String problem() {
      ProcessBound bound = bound();
      return bound == null ? "is not serializable" : "works within one process only: " + bound.why();
    }

    @Override
    public String toString() {
      String type = describe(offender);
      return path.isEmpty() ? type : path + ": " + type;
    }
  }

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private FieldPath() {}

  /** Returns the first object that cannot be serialized; null if none is found. */
  public static @Nullable Found find(Object root) {
    try {
      return new FieldPath().visit(root, "", 0);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return null; // user code threw: the message names only the class
    }
  }

  /** Returns the name of an object's class for a message; that of the host for a lambda. */
  public static String describe(Object object) {
    Class<?> type = object.getClass();
    if (type.isHidden()) {
      Class<?>[] interfaces = type.getInterfaces();
      String host = type.getName();
      int end = host.indexOf("$$Lambda");
      return "a lambda"
          + (interfaces.length == 0 ? "" : " (" + interfaces[0].getSimpleName() + ")")
          + " of "
          + (end < 0 ? host : host.substring(0, end));
    }
    return type.getTypeName();
  }

  private @Nullable Found visit(@Nullable Object object, String path, int depth) {
    if (object == null || depth > DEEPEST || seen.size() > MOST || !seen.add(object)) {
      return null;
    }
    Class<?> type = object.getClass();
    if (ProcessBound.of(type) != null || !Forms.canSend(object)) {
      return new Found(path, object, false);
    }
    if (object instanceof String || object instanceof Number || object instanceof Enum || object instanceof Class) {
      return null;
    }
    if (type.isArray()) {
      return type.componentType().isPrimitive() ? null : elements((Object[]) object, path, depth);
    }
    if (object instanceof Collection<?> all) {
      return elements(all.toArray(), path, depth);
    }
    if (object instanceof Map<?, ?> map) {
      return entries(map, path, depth);
    }
    if (object instanceof Map.Entry<?, ?> entry) {
      return elements(new @Nullable Object[]{entry.getKey(), entry.getValue()}, path, depth);
    }
    if (object instanceof Optional<?> optional) {
      return visit(optional.orElse(null), path, depth + 1);
    }
    if (type.isHidden() && replacement(object) instanceof SerializedLambda lambda) {
      return captured(lambda, path, depth);
    }
    return object instanceof Externalizable ? null : fields(object, path, depth);
  }

  private @Nullable Found elements(@Nullable Object[] all, String path, int depth) {
    for (int i = 0; i < all.length; i++) {
      Found found = visit(all[i], path + "[" + i + "]", depth + 1);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Found entries(Map<?, ?> map, String path, int depth) {
    for (Map.Entry<?, ?> each : map.entrySet()) {
      Found found = visit(each.getKey(), path + "[a key]", depth + 1);
      if (found == null) {
        found = visit(each.getValue(), path + "[" + name(each.getKey()) + "]", depth + 1);
      }
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static String name(@Nullable Object key) {
    return key instanceof String || key instanceof Number || key instanceof Enum ? key.toString() : "a key's value";
  }

  private @Nullable Found captured(SerializedLambda lambda, String path, int depth) {
    for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
      Object each = lambda.getCapturedArg(i);
      if (each != null) {
        boolean isThis = i == 0 && lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic;
        String step = (isThis ? "captured this (" : "captured argument " + (i + 1) + " (") + describe(each) + ")";
        Found found = visit(each, path.isEmpty() ? step : path + " > " + step, depth + 1);
        if (found != null) {
          return isThis && found.offender() == each ? new Found(found.path(), each, true) : found;
        }
      }
    }
    return null;
  }

  private @Nullable Found fields(Object object, String path, int depth) {
    for (Class<?> c = object.getClass(); c != null && (c.isRecord() || Serializable.class.isAssignableFrom(c)); c = c
        .getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())
            || Modifier.isTransient(field.getModifiers())
            || field.getType().isPrimitive()) {
          continue;
        }
        Found found = visit(read(field, object), path.isEmpty() ? field.getName() : path + "." + field.getName(), depth + 1);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static @Nullable Object read(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException | InaccessibleObjectException e) {
      return null;
    }
  }

  private static @Nullable Object replacement(Object object) {
    try {
      Method method = object.getClass().getDeclaredMethod("writeReplace");
      method.setAccessible(true);
      return method.invoke(object);
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return null;
    }
  }
}
