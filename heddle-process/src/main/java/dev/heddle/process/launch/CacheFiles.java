package dev.heddle.process.launch;

import dev.heddle.base.files.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a cache folder that many programs share: named by digests of their content, and kept while they are used.
 * Stateless.
 */
final class CacheFiles {
  private static final int DIGEST_BYTES = 16;

  private CacheFiles() {}

  // ---- names ----

  /** Returns a digest in hexadecimal digits, 32 of them. */
  static String digest(byte[] content) {
    return hex(sha256().digest(content));
  }

  /** Returns the digest of a file's content. */
  static String digest(Path file) throws IOException {
    MessageDigest sum = sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sum.update(buffer, 0, n);
      }
    }
    return hex(sum.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
  }

  // ---- use ----

  private record Used(Path file, FileTime last) {}

  /** Notes that a file is used, so that it is kept. */
  static void noteUse(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // a folder that cannot be written cannot be tidied up either
    }
  }

  /** Returns when a file was last used; the beginning of time if it is gone. */
  static FileTime lastUsed(Path file) {
    try {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return FileTime.from(Instant.EPOCH);
    }
  }

  /** Deletes the user's files with such names beyond a number, those unused for the longest time first. */
  static void tidy(Path folder, Pattern names, int most) throws IOException {
    tidy(folder, names, most, CacheFiles::lastUsed);
  }

  /**
   * As {@link #tidy(Path, Pattern, int)}, with a function that tells when a file was last used; it is asked once for each.
   */
  static void tidy(Path folder, Pattern names, int most, Function<Path, FileTime> lastUsed) throws IOException {
    Predicate<Path> named = each -> names.matcher(each.getFileName().toString()).matches();
    List<Used> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(named)
          .map(each -> new Used(each, lastUsed.apply(each))) // other programs change the times while this sorts
          .sorted(Comparator.comparing(Used::last).reversed())
          .toList();
    }
    files.stream().map(Used::file).filter(each -> PrivateFiles.isTrusted(each, PrivateFiles.Type.FILE)).skip(most)
        .forEach(CacheFiles::delete);
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // in use on systems that lock files, or gone; the next one tidies up
    }
  }
}
