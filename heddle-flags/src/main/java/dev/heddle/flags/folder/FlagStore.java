package dev.heddle.flags.folder;

import dev.heddle.base.files.PrivateFiles;
import dev.heddle.base.files.SafePlace;
import dev.heddle.flags.FlagException;
import dev.heddle.flags.digest.Sha256;
import dev.heddle.flags.http.FlagPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The files below a folder of flags: the flags, the manifest of their checksums, and the lock that one process holds.
 *
 * <p>Thread-safe. The methods read and write files, but never wait for a lock.
 */
public final class FlagStore implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final Path path;
  private final Manifest manifest;
  private final @Nullable FileChannel lock;

  private FlagStore(Path path, Manifest manifest, @Nullable FileChannel lock) {
    this.path = path;
    this.manifest = manifest;
    this.lock = lock;
  }

  /**
   * Opens and locks a folder, and creates it if it does not exist.
   *
   * @throws FlagException.Folder if it cannot be created or written to, is locked already, or other users may write to it
   */
  public static FlagStore open(Path path) throws FlagException.Folder {
    try {
      check(path);
      FileChannel channel = PrivateFiles.openOrCreate(path.resolve(LOCK), StandardOpenOption.WRITE);
      try {
        if (!lock(channel)) {
          throw FlagException.Folder.inUse(path);
        }
        return new FlagStore(path, Manifest.read(path), channel);
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
   * Opens a folder in a worker process whose parent process holds the lock. The manifest is read only: the parent records
   * and saves what the worker has downloaded.
   *
   * @throws FlagException.Folder if the manifest cannot be read
   */
  public static FlagStore ofWorker(Path path) throws FlagException.Folder {
    try {
      return new FlagStore(path, Manifest.read(path), null);
    } catch (IOException e) {
      throw FlagException.Folder.notReadable(path.resolve(Manifest.NAME), e);
    }
  }

  /**
   * Creates a folder, or checks that one that exists belongs to this user, and that no other user may write to it. It may be
   * named by a symbolic link of this user.
   */
  private static void check(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      SafePlace.checkOwner(path);
      PrivateFiles.check(path.toRealPath(), PrivateFiles.Type.FOLDER);
    } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(path.toString());
    } else {
      PrivateFiles.createFolders(path);
    }
    SafePlace.checkFolderOf(path);
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock held = channel.tryLock(); // released when the channel is closed or the process ends
      return held != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by this very process
    }
  }

  /** The path of the folder. */
  public Path path() {
    return path;
  }

  /**
   * The path of the flag of a country, whether it exists or not.
   *
   * @param code two letters
   */
  public Path file(String code) {
    return path.resolve(FlagPath.name(code));
  }

  /** Returns the ETag of the version of a flag in the folder; null if there is none, or the file has changed since. */
  public @Nullable String etag(String code) throws FlagException.Folder {
    Path file = file(code);
    Manifest.Entry entry = manifest.get(name(file));
    if (entry == null || entry.etag() == null) {
      return null;
    }
    try {
      return PrivateFiles.isTrusted(file, PrivateFiles.Type.FILE) && Sha256.of(file).equals(entry.sha256())
          ? entry.etag()
          : null;
    } catch (IOException e) {
      throw FlagException.Folder.notReadable(file, e);
    }
  }

  /** Returns the manifest's entry for the flag of a country; null if there is none. */
  public Manifest.@Nullable Entry entry(String code) {
    return manifest.get(name(file(code)));
  }

  /** Adds a complete file to the manifest. */
  public void remember(String code, String sha256, @Nullable String etag) {
    manifest.put(name(file(code)), new Manifest.Entry(sha256, etag));
  }

  /**
   * Writes the manifest to its file.
   *
   * @throws FlagException.Folder if the folder cannot be written to
   */
  public void save() throws FlagException.Folder {
    try {
      manifest.write();
    } catch (IOException e) {
      throw FlagException.Folder.notWritable(path.resolve(Manifest.NAME), e);
    }
  }

  /** Releases the lock; idempotent. */
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
