package dev.heddle.iter.compiler;

import dev.heddle.iter.spi.Suspends;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A yielder's interface: which of its methods suspend. */
final class YielderType {
  private final ClassDesc type;
  private final Map<String, Suspends.Kind> kinds = new HashMap<>();

  YielderType(Class<?> yielder) {
    type = ClassDesc.ofDescriptor(yielder.descriptorString());
    for (Method method : yielder.getMethods()) {
      Suspends mark = method.getAnnotation(Suspends.class);
      if (mark != null) {
        kinds.put(method.getName() + descriptor(method), mark.value());
      }
    }
  }

  /** Throws an IllegalArgumentException if a method of the interface does not fit its mark. */
  static void check(Class<?> yielder) {
    for (Method method : yielder.getMethods()) {
      Suspends mark = method.getAnnotation(Suspends.class);
      if (mark != null) {
        check(mark.value(), method);
      }
    }
  }

  private static String descriptor(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes()).descriptorString();
  }

  private static void check(Suspends.Kind kind, Method method) {
    boolean fits = kind == Suspends.Kind.NEVER
        || (method.getParameterCount() == 1
            && !method.getParameterTypes()[0].isPrimitive()
            && (!method.getReturnType().isPrimitive() || method.getReturnType() == void.class));
    if (!fits) {
      throw new IllegalArgumentException(
          method + " is marked @Suspends(" + kind + "), but does not take one reference and return a reference or nothing");
    }
  }

  ClassDesc desc() {
    return type;
  }

  /** What a call on the own yielder does; null if that is not known. */
  Suspends.@Nullable Kind kindOf(InvokeInstruction call) {
    MethodTypeDesc signature = call.typeSymbol();
    return kinds.get(call.name().stringValue() + signature.descriptorString());
  }
}
