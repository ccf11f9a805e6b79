package dev.heddle.asyncio.io;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The paths of Unix domain sockets, and the errors that they lead to. */
public final class UnixPaths {
  /** The bits of a file's mode that name its type, and those of a socket. */
  private static final int TYPE = 0170000;

  private static final int SOCKET = 0140000;

  private UnixPaths() {}

  /** The address of a path. */
  static UnixDomainSocketAddress address(Path path) {
    return UnixDomainSocketAddress.of(path);
  }

  /** An exception that says what is wrong with the path to which a connection failed. */
  static SocketException explained(SocketException error, Path path) {
    String text = String.valueOf(error.getMessage());
    String why;
    if (text.contains("too long")) {
      why = tooLong(path);
    } else if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      why = "there is no socket " + path;
    } else if (text.contains("refused")) {
      why = "no server listens at " + path + ": the file was left by one that has ended, or is no socket";
    } else {
      why = text + ": " + path;
    }
    ConnectException named = new ConnectException(why);
    named.initCause(error);
    return named;
  }

  private static String tooLong(Path path) {
    return "the path of a Unix domain socket may have about 100 bytes (107 on Linux, 103 on macOS), but this one has "
        + path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length + ": " + path
        + "; use a shorter or a relative one";
  }

  /** An exception that says what is wrong with the path at which a server cannot listen. */
  public static IOException explainedBind(IOException error, Path path) {
    String text = String.valueOf(error.getMessage());
    String why;
    if (text.contains("too long")) {
      why = tooLong(path);
    } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      why = isStale(path)
          ? "the file " + path
              + " was left by a server that has ended: delete it, or let ListenOptions.withReplaceStale do so"
          : "the file " + path + " exists, and a server listens there or it is no socket; use another path";
    } else {
      why = text + ": " + path;
    }
    BindException named = new BindException(why);
    named.initCause(error);
    return named;
  }

  /** Whether a file is a socket at which no server listens any more. */
  public static boolean isStale(Path path) {
    if (!isSocket(path)) {
      return false;
    }
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false); // a server whose queue is full must not hold up the caller
      probe.connect(address(path));
      return false;
    } catch (ConnectException e) {
      return String.valueOf(e.getMessage()).contains("refused");
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a file is a socket, and no link, pipe or device: connecting to any of these is refused, too. */
  private static boolean isSocket(Path path) {
    try {
      int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return (mode & TYPE) == SOCKET;
    } catch (UnsupportedOperationException | IllegalArgumentException e) { // not on Windows, which has no pipes in folders
      return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(path);
    } catch (IOException e) {
      return false;
    }
  }
}
