package dev.heddle.base.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Creates files and folders that only this user can enter, and checks that existing ones are such.
 *
 * <p>A file is trusted if it belongs to this user, is of the expected type and no symbolic link, and if no other user may
 * write to it. Where the file system has no POSIX permissions (Windows), only the type is checked: there the folders of a
 * user are protected by their access control lists.
 */
public final class PrivateFiles {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER = PosixFilePermissions
      .asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> FILE = PosixFilePermissions
      .asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final int MOST_ATTEMPTS = 10;

  private PrivateFiles() {}

  /** The types of files that are used. */
  public enum Type {
    /** A regular file that others cannot write to. */
    FILE,
    /** A regular file with any permissions. */
    ANY_FILE,
    /** A folder that others cannot write to, but may enter and read. */
    FOLDER,
    /** A folder that others can neither enter nor read. */
    PRIVATE_FOLDER
  }

  /** Returns whether files on the file system of this path have an owner and permissions. */
  static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Creates a folder with mode 0700; fails if something of that name exists. */
  public static Path createFolder(Path folder) throws IOException {
    return isPosix(folder) ? Files.createDirectory(folder, FOLDER) : Files.createDirectory(folder);
  }

  /**
   * Creates a folder with mode 0700, and the missing folders above it likewise. If it exists, it must be a private folder.
   *
   * @throws UntrustedFileException if another user owns it or may write to it
   */
  public static Path createFolders(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath();
    Path parent = absolute.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      createParents(parent);
    }
    try {
      createFolder(absolute);
    } catch (FileAlreadyExistsException e) {
      // checked below, as it would be if another program had created it now
    }
    check(absolute, Type.FOLDER);
    return absolute;
  }

  private static void createParents(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      createParents(parent);
    }
    try {
      createFolder(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /** Creates a folder with mode 0700 and a random name in the temporary folder. */
  public static Path createTempFolder(Path parent, String prefix) throws IOException {
    return isPosix(parent) ? Files.createTempDirectory(parent, prefix, FOLDER) : Files.createTempDirectory(parent, prefix);
  }

  /**
   * Opens an existing file of this user. Links are not followed, and a pipe or a device is refused before it is opened,
   * since that might wait, or have effects. The folder must be one in which no other user can exchange the file, which
   * {@link SafePlace#checkFolderOf} tells.
   *
   * @throws UntrustedFileException if it is no regular file, belongs to another user, or others may write to it
   */
  public static FileChannel open(Path file, OpenOption... options) throws IOException {
    check(file, Type.FILE);
    checkNames(file);
    return FileChannel.open(file, withoutLinks(options));
  }

  /** Does the same, and creates the file with mode 0600 if it does not exist. */
  public static FileChannel openOrCreate(Path file, OpenOption... options) throws IOException {
    for (int attempt = 1;; attempt++) {
      try {
        return open(file, options);
      } catch (NoSuchFileException e) {
        Set<OpenOption> all = withoutLinks(options);
        all.add(StandardOpenOption.CREATE_NEW);
        try {
          return isPosix(file) ? FileChannel.open(file, all, FILE) : FileChannel.open(file, all);
        } catch (FileAlreadyExistsException created) {
          if (attempt == MOST_ATTEMPTS) {
            throw created;
          }
          // another program has created it meanwhile: it is checked as any other
        }
      }
    }
  }

  /** In a folder that other users may write to, one of them may have given this user's file a further name. */
  private static void checkNames(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && isPosix(folder) && file.getFileSystem().supportedFileAttributeViews().contains("unix")
        && isWritableByOthers(Files.readAttributes(folder, PosixFileAttributes.class))
        && Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) instanceof Integer names && names > 1) {
      throw new UntrustedFileException(file, "has a further name (a hard link), in a folder that other users may write to",
          "name another");
    }
  }

  private static Set<OpenOption> withoutLinks(OpenOption... options) {
    Set<OpenOption> all = new HashSet<>(List.of(options));
    all.add(LinkOption.NOFOLLOW_LINKS);
    return all;
  }

  /** Creates an empty file with mode 0600 and opens it for writing; fails if something of that name exists. */
  public static FileChannel createFile(Path file) throws IOException {
    Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return isPosix(file) ? FileChannel.open(file, options, FILE) : FileChannel.open(file, options);
  }

  /** Sets the mode of a file of this user to 0600. */
  public static void restrict(Path file) throws IOException {
    check(file, Type.ANY_FILE);
    if (isPosix(file)) {
      Files.setPosixFilePermissions(file, FILE.value());
    }
  }

  /**
   * Checks that a file belongs to this user, is of a type and no link, and that no other user may write to it.
   *
   * @throws UntrustedFileException if not
   * @throws IOException if its attributes cannot be read, for example because it does not exist
   */
  public static void check(Path file, Type type) throws IOException {
    if (isPosix(file)) {
      check(file, Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS), type);
    } else if (isFile(type)
        ? !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        : !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UntrustedFileException(file, "is not a " + name(type), "move it away");
    }
  }

  /** Returns whether {@link #check} passes. */
  public static boolean isTrusted(Path file, Type type) {
    try {
      check(file, type);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static void check(Path file, PosixFileAttributes attributes, Type type) throws IOException {
    if (isFile(type) ? !attributes.isRegularFile() : !attributes.isDirectory()) {
      throw new UntrustedFileException(file,
          "is " + (attributes.isSymbolicLink() ? "a symbolic link, " : "") + "not a " + name(type),
          "move it away, or name another");
    }
    UserPrincipal self = Self.USER;
    if (self == null) {
      throw new UntrustedFileException(file,
          "cannot be checked: the user of this program is not known, because no file can be created in java.io.tmpdir",
          "make that folder writable");
    }
    if (!attributes.owner().equals(self)) {
      throw new UntrustedFileException(file,
          "belongs to user '" + attributes.owner().getName() + "', not to '" + self.getName() + "'",
          "name another");
    }
    Set<PosixFilePermission> permissions = attributes.permissions();
    if (type != Type.ANY_FILE && isWritableByOthers(attributes)) {
      throw new UntrustedFileException(file,
          "may be written by other users (" + PosixFilePermissions.toString(permissions) + ")",
          "run chmod go-w on it");
    }
    if (type == Type.PRIVATE_FOLDER && permissions.stream().anyMatch(each -> !each.name().startsWith("OWNER_"))) {
      throw new UntrustedFileException(file,
          "may be entered by other users (" + PosixFilePermissions.toString(permissions) + ")",
          "run chmod 700 on it");
    }
  }

  /** Returns whether other users may write to a file. */
  static boolean isWritableByOthers(PosixFileAttributes attributes) {
    Set<PosixFilePermission> permissions = attributes.permissions();
    return permissions.contains(PosixFilePermission.OTHERS_WRITE)
        || (permissions.contains(PosixFilePermission.GROUP_WRITE) && !PrivateGroup.isOf(attributes));
  }

  /** Returns the user that files created by this program belong to; null if it is not known. */
  static @Nullable UserPrincipal self() {
    return Self.USER;
  }

  private static String name(Type type) {
    return isFile(type) ? "regular file" : "folder";
  }

  private static boolean isFile(Type type) {
    return type == Type.FILE || type == Type.ANY_FILE;
  }

  /** The user that files created by this program belong to; found by creating one. */
  private static final class Self {
    static final @Nullable UserPrincipal USER = find();

    private static @Nullable UserPrincipal find() {
      try {
        Path file = Files.createTempFile("heddle-", ".owner");
        try {
          return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
        } finally {
          Files.deleteIfExists(file);
        }
      } catch (IOException | UnsupportedOperationException e) {
        return null;
      }
    }
  }
}
