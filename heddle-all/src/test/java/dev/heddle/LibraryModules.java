package dev.heddle;

import java.io.File;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The modules of Heddle on the tests' class path, and the checkout they were built from. */
final class LibraryModules {
  private LibraryModules() {}

  /** Returns the modules whose names begin with {@code dev.heddle.}, sorted by name. */
  static List<ModuleReference> all() {
    Path[] classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(LibraryModules::isModular)
        .toArray(Path[]::new);
    List<ModuleReference> modules = ModuleFinder.of(classPath)
        .findAll()
        .stream()
        .filter(module -> module.descriptor().name().startsWith("dev.heddle."))
        .sorted(Comparator.comparing(module -> module.descriptor().name()))
        .toList();
    if (modules.size() < 7) {
      throw new AssertionError("Expected at least 7 modules on the class path, but found " + modules);
    }
    return modules;
  }

  /** Returns where the classes of the modules are that bring no other library along: all but those for tests and Micrometer. */
  static List<URL> locations() {
    List<URL> locations = new ArrayList<>();
    for (ModuleReference module : all()) {
      if (!Set.of("dev.heddle.testkit", "dev.heddle.micrometer").contains(module.descriptor().name())) {
        try {
          locations.add(module.location().orElseThrow().toURL());
        } catch (MalformedURLException e) {
          throw new AssertionError(e);
        }
      }
    }
    return locations;
  }

  /** Returns the packages that a module exports to every module. */
  static Set<String> exportedPackages(ModuleReference module) {
    return module.descriptor()
        .exports()
        .stream()
        .filter(exported -> !exported.isQualified())
        .map(Exports::source)
        .collect(Collectors.toSet());
  }

  /** Returns the top folder of the checkout. */
  static Path checkout() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".mvn"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new AssertionError("No folder above " + Path.of("").toAbsolutePath() + " contains .mvn");
      }
    }
    return folder;
  }

  // Other jars may have names that make no module, at which the finder would throw.
  private static boolean isModular(Path entry) {
    return Files.exists(entry.resolve("module-info.class")) || entry.getFileName().toString().startsWith("heddle");
  }
}
