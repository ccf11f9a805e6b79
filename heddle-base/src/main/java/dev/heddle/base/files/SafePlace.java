package dev.heddle.base.files;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks of the folders above a file. A user who can write to one may rename what is in it, and put something else in its
 * place, whatever the owner and the mode of that are. So a folder is safe if it belongs to this user or to root, and no
 * other user may write to it; one with the sticky bit, such as {@code /tmp}, is safe for entries that belong to this user or
 * root. (OpenSSH and sudo check the same.)
 */
public final class SafePlace {
  private static final int STICKY = 01000;
  private static final int MOST_LINKS = 40; // as Linux

  /** The variable that names folders, separated as in PATH, whose permissions are not checked. */
  private static final String TRUSTED = "HEDDLE_TRUSTED_FOLDERS";

  private SafePlace() {}

  /**
   * Checks the folder that a file is in, or will be, with all folders above it and all links on the way, as the system
   * follows them.
   *
   * @throws UntrustedFileException if another user may exchange the file, a folder or a link
   * @throws IOException if a folder cannot be read, for example because it does not exist
   */
  public static void checkFolderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent(); // not normalized: the system follows a link before it goes up from there
    if (folder != null && PrivateFiles.isPosix(folder)) {
      Path _ = walk(folder);
    }
  }

  /**
   * Checks a file or folder that exists, with all folders above it and all links on the way.
   *
   * @throws UntrustedFileException if another user may exchange it, or a folder or a link on the way
   */
  public static void checkAncestors(Path file) throws IOException {
    if (PrivateFiles.isPosix(file)) {
      Path at = file.toAbsolutePath();
      for (int links = 0; Files.isSymbolicLink(at); links++) {
        checkFolderOf(at);
        checkOwner(at);
        at = next(at, links);
      }
      checkFolderOf(at);
      checkOwner(at);
    }
  }

  /**
   * Checks a link and those that it leads to; what is behind them is not checked.
   *
   * @throws UntrustedFileException if one belongs to another user
   */
  static void checkLinks(Path file) throws IOException {
    Path at = file;
    for (int links = 0; Files.isSymbolicLink(at); links++) {
      checkOwner(at);
      at = next(at, links);
    }
  }

  private static Path next(Path link, int links) throws IOException {
    if (links == MOST_LINKS) {
      throw new FileSystemLoopException(link.toString());
    }
    return link.resolveSibling(Files.readSymbolicLink(link));
  }

  /** Goes down to a folder as the system does, and checks each folder and link on the way; returns its real path. */
  private static Path walk(Path folder) throws IOException {
    Path at = folder.getRoot();
    checkFolder(at);
    Deque<Path> names = new ArrayDeque<>();
    folder.forEach(names::add);
    for (int links = 0; !names.isEmpty();) {
      Path name = names.pop();
      Path next = name.toString().equals("..")
          ? Objects.requireNonNullElse(at.getParent(), at)
          : at.resolve(name).normalize();
      if (Files.isSymbolicLink(next)) {
        checkOwner(next);
        Path target = next(next, links++);
        at = folder.getRoot();
        List<Path> further = new ArrayList<>();
        target.forEach(further::add);
        further.reversed().forEach(names::push);
      } else {
        checkFolder(next);
        at = next;
      }
    }
    return at;
  }

  /**
   * Checks that a file or a link, which is not followed, belongs to this user or to root: its owner may exchange it, also in
   * a folder with the sticky bit.
   *
   * @throws UntrustedFileException if it belongs to another user
   */
  public static void checkOwner(Path entry) throws IOException {
    if (!PrivateFiles.isPosix(entry)) {
      return;
    }
    PosixFileAttributes attributes = Files.readAttributes(entry, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!isOwnOrRoots(entry, attributes, LinkOption.NOFOLLOW_LINKS)) {
      throw new UntrustedFileException(entry,
          "belongs to user '" + attributes.owner().getName() + "', who may exchange it", "name a place elsewhere");
    }
  }

  private static void checkFolder(Path folder) throws IOException {
    if (trusted().anyMatch(folder::equals)) {
      return;
    }
    PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
    if (!isOwnOrRoots(folder, attributes)) {
      throw new UntrustedFileException(folder, "belongs to user '" + attributes.owner().getName()
          + "', who may exchange what is in it", "name a folder elsewhere");
    }
    Set<PosixFilePermission> permissions = attributes.permissions();
    if (PrivateFiles.isWritableByOthers(attributes) && !isSticky(folder)) {
      throw new UntrustedFileException(folder, "may be written by other users (" + PosixFilePermissions.toString(permissions)
          + "), who may exchange what is in it",
          (attributes.owner().equals(PrivateFiles.self()) ? "run chmod go-w on it, or " : "")
              + "name a folder elsewhere, or, if no program of another user runs here, as in a container, name it in the variable "
              + TRUSTED);
    }
  }

  /** The folders that the user answers for. */
  private static Stream<Path> trusted() {
    String named = System.getenv(TRUSTED);
    return named == null || named.isEmpty() ? Stream.empty() : Stream.of(named.split(File.pathSeparator)).map(Path::of);
  }

  private static boolean isOwnOrRoots(Path path, PosixFileAttributes attributes, LinkOption... options) throws IOException {
    return attributes.owner().equals(PrivateFiles.self())
        || (hasModes(path)
            && Files.getAttribute(path, "unix:uid", options) instanceof Integer uid
            && (uid == 0 || UserNamespace.isUnmapped(uid)));
  }

  private static boolean isSticky(Path folder) throws IOException {
    @Nullable
    Object mode = hasModes(folder) ? Files.getAttribute(folder, "unix:mode") : null;
    return mode instanceof Integer bits && (bits & STICKY) != 0;
  }

  private static boolean hasModes(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("unix");
  }
}
