package dev.heddle.process.launch;

import dev.heddle.process.WorkerStartException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The {@code java} command that workers are started by. It is that of this program's own JVM, unless the pool's options or
 * the property {@value #PROPERTY} name another. An image that jpackage has made has none; then one of the same version is
 * looked for, in {@code JAVA_HOME} and on the {@code PATH}. Immutable.
 *
 * @param file the command
 * @param own whether it is that of this program's JVM
 */
record JavaCommand(Path file, boolean own) {
  static final String PROPERTY = "dev.heddle.process.java";

  private static final String EXECUTABLE = System.getProperty("os.name", "").startsWith("Windows") ? "java.exe" : "java";

  /** Finds the command. */
  static JavaCommand find(@Nullable Path given) {
    return find(given, System.getProperty(PROPERTY), System.getProperty("java.home"), System.getenv());
  }

  static JavaCommand find(@Nullable Path given, @Nullable String property, @Nullable String home,
      Map<String, String> environment) {
    if (given != null) {
      return chosen(given, "WorkerJvm.withJava");
    }
    if (property != null && !property.isEmpty()) {
      return chosen(Path.of(property), "the property " + PROPERTY);
    }
    if (home == null) {
      throw none("this program runs without a Java home, as a native image does", List.of());
    }
    Path own = in(Path.of(home));
    if (Files.isExecutable(own)) {
      return new JavaCommand(own, true);
    }
    List<String> others = new ArrayList<>();
    for (Path each : candidates(environment)) {
      int version = version(each);
      if (version == Runtime.version().feature()) {
        return new JavaCommand(in(each), false);
      }
      others.add(each + " (" + (version < 0 ? "of an unknown version" : "Java " + version) + ")");
    }
    throw none(
        "the runtime image of this program, " + home + ", has no bin/" + EXECUTABLE + ", as those of jpackage have not",
        others);
  }

  private static WorkerStartException none(String why, List<String> others) {
    return new WorkerStartException(
        "there is no java command to start workers by: " + why + (others.isEmpty() ? "" : "; found, but not used: " + others)
            + "; build the image with jpackage --jlink-options \"--strip-debug --no-man-pages --no-header-files\", which keeps the"
            + " command, or name a JDK " + Runtime.version().feature()
            + " by ProcessOptions.withJvm(jvm -> jvm.withJava(path)), -D"
            + PROPERTY + " or JAVA_HOME",
        null);
  }

  /** The command, or the folder of a JDK, that the user has named. */
  private static JavaCommand chosen(Path given, String by) {
    Path file = Files.isDirectory(given) ? in(given) : given;
    if (!Files.isExecutable(file)) {
      throw new WorkerStartException(
          by + " names '" + given + "', which must be a java command or the home of a JDK, but there is no command " + file
              + "; name another",
          null);
    }
    Path home = home(file);
    int version = home == null ? -1 : version(home);
    if (version >= 0 && version < Runtime.version().feature()) {
      throw new WorkerStartException(
          by + " names '" + given + "', which is of Java " + version
              + ", but workers run the classes of this program on Java "
              + Runtime.version().feature() + "; name a JDK " + Runtime.version().feature(),
          null);
    }
    return new JavaCommand(file.toAbsolutePath(),
        home != null && home.equals(realPath(Path.of(System.getProperty("java.home", "")))));
  }

  private static Path in(Path home) {
    return home.resolve("bin").resolve(EXECUTABLE);
  }

  private static @Nullable Path home(Path command) {
    Path real = realPath(command);
    Path bin = real == null ? null : real.getParent();
    return bin == null ? null : bin.getParent();
  }

  private static @Nullable Path realPath(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return null;
    }
  }

  private static List<Path> candidates(Map<String, String> environment) {
    List<Path> homes = new ArrayList<>();
    String home = environment.getOrDefault("JAVA_HOME", "");
    if (!home.isEmpty()) {
      homes.add(Path.of(home));
    }
    for (String each : environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator)) {
      Path command = each.isEmpty() ? null : Path.of(each).resolve(EXECUTABLE);
      Path of = command == null || !Files.isExecutable(command) ? null : home(command);
      if (of != null) {
        homes.add(of);
      }
    }
    return homes.stream().filter(each -> Files.isExecutable(in(each))).distinct().toList();
  }

  /** Returns the version of a JDK or image, as its {@code release} file says; -1 if it is not known. */
  private static int version(Path home) {
    try {
      Properties release = new Properties();
      release.load(new StringReader(Files.readString(home.resolve("release"))));
      String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
      return Runtime.Version.parse(version).feature();
    } catch (IOException | IllegalArgumentException e) {
      return -1;
    }
  }
}
