package dev.heddle.codec.loader;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Digests of class files, by which parent and worker see whether they have the same code. A class file that was replaced while the
 * parent runs would otherwise make a worker run other code without a word: the methods of lambdas are numbered. Thread-safe.
 *
 * <p>Two checksums are enough, since the difference is an accident and no attack; a cryptographic digest would initialize the
 * JDK's security providers, which delays a worker's start.
 */
public final class ClassDigest {
  /** The digest of a class without a class file, such as one of the JDK or a generated one: it is not compared. */
  public static final long NONE = 0;

  private static final String NESTED = "jar:nested:"; // in the executable jar that the program was started from
  private static final Duration TOLERANCE = Duration.ofSeconds(2); // the start of a process is known that exactly
  private static final ClassValue<Long> LOADED = new ClassValue<>() {
    @Override
    protected Long computeValue(Class<?> type) {
      return digest(type, true);
    }
  };

  private static final ClassValue<Long> CHECKED = new ClassValue<>() {
    @Override
    protected Long computeValue(Class<?> type) {
      return digest(type, false);
    }
  };

  private ClassDigest() {}

  /**
   * Returns the digest of a class that was loaded here, of the class file it was loaded from. It is computed at the first call.
   *
   * @throws ClassChangedException if the file was changed after this program started, so that it need not be the one
   */
  public static long ofLoaded(Class<?> type) {
    return LOADED.get(type);
  }

  /**
   * Checks that a worker's class is the parent's. The worker's digest is computed at the first call.
   *
   * @param expected the parent's digest
   * @throws ClassChangedException if it is not
   */
  public static void check(Class<?> type, long expected) {
    if (expected != NONE) {
      long found = CHECKED.get(type);
      if (found != NONE && found != expected) {
        throw new ClassChangedException(
            "the class file of " + type.getName()
                + " was changed after the program had loaded it, so a worker would run other code"
                + " than the program; restart the program");
      }
    }
  }

  private static long digest(Class<?> type, boolean loadedBefore) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null || loader == ClassLoader.getPlatformClassLoader() || type.isHidden()) {
      return NONE;
    }
    String resource = type.getName().replace('.', '/') + ".class";
    if (loadedBefore) {
      URL url = loader.getResource(resource);
      if (loader == ClassLoader.getSystemClassLoader() || (url != null && url.toString().startsWith(NESTED))) {
        checkAge(type, url); // other class loaders may have been made for newer files
      }
    }
    try (InputStream in = loader.getResourceAsStream(resource)) {
      return in == null ? NONE : digest(in.readAllBytes());
    } catch (IOException e) {
      throw new ClassChangedException(
          "the class file of " + type.getName() + " cannot be read (" + e
              + "), so it is not known whether workers have the same"
              + " code; restart the program if it was replaced");
    }
  }

  private static long digest(byte[] bytes) {
    CRC32 one = new CRC32();
    one.update(bytes);
    CRC32C other = new CRC32C();
    other.update(bytes);
    long both = one.getValue() << 32 | other.getValue();
    return both == NONE ? 1 : both;
  }

  private static void checkAge(Class<?> type, @Nullable URL url) {
    Path file = url == null ? null : file(url.toString());
    Instant started = ProcessHandle.current().info().startInstant().orElse(null);
    if (file == null || started == null) {
      return;
    }
    Instant changed;
    try {
      changed = Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      return; // which reading it tells
    }
    // A time to come is that of another clock, or made up: it says nothing.
    if (changed.isAfter(started.plus(TOLERANCE)) && changed.isBefore(Instant.now())) {
      throw new ClassChangedException(
          "the class file of " + type.getName() + " (" + file + ") was changed at " + changed
              + ", after this program had started at "
              + started + ", so a worker may run other code than the program; restart the program");
    }
  }

  /** Returns the file of a class or of the jar that holds it; null for other places. */
  private static @Nullable Path file(String url) {
    String place = url;
    if (url.startsWith(NESTED) && url.contains("/!")) {
      place = "file:" + url.substring(NESTED.length(), url.indexOf("/!"));
    } else if (url.startsWith("jar:file:") && url.contains("!/")) {
      place = url.substring(4, url.indexOf("!/"));
    }
    try {
      return place.startsWith("file:") ? Path.of(new URI(place)) : null;
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }
}
