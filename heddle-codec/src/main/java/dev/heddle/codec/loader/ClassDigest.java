package dev.heddle.codec.loader;

import dev.heddle.base.ClassPlace;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * Digests of class files, by which parent and worker see whether they have the same code. A class file that was replaced
 * while the parent runs would otherwise make a worker run other code without a word: the methods of lambdas are numbered.
 * Thread-safe.
 *
 * <p>Compared are the classes that a message names: the one in which a lambda was written, the one whose method it refers
 * to, those of records and of other objects among tasks, captures, inputs, results and exceptions. Code that these call is
 * not compared.
 *
 * <p>The JVM does not tell what a class was loaded from. So the parent reads the file when the class first occurs in a
 * message, and asks the system whether the file has been replaced before: see {@link #ofLoaded}.
 *
 * <p>Two checksums are enough, since the difference is an accident and no attack; a cryptographic digest would initialize
 * the JDK's security providers, which delays a worker's start.
 */
public final class ClassDigest {
  /** The digest of a class without a class file, such as one of the JDK or a generated one: it is not compared. */
  public static final long NONE = 0;

  private static final ClassValue<Long> LOADED = new ClassValue<>() {
    @Override
    protected Long computeValue(Class<?> type) {
      if (hasFile(type)) {
        FileAge.check(type);
      }
      return read(type);
    }
  };

  private static final ClassValue<Long> FILE = new ClassValue<>() {
    @Override
    protected Long computeValue(Class<?> type) {
      return read(type);
    }
  };

  private ClassDigest() {}

  /**
   * Returns the digest of a class that was loaded here, of the class file it was loaded from. It is computed at the first
   * call.
   *
   * @throws ClassChangedException if the class is of the system's class loader or in an executable jar of nested ones, and
   *     its file, or the jar that holds it, was changed after this program had started, so that it need not be the one.
   *     Other class loaders may come later than their files: for these, what is found at the first call counts
   */
  public static long ofLoaded(Class<?> type) {
    return LOADED.get(type);
  }

  /** Returns the digest of the file of a class, as it is at the first call. */
  public static long ofFile(Class<?> type) {
    return FILE.get(type);
  }

  /**
   * Compares the digests of both sides.
   *
   * @throws ClassChangedException if both are known and differ
   */
  static void compare(Class<?> type, long expected, long found) {
    if (expected != NONE && found != NONE && found != expected) {
      throw new ClassChangedException(
          "the class file of " + type.getName()
              + " was changed after the program had loaded it, so a worker would run other code"
              + " than the program; restart the program");
    }
  }

  private static boolean hasFile(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader != null && loader != ClassLoader.getPlatformClassLoader() && !type.isHidden() && !type.isArray()
        && !isOwn(type);
  }

  /** Whether Heddle itself puts it into messages; a pool finds out otherwise that its jars have been replaced. */
  private static boolean isOwn(Class<?> type) {
    return type.getClassLoader() == ClassDigest.class.getClassLoader() && ParentSpaces.isOwn(type.getName());
  }

  private static long read(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null || !hasFile(type)) {
      return NONE;
    }
    try (InputStream in = loader.getResourceAsStream(ClassPlace.resource(type))) {
      return in == null ? NONE : of(in.readAllBytes());
    } catch (IOException e) {
      throw new ClassChangedException(
          "the class file of " + type.getName() + " cannot be read (" + e
              + "), so it is not known whether workers have the same"
              + " code; restart the program if it was replaced");
    }
  }

  /** Computes the digest of this class's own file, as it does of a program's classes. */
  public static void warmUp() throws IOException {
    try (InputStream in = Objects.requireNonNull(
        ClassDigest.class.getResourceAsStream("/" + ClassPlace.resource(ClassDigest.class)))) {
      long _ = of(in.readAllBytes());
    }
  }

  /** Returns the digest of a class file. */
  static long of(byte[] bytes) {
    CRC32 one = new CRC32();
    one.update(bytes);
    Adler32 other = new Adler32(); // in native code like the other; CRC32C computes tables first, 1 ms of a worker's first task
    other.update(bytes);
    long both = one.getValue() << 32 | other.getValue();
    return both == NONE ? 1 : both;
  }
}
