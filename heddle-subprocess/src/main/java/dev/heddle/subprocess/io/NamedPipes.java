package dev.heddle.subprocess.io;

import dev.heddle.base.ModuleLog;
import dev.heddle.base.files.PrivateFiles;
import dev.heddle.base.files.TempPlace;
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
 * A pool of named pipes, in a folder that only this user can enter. Thread-safe.
 *
 * <p>Why not the JDK's own pipes: a thread that reads one can be woken neither by an interrupt nor by closing it. A
 * grandchild that keeps the pipe open would block the thread as well, and with it the JDK's thread that waits for the
 * child. A named pipe can be opened as a FileChannel, whose blocked reads and writes end when it is closed.
 *
 * <p>Java cannot create named pipes; {@code mkfifo} creates several at a time. A pipe that was read to its end has no writer
 * and is used again. Where there is no {@code mkfifo}, the JDK's pipes are used.
 */
public final class NamedPipes {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.subprocess");
  private static final int BATCH = 16;
  private static final int MAKING_SECONDS = 10;
  private static final NamedPipes SHARED = new NamedPipes();

  private final Deque<Path> free = new ArrayDeque<>();
  private @Nullable Path folder;
  private int made;
  private boolean unavailable;

  private NamedPipes() {}

  static NamedPipes shared() {
    return SHARED;
  }

  /** Takes a pipe that is not open anywhere; returns null where there are none. */
  synchronized @Nullable Path take() {
    for (Path fifo = free.poll(); fifo != null; fifo = free.poll()) {
      if (fifo.toFile().exists()) { // temporary folders are cleaned at times
        return fifo;
      }
    }
    if (!unavailable) {
      make();
    }
    return free.poll();
  }

  /** Gives back a pipe without data, writers and readers. */
  synchronized void giveBack(Path fifo) {
    if (unavailable) {
      drop(fifo);
    } else {
      free.push(fifo);
    }
  }

  /** Removes a pipe that another process may still have open. */
  static void drop(Path fifo) {
    try {
      Files.deleteIfExists(fifo);
    } catch (IOException e) {
      LOG.ignored("removing the named pipe " + fifo, e); // the folder is removed when the JVM ends
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

  /** Opens one end of a pipe; if that fails, the pipe is removed. */
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
    } catch (IOException | IllegalStateException e) { // the latter while the JVM ends and accepts no hooks
      unavailable = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the JDK's pipes are used this once; the wait that follows is interrupted
    }
    if (unavailable) {
      LOG.detail("no named pipes can be created; the pipes of the JDK are used");
    }
  }

  private Path newFolder() throws IOException {
    if (folder == null) {
      Thread cleanup = Thread.ofPlatform().name("heddle-subprocess-cleanup").unstarted(this::removeAll);
      Runtime.getRuntime().addShutdownHook(cleanup);
    }
    Path home = PrivateFiles.createTempFolder(TempPlace.folder(), "heddle-subprocess-");
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
      left.forEach(NamedPipes::drop);
      Files.deleteIfExists(home);
    } catch (IOException e) {
      LOG.ignored("removing the folder " + home, e);
    }
  }
}
