package dev.heddle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists the public API of a module: the public types of the packages it exports, with their public and protected members, in
 * alphabetical order. Names of the type's own package and of {@code java.lang} are written without their package.
 */
final class ApiListing {
  private final StringBuilder text = new StringBuilder();

  private ApiListing() {}

  static String of(ModuleReference module) {
    ApiListing listing = new ApiListing();
    Set<String> exported = LibraryModules.exportedPackages(module);
    for (String name : classNames(module)) {
      int end = name.lastIndexOf('.');
      if (end > 0 && exported.contains(name.substring(0, end))) {
        listing.add(name);
      }
    }
    return listing.text.toString();
  }

  private static Set<String> classNames(ModuleReference module) {
    try (ModuleReader reader = module.open(); Stream<String> resources = reader.list()) {
      return resources.filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String className) {
    Class<?> type;
    try {
      type = Class.forName(className, false, ApiListing.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
    if (!isAccessible(type)) {
      return;
    }
    if (!text.isEmpty()) {
      text.append('\n');
    }
    line("", type, header(type));
    Map<String, String> members = new TreeMap<>(); // by name and text
    for (Field field : type.getDeclaredFields()) {
      addMember(members, field, field.toGenericString().replace(type.getTypeName() + ".", ""), type);
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      addMember(members, constructor, constructor.toGenericString().replace(type.getTypeName() + "(", "new("), type);
    }
    for (Method method : type.getDeclaredMethods()) {
      addMember(members, method, method.toGenericString().replace(type.getTypeName() + "." + method.getName() + "(",
          method.getName() + "("), type);
    }
    members.values().forEach(text::append);
  }

  private static boolean isAccessible(Class<?> type) {
    if (type.isAnonymousClass() || type.isLocalClass() || type.isSynthetic()) {
      return false;
    }
    for (Class<?> each = type; each != null; each = each.getDeclaringClass()) {
      if (!isVisible(each.getModifiers())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String header(Class<?> type) {
    StringBuilder header = new StringBuilder(type.toGenericString().replaceFirst("^(.*?)(strictfp )", "$1"));
    if (type.isRecord()) {
      header.append(Arrays.stream(type.getRecordComponents())
          .map(RecordComponent::toString)
          .collect(Collectors.joining(", ", "(", ")")));
    }
    Type parent = type.getGenericSuperclass();
    if (parent != null && parent != Object.class && !type.isRecord() && !type.isEnum()) {
      header.append(" extends ").append(parent.getTypeName());
    }
    appendNames(header, type.isInterface() ? " extends " : " implements ", type.getGenericInterfaces());
    if (type.isSealed()) {
      // Which classes implement it is no part of the API where these are not exported.
      appendNames(header, " permits ", Stream.of(type.getPermittedSubclasses()).filter(ApiListing::isAccessible)
          .filter(each -> each.getPackage().equals(type.getPackage()))
          .toArray(Type[]::new));
    }
    return header.toString();
  }

  private static void appendNames(StringBuilder header, String word, Type[] types) {
    List<String> names = new ArrayList<>();
    for (Type each : types) {
      names.add(each.getTypeName());
    }
    if (!names.isEmpty()) {
      header.append(word).append(String.join(", ", names));
    }
  }

  private static <M extends Member & AnnotatedElement> void addMember(
      Map<String, String> members,
      M member,
      String text,
      Class<?> type) {
    if (isVisible(member.getModifiers()) && !member.isSynthetic()) {
      members.put(member.getName() + " " + text, "  " + marked(member) + shortened(text, type) + "\n");
    }
  }

  private void line(String indent, Class<?> type, String header) {
    text.append(indent).append(marked(type)).append(shortened(header, type)).append('\n');
  }

  private static String marked(AnnotatedElement element) {
    return element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
  }

  private static String shortened(String text, Class<?> type) {
    // A package's name is left out only where a type follows it directly, not where a sub-package does.
    return Stream.of(type.getPackageName(), "java.lang")
        .reduce(text, (s, name) -> s.replaceAll("(?<![\\w.])" + name.replace(".", "\\.") + "\\.(?=[A-Z])", ""));
  }
}
