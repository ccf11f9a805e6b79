package dev.heddle.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Stream;

/** A pool's folder: sockets, shared pages and what workers write to their raw output. Nobody but the user may enter it. */
final class WorkerHome {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LONGEST_SOCKET_PATH = 90; // the system's limit is from 92 to 108 bytes
  private static final int TOKEN = 16;

  private final Path folder;
  private final Thread atExit = Thread.ofPlatform().unstarted(this::delete);

  private WorkerHome(Path folder) {
    this.folder = folder;
  }

  /** Makes a folder that is deleted by {@link #close}, or at the latest when this JVM ends. */
  static WorkerHome make() {
    try {
      Path temp = Path.of(System.getProperty("java.io.tmpdir"));
      boolean posix = temp.getFileSystem().supportedFileAttributeViews().contains("posix");
      WorkerHome home =
          new WorkerHome(
              posix
                  ? Files.createTempDirectory(
                      temp, "heddle-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                  : Files.createTempDirectory(temp, "heddle-"));
      Runtime.getRuntime().addShutdownHook(home.atExit);
      return home;
    } catch (IOException e) {
      throw new WorkerStartException(
          "a process pool needs a folder of its own in java.io.tmpdir (" + System.getProperty("java.io.tmpdir") + "): " + e
              + "; make that folder writable or set the property",
          e);
    }
  }

  Path folder() {
    return folder;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** A secret, as text, by which a worker shows that it is the one that was started. */
  static String token() {
    byte[] token = new byte[TOKEN];
    RANDOM.nextBytes(token);
    return HexFormat.of().formatHex(token);
  }

  /** Listens for one worker: on a socket in this folder, or on the loopback interface where that is not possible. */
  ServerSocketChannel listen(int number) throws IOException {
    Path path = file("w" + number + ".sock");
    if (path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET_PATH) {
      try {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
      } catch (UnsupportedOperationException e) {
        // no such sockets on this system
      }
    }
    return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Deletes the folder. */
  void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // this JVM is ending, and the hook runs anyway
    }
  }

  private void delete() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      Log.ignored("emptying " + folder, e);
    }
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      Log.ignored("deleting " + folder, e);
    }
  }
}
