package dev.heddle.flags;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder that flags are kept in, with the list of their SHA-256 sums.
 *
 * <p>A file has its final name only when it is complete; until then it is called {@code xx.svg.part}, and a later run goes on
 * where it ended. One {@code FlagFolder} at a time works in a folder, in whatever process.
 *
 * <p>Thread-safe. No method waits, but all of them read or write files.
 */
public final class FlagFolder implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final Path path;
  private final Manifest manifest;
  private final @Nullable FileChannel lock;

  private FlagFolder(Path path, Manifest manifest, @Nullable FileChannel lock) {
    this.path = path;
    this.manifest = manifest;
    this.lock = lock;
  }

  /**
   * Opens a folder, making it if it is not there.
   *
   * @throws FlagException.Folder if it cannot be made or written to, or another process is downloading to it
   */
  public static FlagFolder open(Path path) throws FlagException.Folder {
    try {
      Files.createDirectories(path);
      FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (!lock(channel)) {
          throw FlagException.Folder.inUse(path);
        }
        return new FlagFolder(path, Manifest.read(path), channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (FlagException.Folder e) {
      throw e;
    } catch (IOException e) {
      throw FlagException.Folder.notWritable(path, e);
    }
  }

  /**
   * The same folder in a worker process, on behalf of the process that has opened it: not locked again, and what is remembered
   * here must be told there.
   *
   * @throws FlagException.Folder if the list of sums cannot be read
   */
  static FlagFolder onBehalf(Path path) throws FlagException.Folder {
    try {
      return new FlagFolder(path, Manifest.read(path), null);
    } catch (IOException e) {
      throw new FlagException.Folder("cannot read " + path.resolve(Manifest.NAME) + ": " + e.getMessage(), e);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock held = channel.tryLock(); // ends when the channel is closed, or the process dies
      return held != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by this very process
    }
  }

  /** Where the folder is. */
  public Path path() {
    return path;
  }

  /** Where the flag of a country is, or would be. */
  public Path file(String code) {
    return path.resolve(Countries.lower(code) + ".svg");
  }

  /** What the server called the version that is kept of a flag; null if none is, or the file was changed since. */
  @Nullable
  String etag(String code) throws FlagException.Folder {
    Path file = file(code);
    Manifest.Entry entry = manifest.get(name(file));
    if (entry == null || entry.etag() == null) {
      return null;
    }
    try {
      return Files.isRegularFile(file) && Sha256.of(file).equals(entry.sha256()) ? entry.etag() : null;
    } catch (IOException e) {
      throw new FlagException.Folder("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** What the list says of the flag of a country; null if nothing. */
  Manifest.@Nullable Entry entry(String code) {
    return manifest.get(name(file(code)));
  }

  /** Puts a complete file on the list. */
  void remember(String code, String sha256, @Nullable String etag) {
    manifest.put(name(file(code)), new Manifest.Entry(sha256, etag));
  }

  /**
   * Writes the list of sums.
   *
   * @throws FlagException.Folder if the folder cannot be written to
   */
  void save() throws FlagException.Folder {
    try {
      manifest.write();
    } catch (IOException e) {
      throw FlagException.Folder.notWritable(path.resolve(Manifest.NAME), e);
    }
  }

  /** Lets others work in the folder. Calling it again does nothing. */
  @Override
  public void close() throws FlagException.Folder {
    if (lock == null) {
      return;
    }
    try {
      lock.close();
    } catch (IOException e) {
      throw FlagException.Folder.notWritable(path, e);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
