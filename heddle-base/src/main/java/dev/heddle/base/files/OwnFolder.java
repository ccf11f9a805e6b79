package dev.heddle.base.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An open folder of this user, whose entries are opened and deleted relative to it.
 *
 * <p>The folder is opened first and checked afterwards, so that it cannot be exchanged in between, and symbolic links are
 * never followed. Since no other user may write to it, no other user can exchange its entries. Where the system has no such
 * operations ({@link SecureDirectoryStream}), paths are checked immediately before use. For one thread.
 */
public final class OwnFolder implements Closeable {
  private final Path path;
  private final DirectoryStream<Path> stream;
  private final @Nullable SecureDirectoryStream<Path> secure;

  private OwnFolder(Path path, DirectoryStream<Path> stream) {
    this.path = path;
    this.stream = stream;
    this.secure = stream instanceof SecureDirectoryStream<Path> secureStream ? secureStream : null;
  }

  /**
   * Opens a folder.
   *
   * @throws UntrustedFileException if it is a link, belongs to another user, or others may write to it
   */
  public static OwnFolder open(Path path) throws IOException {
    PrivateFiles.check(path, PrivateFiles.Type.FOLDER); // a FIFO of that name would block the next line
    try (DirectoryStream<Path> parent = Files.newDirectoryStream(parent(path))) {
      @SuppressWarnings("StreamResourceLeak") // the folder closes it
      DirectoryStream<Path> stream = parent instanceof SecureDirectoryStream<Path> secure
          ? secure.newDirectoryStream(path.getFileName(), LinkOption.NOFOLLOW_LINKS)
          : Files.newDirectoryStream(path);
      return checked(new OwnFolder(path, stream));
    }
  }

  private static Path parent(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path : parent;
  }

  private static OwnFolder checked(OwnFolder folder) throws IOException {
    boolean trusted = false;
    try {
      SecureDirectoryStream<Path> secure = folder.secure;
      if (secure == null) {
        PrivateFiles.check(folder.path, PrivateFiles.Type.FOLDER);
      } else if (PrivateFiles.isPosix(folder.path)) {
        PrivateFiles.check(folder.path, secure.getFileAttributeView(PosixFileAttributeView.class).readAttributes(),
            PrivateFiles.Type.FOLDER);
      }
      trusted = true;
      return folder;
    } finally {
      if (!trusted) {
        folder.close();
      }
    }
  }

  /** Returns the path that was opened. */
  public Path path() {
    return path;
  }

  /** Returns the names of the entries; to be called once. */
  public List<Path> names() throws IOException {
    List<Path> names = new ArrayList<>();
    try {
      stream.forEach(each -> names.add(each.getFileName()));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  /** Returns the attributes of an entry; links are not followed. */
  public BasicFileAttributes attributes(Path name) throws IOException {
    return secure == null
        ? Files.readAttributes(path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        : secure.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).readAttributes();
  }

  /**
   * Opens an existing file of the folder.
   *
   * @throws UntrustedFileException if it is no regular file, belongs to another user, or others may write to it
   */
  public FileChannel openFile(Path name, OpenOption... options) throws IOException {
    check(name);
    Set<OpenOption> all = Stream.concat(Stream.of(options), Stream.of(LinkOption.NOFOLLOW_LINKS))
        .collect(Collectors.toSet());
    if (secure != null) {
      SeekableByteChannel channel = secure.newByteChannel(name, all);
      if (channel instanceof FileChannel file) {
        return file;
      }
      channel.close();
    }
    return FileChannel.open(path.resolve(name), all);
  }

  /**
   * Checks an entry, which must be a regular file of this user that no other user may write to.
   *
   * @throws UntrustedFileException if it is not
   */
  public void check(Path name) throws IOException {
    if (secure != null && PrivateFiles.isPosix(path)) {
      PrivateFiles.check(path.resolve(name),
          secure.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).readAttributes(),
          PrivateFiles.Type.FILE);
    } else {
      PrivateFiles.check(path.resolve(name), PrivateFiles.Type.FILE);
    }
  }

  /** Deletes an entry that is no folder; a link is deleted itself. Does nothing if there is none. */
  public void deleteFile(Path name) throws IOException {
    try {
      if (secure != null) {
        secure.deleteFile(name);
      } else if (!Files.isDirectory(path.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(path.resolve(name));
      }
    } catch (NoSuchFileException e) {
      // another program has deleted it
    }
  }

  /** Deletes all entries, folders with their content. Folders that belong to other users are left, with an exception. */
  public void deleteContent() throws IOException {
    for (Path name : names()) {
      if (attributes(name).isDirectory()) {
        deleteFolder(name);
      } else {
        deleteFile(name);
      }
    }
  }

  private void deleteFolder(Path name) throws IOException {
    if (secure == null) {
      delete(path.resolve(name));
      return;
    }
    DirectoryStream<Path> inner = secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    try (OwnFolder folder = checked(new OwnFolder(path.resolve(name), inner))) {
      folder.deleteContent();
    }
    secure.deleteDirectory(name);
  }

  /**
   * Deletes a folder of this user with its content. Does nothing if there is none.
   *
   * @throws UntrustedFileException if it, or a folder in it, is not this user's own; nothing in such a folder is deleted
   */
  public static void delete(Path folder) throws IOException {
    try (OwnFolder opened = open(folder)) {
      opened.deleteContent();
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(folder); // if it was exchanged for a link or a file since, that is deleted, and nothing behind it
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
