package dev.heddle.iter.compiler;

import java.lang.constant.ClassDesc;
import java.lang.reflect.Modifier;

/** Finds classes as a host would. */
final class Types {
  private Types() {}

  /** Loads a class without initializing it. */
  static Class<?> load(ClassDesc desc, Class<?> host) throws ClassNotFoundException {
    String descriptor = desc.descriptorString();
    String name = desc.isArray() ? descriptor : descriptor.substring(1, descriptor.length() - 1);
    return Class.forName(name.replace('/', '.'), false, host.getClassLoader());
  }

  /** Whether a class in the host's package may name the given one. */
  static boolean isAccessible(ClassDesc desc, Class<?> host) {
    ClassDesc element = desc;
    while (element.isArray()) {
      element = java.util.Objects.requireNonNull(element.componentType(), "an array has components");
    }
    if (element.isPrimitive()) {
      return true;
    }
    try {
      Class<?> type = load(element, host);
      boolean samePackage = type.getPackageName().equals(host.getPackageName())
          && type.getClassLoader() == host.getClassLoader();
      // To the virtual machine a protected nested class is public.
      boolean exported = type.getModule().isExported(type.getPackageName(), host.getModule());
      return samePackage || (exported && isPublic(type));
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers()) || Modifier.isProtected(type.getModifiers());
  }
}
