package dev.heddle.process.launch;

import dev.heddle.base.ModuleLog;
import dev.heddle.base.files.OwnFolder;
import dev.heddle.base.files.PrivateFiles;
import dev.heddle.base.files.SafePlace;
import dev.heddle.base.files.UntrustedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The file from which workers' JVMs take Heddle's own classes, loaded and linked beforehand: a file that one JVM of this
 * sort has written (JEP 483, 514 and 515), in a folder of the user's. Thread-safe.
 *
 * <p>It holds nothing of the program: a JVM takes such a file if its class path begins as that of the JVM that wrote it did,
 * and Heddle's jars stand first. So one file serves every program with the same Heddle, JDK and JVM options, whatever its
 * own classes come from. Its name is a digest of all that with a digest of the content, for a JVM that is given a damaged
 * file may crash.
 *
 * <p>The file is code. It is used only if it and its folder belong to this user and no other user may write to them, nor
 * exchange them or a folder above, and only files with the names that this class gives are deleted, never through links.
 *
 * <p>Whatever is wrong, there is no file, and workers start as they do without one.
 */
public final class AotCache {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.process");
  static final int MOST_FILES = 8; // of some 15 MiB
  private static final Duration ABANDONED = Duration.ofMinutes(10);
  private static final Pattern FILE = Pattern.compile("[0-9a-f]{32}-[0-9a-f]{32}\\.aot|[0-9a-f]{16}-[0-9a-f]{8}\\.aot");
  private static final Pattern CLAIM = Pattern.compile("[0-9a-f]{32}\\.making|[0-9a-f]{16}\\.making");
  private static final String SUFFIX = ".aot";
  private static final String MAKING = ".making";

  /** Options with which a JVM makes no such file, or of which it cannot be seen what they do. */
  private static final Pattern CONTRARY = Pattern.compile(
      "@.*|-agent.*|-javaagent.*|-Xbootclasspath.*|-Xshare.*|--patch-module.*|--upgrade-module-path.*|--limit-modules.*"
          + "|-XX:.*(AOT|CDS|Shared\\w*File|Shared\\w*Spaces|Flags=|VMOptionsFile).*");

  /** Options that make no difference to it. */
  private static final Pattern INDIFFERENT = Pattern
      .compile("-D.*|-Xlog.*|-Xm[nsx].*|-Xss.*|-XX:ErrorFile.*|-XX:Max\\w+Size=.*");

  private final Path folder;
  private final String key;
  private boolean looked; // guarded by this, as are the next two
  private @Nullable Path file; // null if there is none, or before the first look
  private boolean distrusted;

  private AotCache(Path folder, String key) {
    this.folder = folder;
    this.key = key;
  }

  /**
   * The cache for workers of one sort; null if they can have none.
   *
   * @param folder where the files are, or will be
   * @param options the workers' JVM options
   * @param variables the values of environment variables that hold further ones
   * @param classPath where the class path begins: Heddle's own jars
   */
  static @Nullable AotCache of(Path folder, List<String> options, List<String> variables, List<String> classPath) {
    Stream<String> all = Stream.concat(options.stream(), variables.stream().flatMap(each -> Stream.of(each.split("\\s+"))));
    List<String> relevant = all.filter(each -> !each.isEmpty() && !INDIFFERENT.matcher(each).matches()).toList();
    if (relevant.stream().anyMatch(each -> CONTRARY.matcher(each).matches())) {
      return null;
    }
    List<String> parts = new ArrayList<>(relevant);
    try {
      Path java = Path.of(System.getProperty("java.home"));
      parts.add(System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
      parts.add(state(java.resolve("lib/modules")));
      for (String each : classPath) {
        if (!Files.isRegularFile(Path.of(each))) {
          return null; // a folder of classes, which may change at any moment
        }
        parts.add(state(Path.of(each)));
      }
    } catch (IOException e) {
      return null;
    }
    return new AotCache(folder, CacheFiles.digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8)));
  }

  private static String state(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return file.toRealPath() + " " + attributes.size() + " " + attributes.lastModifiedTime();
  }

  /**
   * Returns the user's folder for cache files, {@code heddle/aot} in {@code XDG_CACHE_HOME} or {@code ~/.cache}; null
   * without a home.
   */
  public static @Nullable Path userFolder(Map<String, String> environment) {
    Path given = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    Path caches = given.isAbsolute() ? given : Path.of(System.getProperty("user.home", ""), ".cache");
    return caches.isAbsolute() ? caches.resolve("heddle").resolve("aot") : null;
  }

  // ---- use ----

  /** Options with which a worker starts from the file; none if there is no file. The first call reads the file. */
  synchronized List<String> options() {
    if (!looked && !distrusted) {
      looked = true;
      file = find();
    }
    Path found = file;
    // Quiet: that a JVM does not take the file is not to be printed among the output of tasks.
    return found == null ? List.of() : List.of("-XX:AOTCache=" + found, "-Xlog:aot*=off,cds*=off");
  }

  /** Whether there should be a file, but is none. */
  synchronized boolean isWanted() {
    return !distrusted && options().isEmpty();
  }

  /**
   * Takes the file out of use, if there is one: the JVM of a worker that was started from it ended before it ran
   * anything.
   */
  public synchronized void distrust() {
    Path known = file;
    if (known != null) {
      distrusted = true;
      file = null;
      CacheFiles.delete(known);
    }
  }

  private @Nullable Path find() {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try (OwnFolder opened = OwnFolder.open(folder)) {
      SafePlace.checkAncestors(folder);
      for (Path each : opened.names().stream().map(folder::resolve).filter(this::isOurs).toList()) {
        opened.check(each.getFileName());
        if (each.getFileName().toString().equals(nameOf(each))) {
          CacheFiles.noteUse(each);
          return each;
        }
        CacheFiles.delete(each); // damaged
      }
    } catch (UntrustedFileException e) {
      LOG.warning("workers start without an AOT cache, because it cannot be trusted: " + e.getMessage());
    } catch (IOException e) {
      LOG.detail("workers start without an AOT cache: " + e);
    }
    return null;
  }

  private boolean isOurs(Path path) {
    String name = path.getFileName().toString();
    return FILE.matcher(name).matches() && name.startsWith(key + "-");
  }

  private String nameOf(Path content) throws IOException {
    return key + "-" + CacheFiles.digest(content) + SUFFIX;
  }

  // ---- making ----

  /** Claims the making of the file: a folder for it, or null if another process is making it or it is not possible. */
  @Nullable
  Path claim() {
    Path making = folder.resolve(key + MAKING);
    try {
      PrivateFiles.createFolders(folder);
      SafePlace.checkAncestors(folder);
      tidy();
      return PrivateFiles.createFolder(making);
    } catch (UntrustedFileException e) {
      LOG.warning("no AOT cache is made: " + e.getMessage());
      return null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Puts what was made in its place, at once or not at all. */
  void accept(Path made) throws IOException {
    PrivateFiles.restrict(made);
    Files.move(made, folder.resolve(nameOf(made)), StandardCopyOption.ATOMIC_MOVE);
    synchronized (this) {
      looked = false;
    }
    tidy();
  }

  /** Gives the claim back, with all that lies in its folder. */
  static void abandon(Path making) {
    try {
      OwnFolder.delete(making);
    } catch (IOException e) {
      LOG.detail("the folder " + making + " is left: " + e);
    }
  }

  /**
   * Deletes what programs that were killed have left, and files beyond the number, those unused for the longest time
   * first.
   */
  private void tidy() throws IOException {
    Instant old = Instant.now().minus(ABANDONED);
    List<Path> claims;
    try (Stream<Path> all = Files.list(folder)) {
      claims = all.filter(each -> CLAIM.matcher(each.getFileName().toString()).matches())
          .filter(each -> CacheFiles.lastUsed(each).toInstant().isBefore(old)).toList();
    }
    claims.stream().filter(each -> PrivateFiles.isTrusted(each, PrivateFiles.Type.PRIVATE_FOLDER))
        .forEach(AotCache::abandon);
    CacheFiles.tidy(folder, FILE, MOST_FILES);
  }
}
