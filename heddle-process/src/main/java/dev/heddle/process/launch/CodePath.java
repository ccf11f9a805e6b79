package dev.heddle.process.launch;

import java.io.File;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The options by which a worker's JVM finds the classes of Heddle and of this program's class path or module path.
 * Immutable.
 *
 * <p>A program of modules gets workers with the same modules, so that resources, services and encapsulation are the same.
 * The classes of other class loaders are not on this path: workers ask their parent for them.
 *
 * @param options the options that say so
 * @param module the module of Heddle that the main class is in; null if it is on the class path
 * @param first Heddle's own jars, if the class path begins with them and nothing else decides which classes there are; else
 *     empty
 */
record CodePath(List<String> options, @Nullable String module, List<String> first) {

  /**
   * Returns the path of this program.
   *
   * @param copies makes copies of what a JVM could not find where it is
   * @param java the command that is given the path
   */
  static CodePath of(OwnCopies copies, JavaCommand java) {
    return isModular() ? ofModules(copies, java) : ofClassPath(OwnClasses.find(copies));
  }

  /** Returns whether this program has modules other than the JDK's. */
  static boolean isModular() {
    return isNamed(CodePath.class.getModule())
        || System.getProperty("jdk.module.main") != null
        || !System.getProperty("jdk.module.path", "").isEmpty();
  }

  private static boolean isNamed(Module module) {
    return module.isNamed() && module.getLayer() == ModuleLayer.boot();
  }

  /** Returns the end of a command line: what is to be run. */
  List<String> main(String className) {
    return module == null ? List.of(className) : List.of("-m", module + "/" + className);
  }

  static CodePath ofClassPath(OwnClasses own) {
    List<String> jars = own.locations().stream().map(Path::toString).toList();
    Set<String> path = new LinkedHashSet<>();
    if (own.alone()) {
      path.addAll(jars); // before the program's: an AOT cache fits only then
    }
    path.addAll(classPath());
    path.addAll(jars); // last, if they have classes of the program, whose order must stay
    boolean begins = List.copyOf(path).subList(0, jars.size()).equals(jars);
    return new CodePath(List.of("-cp", String.join(File.pathSeparator, path)), null, begins ? jars : List.of());
  }

  /** Returns the entries of this program's class path; an empty one stands for the working directory. */
  private static List<String> classPath() {
    List<String> entries = new ArrayList<>();
    String path = System.getProperty("java.class.path", "");
    if (path.isEmpty() && System.getProperty("jdk.module.main") != null) {
      return entries;
    }
    for (String each : path.split(File.pathSeparator, -1)) {
      entries.add(Path.of(each).toAbsolutePath().toString());
    }
    return entries;
  }

  private static CodePath ofModules(OwnCopies copies, JavaCommand java) {
    List<String> options = new ArrayList<>();
    Set<String> modules = entries("jdk.module.path");
    if (!java.own()) { // which lacks what this image has besides the JDK
      linked().forEach(each -> modules.add(copies.of(each).toString()));
    }
    if (!modules.isEmpty()) {
      options.addAll(List.of("-p", String.join(File.pathSeparator, modules)));
    }
    options.add("--add-modules=" + ModuleLayer.boot().modules().stream().map(Module::getName).sorted()
        .collect(Collectors.joining(",")));
    boolean named = isNamed(CodePath.class.getModule());
    Set<String> path = new LinkedHashSet<>();
    if (!named) {
      OwnClasses.find(copies).locations().forEach(each -> path.add(each.toString()));
    }
    path.addAll(classPath());
    if (!path.isEmpty()) {
      options.addAll(List.of("-cp", String.join(File.pathSeparator, path)));
    }
    boolean asModule = named && System.getProperty("jdk.module.main") != null;
    return new CodePath(options, asModule ? CodePath.class.getModule().getName() : null, List.of());
  }

  private static Set<String> entries(String property) {
    Set<String> entries = new LinkedHashSet<>();
    for (String each : System.getProperty(property, "").split(File.pathSeparator)) {
      if (!each.isEmpty()) {
        entries.add(Path.of(each).toAbsolutePath().toString());
      }
    }
    return entries;
  }

  /** Returns the modules that jlink has put into this runtime image and that are not the JDK's. */
  private static Stream<ModuleReference> linked() {
    return ModuleLayer.boot().configuration().modules().stream()
        .filter(each -> !each.name().startsWith("java.") && !each.name().startsWith("jdk."))
        .map(ResolvedModule::reference)
        .filter(each -> each.location().filter(where -> "jrt".equals(where.getScheme())).isPresent());
  }
}
