package dev.heddle.iter.compiler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Hands what a lambda has captured to the constructor of its state machine. */
final class Captures {
  private Captures() {}

  /** Reads what a body has captured straight from its fields, if a trial shows that this is right. */
  static Factory factory(
      Object body, BodyLocator located, MethodHandle constructor, @Nullable Lookup granted) throws Unsupported {
    MethodHandle create = constructor;
    List<@Nullable Object> captured = located.captured();
    if (captured.size() == 1 && captured.getFirst() == body) {
      return Factory.of(constructor.asType(MethodType.methodType(Object.class, Object.class)));
    }
    List<MethodHandle> getters = getters(body, captured, granted);
    if (getters == null) {
      MethodHandle spread = constructor.asSpreader(Object[].class, captured.size());
      return other -> spread.invoke(BodyLocator.capturedBy(other).toArray());
    }
    for (int i = 0; i < captured.size(); i++) {
      MethodHandle getter = getters.get(i).asType(MethodType.methodType(constructor.type().parameterType(i), Object.class));
      create = MethodHandles.filterArguments(create, i, getter);
    }
    if (captured.isEmpty()) {
      create = MethodHandles.dropArguments(create, 0, Object.class);
    } else {
      create = MethodHandles.permuteArguments(
          create, MethodType.methodType(create.type().returnType(), Object.class), new int[captured.size()]);
    }
    return Factory.of(create.asType(MethodType.methodType(Object.class, Object.class)));
  }

  private static @Nullable List<MethodHandle> getters(
      Object body, List<@Nullable Object> captured, @Nullable Lookup granted) {
    Class<?> type = body.getClass();
    try {
      Lookup lookup = MethodHandles.privateLookupIn(type, granted == null ? MethodHandles.lookup() : granted);
      List<MethodHandle> getters = new ArrayList<>();
      for (int i = 0; i < captured.size(); i++) {
        Field field = type.getDeclaredField("arg$" + (i + 1));
        if (Modifier.isStatic(field.getModifiers())) {
          return null;
        }
        MethodHandle getter = lookup.unreflectGetter(field);
        Object value = getter.invoke(body);
        if (field.getType().isPrimitive() ? !Objects.equals(value, captured.get(i)) : value != captured.get(i)) {
          return null;
        }
        getters.add(getter);
      }
      return getters;
    } catch (Throwable e) {
      return null; // how lambdas keep what they capture is the JDK's own business: then it is asked each time
    }
  }

  /**
   * Returns what reads the first captured value of a body and others of its class, the receiver; null if it cannot be read
   * so.
   */
  static @Nullable MethodHandle receiver(Object body, List<@Nullable Object> captured, @Nullable Lookup granted) {
    List<MethodHandle> getters = getters(body, captured, granted);
    return getters == null ? null : getters.getFirst();
  }
}
