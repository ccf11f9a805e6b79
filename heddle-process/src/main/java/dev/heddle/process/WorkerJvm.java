package dev.heddle.process;

import dev.heddle.base.Check;
import dev.heddle.process.launch.AotCache;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options with which the JVM of a worker is started. Immutable.
 *
 * @param options options of the {@code java} command, such as {@code -Dname=value}; after Heddle's own, so that they win;
 *     Heddle chooses the serial collector unless these, {@code JAVA_TOOL_OPTIONS} or {@code JDK_JAVA_OPTIONS} (which workers
 *     inherit) choose one
 * @param heap the limit of the heap in bytes; 0 leaves it to the JVM, which takes a quarter of the machine for each worker
 * @param direct the limit of memory outside the heap for buffers, in bytes; 0 leaves it to the JVM
 * @param metaspace the limit of memory for classes, in bytes; 0 means none
 * @param directory the working directory, which must be there when workers start; null means this program's
 * @param environment variables that are set, in addition to this program's
 * @param cache the folder of the files that make workers start sooner (JDK's AOT caches of Heddle's own classes), which a
 *     pool writes in the background once it has lived for five seconds and which all programs share; null means none. At the
 *     most eight files of some 15 MiB are kept
 * @param carried what workers take over of this program's JVM
 * @param java the {@code java} command that starts workers, or the home of a JDK that has it, of this program's Java
 *     version; null means that of this program's own JVM, or, if its runtime image has none, as those of jpackage, that of
 *     {@code JAVA_HOME} or the {@code PATH}
 */
public record WorkerJvm(
    List<String> options,
    long heap,
    long direct,
    long metaspace,
    @Nullable Path directory,
    Map<String, String> environment,
    @Nullable Path cache,
    Set<Carried> carried,
    @Nullable Path java) {
  private static final WorkerJvm DEFAULTS = new WorkerJvm(List.of(), 0, 0, 0, null, Map.of(),
      AotCache.userFolder(System.getenv()), EnumSet.allOf(Carried.class), null);

  /** Checks the values. */
  public WorkerJvm {
    options = Check.copy(options, "options");
    environment = Check.copy(environment, "environment");
    environment.forEach(WorkerJvm::checkVariable);
    cache = cache == null ? null : cache.toAbsolutePath(); // workers may have another working directory
    carried = Set.copyOf(Check.notNull(carried, "carried"));
    Check.notNegative(heap, "heap", "0 leaves it to the JVM");
    Check.notNegative(direct, "direct", "0 leaves it to the JVM");
    Check.notNegative(metaspace, "metaspace", "0 means no limit");
  }

  private static void checkVariable(String name, String value) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "environment must hold names that are not empty and have no '=', and no NUL anywhere, but held '" + name + "' = '"
              + value + "'; a variable's value belongs into the map's value");
    }
  }

  /**
   * With this program's configuration, but for its heap and agents; the cache is in {@code $XDG_CACHE_HOME} or {@code
   * ~/.cache}.
   */
  public static WorkerJvm defaults() {
    return DEFAULTS;
  }

  /** This with other options of the {@code java} command. */
  public WorkerJvm withOptions(String... options) {
    return new WorkerJvm(Arrays.asList(Check.notNull(options, "options")), heap, direct, metaspace, directory, environment,
        cache, carried, java);
  }

  /** This with a limit of the heap, in bytes. */
  public WorkerJvm withHeap(long bytes) {
    return new WorkerJvm(options, bytes, direct, metaspace, directory, environment, cache, carried, java);
  }

  /** This with a limit of memory outside the heap for buffers, in bytes. */
  public WorkerJvm withDirect(long bytes) {
    return new WorkerJvm(options, heap, bytes, metaspace, directory, environment, cache, carried, java);
  }

  /** This with a limit of memory for classes, in bytes. */
  public WorkerJvm withMetaspace(long bytes) {
    return new WorkerJvm(options, heap, direct, bytes, directory, environment, cache, carried, java);
  }

  /** This with another working directory. */
  public WorkerJvm withDirectory(Path directory) {
    return new WorkerJvm(options, heap, direct, metaspace, Check.notNull(directory, "directory"), environment, cache,
        carried, java);
  }

  /** This with variables that are set in the environment. */
  public WorkerJvm withEnvironment(Map<String, String> environment) {
    return new WorkerJvm(options, heap, direct, metaspace, directory, environment, cache, carried, java);
  }

  /** This with another folder for the files that make workers start sooner. */
  public WorkerJvm withCache(Path folder) {
    return new WorkerJvm(options, heap, direct, metaspace, directory, environment, Check.notNull(folder, "folder"),
        carried, java);
  }

  /** This without files that make workers start sooner: none is used, and none is written. */
  public WorkerJvm withoutCache() {
    return new WorkerJvm(options, heap, direct, metaspace, directory, environment, null, carried, java);
  }

  /**
   * This with another {@code java} command.
   *
   * @param java the command, or the home of a JDK
   */
  public WorkerJvm withJava(Path java) {
    return new WorkerJvm(options, heap, direct, metaspace, directory, environment, cache, carried,
        Check.notNull(java, "java").toAbsolutePath());
  }

  /** This with workers that do not take over some of this program's configuration. */
  public WorkerJvm withoutCarried(Carried... settings) {
    Set<Carried> rest = EnumSet.noneOf(Carried.class);
    rest.addAll(carried);
    rest.removeAll(Arrays.asList(Check.notNull(settings, "settings")));
    return new WorkerJvm(options, heap, direct, metaspace, directory, environment, cache, rest, java);
  }
}
