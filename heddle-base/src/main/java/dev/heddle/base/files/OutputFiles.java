package dev.heddle.base.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes files that a user has named, such as reports and pictures, also in folders that other users may write to: a link is
 * followed only if it belongs to this user or to root, for others may lead to a file that this user would not overwrite; and
 * a pipe or a device is refused, for opening it may wait or have effects.
 */
public final class OutputFiles {
  private static final int MOST_ATTEMPTS = 10;

  private OutputFiles() {}

  /**
   * Returns the file to write: the target of a link, or the file itself.
   *
   * @throws UntrustedFileException if it is a link of another user, or neither missing nor a regular file
   * @throws NoSuchFileException if it is a link that leads nowhere
   */
  public static Path checked(Path file) throws IOException {
    Path target = file;
    if (Files.isSymbolicLink(file)) {
      SafePlace.checkLinks(file);
      target = file.toRealPath();
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new UntrustedFileException(target, "is not a regular file", "name another");
    }
    return target;
  }

  /**
   * Writes a file; an existing one is replaced, with its mode.
   *
   * @throws IOException as {@link #checked} says, or if it cannot be written
   */
  public static void write(Path file, byte[] content) throws IOException {
    for (int attempt = 1;; attempt++) {
      Path target = checked(file);
      boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
      StandardOpenOption how = exists ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.CREATE_NEW;
      try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.WRITE, how, LinkOption.NOFOLLOW_LINKS)) {
        out.write(content);
        return;
      } catch (FileAlreadyExistsException | NoSuchFileException e) { // created or deleted meanwhile: it is checked again
        if (attempt == MOST_ATTEMPTS || (exists && !(e instanceof NoSuchFileException)) || isFolderMissing(target)) {
          throw e;
        }
      }
    }
  }

  private static boolean isFolderMissing(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null || !Files.isDirectory(folder);
  }
}
