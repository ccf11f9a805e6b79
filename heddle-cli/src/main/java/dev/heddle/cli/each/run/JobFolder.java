package dev.heddle.cli.each.run;

import dev.heddle.base.files.PrivateFiles;
import dev.heddle.base.files.SafePlace;
import dev.heddle.base.files.TempPlace;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The temporary folder for the output of jobs; deleted with its files on close, and also if this JVM is killed.
 *
 * <p>For the latter a helper process waits for the end of this JVM, which it sees as the end of its input.
 */
public final class JobFolder implements AutoCloseable {
  private static final String HELPER = "trap '' INT TERM HUP; cat >/dev/null; rm -rf -- \"$1\"";

  private static final String PREFIX = "heddle-each-";

  private static final long LEAST_SPACE = 1 << 16;

  private final Path path;
  private final FileStore store;
  private final Process helper;

  private JobFolder(Path path, FileStore store, Process helper) {
    this.path = path;
    this.store = store;
    this.helper = helper;
  }

  /**
   * Creates a folder.
   *
   * @param parent the folder in which to create it; null for the one of the variable TMPDIR, or of the system
   */
  public static JobFolder create(@Nullable Path parent) throws IOException {
    String variable = System.getenv("TMPDIR");
    Path in = parent == null && variable != null && !variable.isEmpty() ? Path.of(variable) : parent;
    Path path = in == null
        ? PrivateFiles.createTempFolder(TempPlace.folder(), PREFIX)
        : createIn(in, parent == null ? "the variable TMPDIR" : "--tmpdir");
    try {
      FileStore store = Files.getFileStore(path); // once, since this looks through the list of all mounts
      Process helper = new ProcessBuilder("sh", "-c", HELPER, "sh", path.toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return new JobFolder(path, store, helper);
    } catch (IOException e) {
      Files.delete(path);
      throw e;
    }
  }

  private static Path createIn(Path parent, String origin) throws IOException {
    if (!Files.isDirectory(parent)) {
      throw new NotDirectoryException(parent + ", which " + origin + " names for temporary files");
    }
    SafePlace.checkFolderOf(parent.resolve(PREFIX));
    return PrivateFiles.createTempFolder(parent.toAbsolutePath(), PREFIX);
  }

  Path path() {
    return path;
  }

  /** Whether there is no space left, as far as the system tells. */
  boolean isFull() {
    try {
      return store.getUsableSpace() < LEAST_SPACE;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> left = Files.list(path)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    } finally {
      helper.getOutputStream().close(); // the helper deletes what is left, and ends
    }
    Files.deleteIfExists(path);
  }
}
