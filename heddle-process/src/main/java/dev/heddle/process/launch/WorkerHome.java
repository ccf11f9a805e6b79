package dev.heddle.process.launch;

import dev.heddle.base.ModuleLog;
import dev.heddle.base.files.OwnFolder;
import dev.heddle.base.files.PrivateFiles;
import dev.heddle.base.files.TempPlace;
import dev.heddle.process.WorkerStartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of a pool, with its sockets, shared pages and the workers' raw output. Only this user may enter it.
 *
 * <p>A program that is killed leaves its folders, which can hold gigabytes. So a pool locks a file in its own while it
 * lives, which the system undoes however the program ends, and a pool that ends deletes those of other programs that are not
 * locked.
 */
public final class WorkerHome {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.process");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LONGEST_SOCKET_PATH = 90; // the system's limit is from 92 to 108 bytes
  private static final int TOKEN = 16;
  private static final int MOST_WAITING = 1024; // connections that the system holds until they are accepted
  private static final String PREFIX = "heddle-";
  private static final String OWN = PREFIX + ProcessHandle.current().pid() + "-";
  private static final Pattern HOME = Pattern.compile(PREFIX + "(\\d+)-\\d+");
  private static final String LOCK = "lock";
  private static final Duration OLD = Duration.ofDays(1); // of a folder without a lock

  private final Path folder;
  private final FileChannel lock;
  private volatile boolean exiting; // this JVM runs its shutdown hooks
  private final Thread atExit = Thread.ofPlatform().unstarted(this::deleteAfterHooks);

  private WorkerHome(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Creates a folder that is deleted by {@link #close}, or at the latest when this JVM ends. */
  public static WorkerHome make() {
    try {
      Path temp = TempPlace.folder().toAbsolutePath(); // workers may have another working directory
      while (true) {
        Path folder = PrivateFiles.createTempFolder(temp, OWN);
        FileChannel lock = PrivateFiles.createFile(folder.resolve(LOCK));
        if (lock(lock, folder) && Files.exists(folder.resolve(LOCK))) {
          WorkerHome home = new WorkerHome(folder, lock);
          home.deleteAtExit();
          return home;
        }
        lock.close(); // another pool that tidies up was faster, and deletes it
      }
    } catch (IOException e) {
      throw new WorkerStartException(
          "a process pool needs a folder of its own in java.io.tmpdir (" + System.getProperty("java.io.tmpdir") + "): " + e
              + "; make that folder writable or set the property",
          e);
    }
  }

  private static boolean lock(FileChannel lock, Path folder) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (IOException e) { // a file system without locks
      lock.close();
      delete(folder);
      throw e;
    }
  }

  public Path folder() {
    return folder;
  }

  /** Returns the path of a file that may be created in this folder. */
  public Path file(String name) {
    Path file = folder.resolve(name);
    if (exiting) {
      try {
        file.toFile().deleteOnExit();
      } catch (IllegalStateException e) {
        // the files are being deleted at this moment: what comes later is left to the worker or the next pool
      }
    }
    return file;
  }

  /** A secret, as text, by which a worker shows that it is the one that was started. */
  static String token() {
    byte[] token = new byte[TOKEN];
    RANDOM.nextBytes(token);
    return HexFormat.of().formatHex(token);
  }

  /** Listens for one worker: on a socket in this folder, or on the loopback interface where that is not possible. */
  public ServerSocketChannel listen(int number) throws IOException {
    Path path = file("w" + number + ".sock");
    if (path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET_PATH) {
      try {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
      } catch (UnsupportedOperationException e) {
        // no such sockets on this system
      }
    }
    return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MOST_WAITING);
  }

  /** Deletes the folder, and those that killed programs of this user have left beside it. */
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // this JVM is ending, and the hook runs anyway
    }
    deleteAbandoned();
  }

  private void deleteAtExit() {
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IllegalStateException e) { // the pool is made by a shutdown hook
      deleteAfterHooks();
    }
  }

  /**
   * Has what is in the folder deleted once all shutdown hooks have ended: those of the program may wait for tasks, which
   * need it. The workers that live longer delete what comes later.
   */
  private void deleteAfterHooks() {
    exiting = true;
    folder.toFile().deleteOnExit(); // first, since it is deleted last
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(each -> each.toFile().deleteOnExit());
    } catch (IOException | DirectoryIteratorException e) {
      // the pool has ended meanwhile, and has deleted its folder
    }
  }

  private void delete() {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.ignored("unlocking " + folder, e);
    }
    delete(folder);
  }

  private static void delete(Path folder) {
    try {
      OwnFolder.delete(folder); // does nothing if the shutdown hook was here before, or the other way round
    } catch (IOException e) {
      LOG.ignored("deleting " + folder, e);
    }
  }

  private void deleteAbandoned() {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.toAbsolutePath().getParent(), PREFIX + "*")) {
      for (Path each : all) {
        String name = each.getFileName().toString();
        // Not this program's own: to close such a file would undo the lock, for that is how the system's locks are.
        if (HOME.matcher(name).matches() && !name.startsWith(OWN) && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          deleteIfAbandoned(each);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.ignored("looking for folders of killed programs", e);
    }
  }

  /** Another user may have made a folder of that name, with anything in it: nothing is opened before it has been checked. */
  private static void deleteIfAbandoned(Path other) {
    try (OwnFolder opened = OwnFolder.open(other);
        FileChannel its = opened.openFile(Path.of(LOCK), StandardOpenOption.WRITE)) {
      if (its.tryLock() != null) {
        delete(other);
      }
    } catch (NoSuchFileException e) { // it is being made, or its program had ended before its workers
      deleteIfOld(other);
    } catch (IOException | OverlappingFileLockException e) {
      // another pool of this program is deleting it; or it is another user's
    }
  }

  /**
   * Deletes a folder without a lock, if its program is over. Programs that tidy up temporary files delete old locks of
   * living ones; and a process that is not seen may live in another container, so the folder must be old, too.
   */
  private static void deleteIfOld(Path other) {
    try {
      if (!isOfLivingProcess(other)
          && Files.getLastModifiedTime(other, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(Instant.now().minus(OLD))) {
        delete(other);
      }
    } catch (IOException e) {
      // gone
    }
  }

  private static boolean isOfLivingProcess(Path other) {
    Matcher name = HOME.matcher(other.getFileName().toString());
    try {
      return !name.matches() || ProcessHandle.of(Long.parseLong(name.group(1))).isPresent();
    } catch (NumberFormatException e) {
      return false; // no process has such a number
    }
  }
}
