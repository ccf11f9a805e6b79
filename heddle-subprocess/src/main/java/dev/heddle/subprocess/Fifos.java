package dev.heddle.subprocess;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Named pipes, made in advance, in a folder that only this user can enter.
 *
 * <p>Why not the JDK's own pipes: a thread that reads one can be woken neither by an interrupt nor by closing it, so that a
 * forgotten grandchild which holds the pipe holds the thread as well (and with it the JDK's thread that awaits the child).
 * A named pipe can be opened as a FileChannel, whose blocked reads and writes end when it is closed.
 *
 * <p>Java cannot make named pipes; {@code mkfifo} makes several at a time. One that was read to its end has no writer any
 * more and is used again. Where there is no {@code mkfifo}, the JDK's pipes are used. Thread-safe.
 */
final class Fifos {
  private static final int BATCH = 16;
  private static final int MAKING_SECONDS = 10;
  private static final Fifos SHARED = new Fifos();

  private final Deque<Path> free = new ArrayDeque<>();
  private @Nullable Path folder;
  private int made;
  private boolean unavailable;

  private Fifos() {}

  static Fifos shared() {
    return SHARED;
  }

  /** A pipe that nobody has open, or null where there are none. */
  synchronized @Nullable Path take() {
    for (Path fifo = free.poll(); fifo != null; fifo = free.poll()) {
      if (fifo.toFile().exists()) { // temporary folders are swept at times
        return fifo;
      }
    }
    if (!unavailable) {
      make();
    }
    return free.poll();
  }

  /** Returns a pipe that has no data, writer or reader. */
  synchronized void giveBack(Path fifo) {
    if (unavailable) {
      drop(fifo);
    } else {
      free.push(fifo);
    }
  }

  /** Removes a pipe that somebody else may still have open. */
  static void drop(Path fifo) {
    try {
      Files.deleteIfExists(fifo);
    } catch (IOException e) {
      Log.ignored("removing the named pipe " + fifo, e); // the folder is removed when the JVM ends
    }
  }

  /** Opens a pipe at both ends, so that opening one of them does not wait for the other. */
  static FileChannel keep(Path fifo) throws IOException {
    try {
      return FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      drop(fifo);
      throw e;
    }
  }

  /** Opens one end of a pipe; if that fails, all of the pipe is given up. */
  static FileChannel open(Path fifo, OpenOption end, FileChannel keeper) throws IOException {
    try {
      return FileChannel.open(fifo, end);
    } catch (IOException e) {
      keeper.close();
      drop(fifo);
      throw e;
    }
  }

  private void make() {
    try {
      Path home = folder == null || !Files.isDirectory(folder) ? newFolder() : folder;
      List<String> command = new ArrayList<>(List.of("mkfifo", "-m", "600"));
      List<Path> batch = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        batch.add(home.resolve("pipe-" + made++));
      }
      batch.forEach(path -> command.add(path.toString()));
      Process mkfifo = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      if (mkfifo.waitFor(MAKING_SECONDS, TimeUnit.SECONDS) && mkfifo.exitValue() == 0) {
        free.addAll(batch);
      } else {
        mkfifo.destroyForcibly();
        unavailable = true;
      }
    } catch (IOException | IllegalStateException e) { // the latter when the JVM is ending: no hook can be added any more
      unavailable = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // this once the JDK's pipes are used; the wait that follows is interrupted
    }
    if (unavailable) {
      System.getLogger("dev.heddle.subprocess").log(System.Logger.Level.DEBUG, "no named pipes here; the JDK's are used");
    }
  }

  private Path newFolder() throws IOException {
    if (folder == null) {
      Thread cleanup = Thread.ofPlatform().name("heddle-subprocess-cleanup").unstarted(this::removeAll);
      Runtime.getRuntime().addShutdownHook(cleanup);
    }
    Path home = Files.createTempDirectory("heddle-subprocess-"); // for this user alone
    folder = home;
    return home;
  }

  private synchronized void removeAll() {
    unavailable = true;
    free.clear();
    Path home = folder;
    if (home == null || !Files.isDirectory(home)) {
      return;
    }
    try (var left = Files.list(home)) {
      left.forEach(Fifos::drop);
      Files.deleteIfExists(home);
    } catch (IOException e) {
      Log.ignored("removing the folder " + home, e);
    }
  }
}
