package dev.heddle.flags;

import dev.heddle.flags.folder.FlagStore;
import java.nio.file.Path;

/**
 * A folder of downloaded flags with a manifest of their SHA-256 checksums.
 *
 * <p>A file gets its final name only when it is complete; until then it is called {@code xx.svg.part}, and a later run
 * resumes it. A lock file keeps a second {@code FlagFolder}, in this process or another, from using the same folder.
 *
 * <p>Thread-safe. The methods read and write files, but never wait for a lock.
 */
public final class FlagFolder implements AutoCloseable {
  private final FlagStore store;

  private FlagFolder(FlagStore store) {
    this.store = store;
  }

  /**
   * Opens a folder, and creates it if it does not exist.
   *
   * @throws FlagException.Folder if it cannot be created or written to, is open already, here or in another process, or if
   *     other users may write to it or to one of its files that is needed
   */
  public static FlagFolder open(Path path) throws FlagException.Folder {
    return new FlagFolder(FlagStore.open(path));
  }

  /** The path of the folder. */
  public Path path() {
    return store.path();
  }

  /** The path of the flag of a country, whether it exists or not. */
  public Path file(String code) {
    return store.file(code);
  }

  FlagStore store() {
    return store;
  }

  /** Releases the lock on the folder; idempotent. */
  @Override
  public void close() throws FlagException.Folder {
    store.close();
  }
}
