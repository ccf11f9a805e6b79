package dev.heddle.process.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where workers' JVMs find Heddle's own classes loaded, linked and profiled beforehand: a file that one JVM of this sort has
 * written (JEP 483, 514 and 515), in a folder of the user's. Thread-safe.
 *
 * <p>It holds nothing of the program: a JVM takes such a file if its class path begins as that of the JVM that wrote it did, and
 * Heddle's jars stand first. So one file serves every program with the same Heddle, JDK and JVM options, whatever its own
 * classes come from. Its name is a digest of all that with the file's checksum, for a JVM that is given a damaged file may crash.
 *
 * <p>Whatever is wrong, there is no file, and workers start as they do without one.
 */
public final class AotCache {
  static final int MOST_FILES = 8; // of some 15 MiB
  private static final Duration ABANDONED = Duration.ofMinutes(10);
  private static final int DIGEST_BYTES = 8;
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
  private @Nullable Path file; // null if there is none, or nobody has looked
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
    return new AotCache(folder, digest(parts));
  }

  private static String state(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return file.toRealPath() + " " + attributes.size() + " " + attributes.lastModifiedTime();
  }

  private static String digest(List<String> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /** The user's folder for such files: {@code XDG_CACHE_HOME} or {@code ~/.cache}, and there {@code heddle/aot}; null if he has none. */
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
    // Quiet, since a JVM that does not take the file is no reason for words among those of tasks.
    return found == null ? List.of() : List.of("-XX:AOTCache=" + found, "-Xlog:aot*=off,cds*=off");
  }

  /** Whether there should be a file, but is none. */
  synchronized boolean isWanted() {
    return !distrusted && options().isEmpty();
  }

  /** Takes the file out of use, if there is one: the JVM of a worker that was started from it ended before it ran anything. */
  public synchronized void distrust() {
    Path known = file;
    if (known != null) {
      distrusted = true;
      file = null;
      delete(known);
    }
  }

  private @Nullable Path find() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.filter(this::isOurs).toList()) {
        if (each.getFileName().toString().equals(nameOf(each))) {
          noteUse(each);
          return each;
        }
        delete(each); // damaged
      }
    } catch (IOException e) {
      // no such folder yet, say
    }
    return null;
  }

  private static void noteUse(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now())); // so that those in use are kept
    } catch (IOException e) {
      // a folder that cannot be written, in which nobody tidies up either
    }
  }

  private boolean isOurs(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(key) && name.endsWith(SUFFIX);
  }

  private String nameOf(Path content) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(content)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sum.update(buffer, 0, n);
      }
    }
    return key + "-" + HexFormat.of().toHexDigits(sum.getValue(), 8) + SUFFIX;
  }

  // ---- making ----

  /** Claims the making of the file: a folder for it, or null if somebody else is at it, or it is not possible. */
  @Nullable
  Path claim() {
    Path making = folder.resolve(key + MAKING);
    try {
      Files.createDirectories(folder);
      tidy();
      return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
          ? Files.createDirectory(
              making, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
          : Files.createDirectory(making);
    } catch (IOException e) {
      return null;
    }
  }

  /** Puts what was made in its place, at once or not at all. */
  void accept(Path made) throws IOException {
    Files.move(made, folder.resolve(nameOf(made)), StandardCopyOption.ATOMIC_MOVE);
    synchronized (this) {
      looked = false;
    }
    tidy();
  }

  /** Gives the claim back, with all that lies in its folder. */
  static void abandon(Path making) {
    try (Stream<Path> files = Files.list(making)) {
      files.toList().forEach(AotCache::delete);
    } catch (IOException e) {
      // gone, or not ours
    }
    delete(making);
  }

  /** Deletes what programs that were killed have left, and files beyond the number, those unused for the longest time first. */
  private void tidy() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted(Comparator.comparing(AotCache::lastUsed).reversed()).toList();
    }
    Instant old = Instant.now().minus(ABANDONED);
    files.stream()
        .filter(each -> each.toString().endsWith(MAKING) && lastUsed(each).toInstant().isBefore(old))
        .forEach(AotCache::abandon);
    files.stream().filter(each -> each.toString().endsWith(SUFFIX)).skip(MOST_FILES).forEach(AotCache::delete);
  }

  private static FileTime lastUsed(Path path) {
    try {
      return Files.getLastModifiedTime(path);
    } catch (IOException e) { // gone meanwhile
      return FileTime.from(Instant.EPOCH);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // in use on systems that lock files, or gone; the next one tidies up
    }
  }
}
