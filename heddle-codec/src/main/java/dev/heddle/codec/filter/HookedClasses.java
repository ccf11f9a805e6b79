package dev.heddle.codec.filter;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;

/** Finds the methods of a class that deserialization calls. */
final class HookedClasses {
  private HookedClasses() {}

  private static final ClassValue<Boolean> INERT = new ClassValue<>() {
    @Override
    protected Boolean computeValue(Class<?> type) {
      return !hasHooks(type) || InertCode.problem(type, InertCode.HOOKS) == null;
    }
  };

  /** Returns whether a class has no methods that deserialization calls, or {@link InertCode inert} ones only. */
  static boolean areHooksInert(Class<?> type) {
    try {
      return INERT.get(type);
    } catch (UncheckedIOException e) {
      return false; // its class file cannot be read now: refused this time
    }
  }

  private static boolean hasHooks(Class<?> type) {
    if (Externalizable.class.isAssignableFrom(type)) {
      return true;
    }
    try {
      for (Class<?> c = type; c != null && !JdkClasses.contain(c); c = c.getSuperclass()) {
        for (Method each : c.getDeclaredMethods()) {
          if (isHook(each)) {
            return true;
          }
        }
      }
      return false;
    } catch (LinkageError e) {
      return true; // what cannot be inspected counts as having some
    }
  }

  private static boolean isHook(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    return switch (method.getName()) {
      case "readObject" -> parameters.length == 1 && parameters[0] == ObjectInputStream.class;
      case "readResolve", "readObjectNoData", "finalize" -> parameters.length == 0;
      default -> false;
    };
  }
}
