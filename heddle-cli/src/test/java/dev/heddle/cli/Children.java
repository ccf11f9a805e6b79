package dev.heddle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Children that Ctrl-C reaches.
 *
 * <p>A build that is started in the background (a shell's {@code &}, nohup) ignores SIGINT, its children inherit that, and
 * neither a JVM nor a shell undoes it. So these tests start their children by a command that does.
 */
public final class Children {
  private static final Path OWN_STATUS = Path.of("/proc/self/status");

  private Children() {}

  /** A command line that runs this class path's classes. */
  public static List<String> java(String... args) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> classPath = List.of(java, "-cp", System.getProperty("java.class.path"));
    return Stream.of(prefix(), classPath, List.of(args)).flatMap(List::stream).toList();
  }

  /** What to put in front of a command; nothing where it is not needed. */
  public static List<String> prefix() throws IOException {
    return isIgnoredHere() ? List.of("env", "--default-signal=INT") : List.of();
  }

  /** Whether this process ignores SIGINT, where the system tells (Linux). */
  private static boolean isIgnoredHere() throws IOException {
    if (!Files.exists(OWN_STATUS)) {
      return false;
    }
    return Files.readAllLines(OWN_STATUS).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16) & 1 << 1) != 0);
  }
}
