package dev.heddle.iter.compiler;

import java.net.URL;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The class loaders that define a class from the bytes which they serve as its resource. Those of the JDK do, and their
 * subclasses that leave it to them to find classes. Any other may change the bytes on their way, which cannot be seen.
 */
final class OwnLoaders {
  /** Names the classes of loaders, or the beginnings of their names, that serve what they define; separated by commas. */
  static final String TRUST = "dev.heddle.iter.trustLoaders";

  private static final String[] KNOWN = {"dev.heddle.", "org.springframework.boot.", "org.apache.catalina.loader.",
      "org.apache.felix.framework.", "org.eclipse.osgi.", "org.jboss.modules.", "org.codehaus.plexus.classworlds.",
      "org.apache.maven.", "org.gradle."};

  private OwnLoaders() {}

  /**
   * Refuses a host whose loader may have defined other bytes than it serves.
   *
   * @param location the code source of the class; null if it has none, which loaders of the JDK give
   */
  static void check(Class<?> host, @Nullable URL location) throws Unsupported {
    ClassLoader loader = host.getClassLoader();
    if (loader == null || isOfTheJdk(loader.getClass())) {
      return;
    }
    String name = loader.getClass().getName();
    if ((location == null || findsClasses(loader)) && !isTrusted(name)) {
      throw new Unsupported(
          "the class loader of " + host.getName() + " (" + name + ") makes its classes itself, and may change them, so"
              + " that the class file need not hold the code that runs; if it does, start the program with -D" + TRUST + "="
              + name,
          Unsupported.Kind.LOADER);
    }
  }

  /** Whether the loader itself finds classes, or a superclass that is not of the JDK. */
  private static boolean findsClasses(ClassLoader loader) {
    for (Class<?> c = loader.getClass(); c != ClassLoader.class; c = c.getSuperclass()) {
      if (isOfTheJdk(c)) {
        return false;
      }
      if (Stream.of(c.getDeclaredMethods()).anyMatch(method -> method.getName().equals("findClass"))) {
        return true;
      }
    }
    return true; // it defines classes in loadClass
  }

  private static boolean isOfTheJdk(Class<?> c) {
    return c.getClassLoader() == null || c.getClassLoader() == ClassLoader.getPlatformClassLoader()
        || (c.getModule().isNamed() && c.getModule().getName().startsWith("jdk."));
  }

  private static boolean isTrusted(String name) {
    String further = System.getProperty(TRUST, "");
    return Stream.concat(Stream.of(KNOWN), Stream.of(further.split(",")).map(String::strip).filter(each -> !each.isEmpty()))
        .map(Objects::requireNonNull)
        .anyMatch(name::startsWith);
  }
}
