package dev.heddle.process.worker;

import dev.heddle.base.files.OwnFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Ends this JVM when its parent has ended, however it has, and whatever this JVM does meanwhile.
 *
 * <p>It asks now and then who the parent is, which the system changes when that ends. A thread that blocks in a read of
 * standard input would know at once, but a JVM that exits waits 300 ms for threads that are in native code: each crash, each
 * exit and each close of a pool took that much longer.
 */
final class ParentWatch implements Runnable {
  static final int PARENT_GONE = 86;
  private static final long PERIOD_MILLIS = 250;
  private static final long TIDYING_MILLIS = 300;
  private static final int MOST_TRIES = 5;
  private static final int MOST_UNKNOWN = 40; // times in a row that the system does not tell: for want of files, say

  private final ProcessHandle self = ProcessHandle.current();
  private final ProcessHandle parent;
  private final Path folder;

  private ParentWatch(ProcessHandle parent, Path folder) {
    this.parent = parent;
    this.folder = folder;
  }

  /**
   * Starts the watch.
   *
   * @param folder the pool's, which is deleted when the parent has ended
   */
  static void start(Path folder) {
    ProcessHandle.current()
        .parent()
        .ifPresent( // else the system does not tell
            parent -> Thread.ofPlatform().name("heddle-parent-watch").daemon(true).start(new ParentWatch(parent, folder)));
  }

  /** Ends this worker, and the processes that its tasks have started, at once. */
  static void end() {
    try {
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    } catch (RuntimeException | Error e) {
      // they cannot be listed: for want of files, say; this worker is to end all the more
    } finally {
      Runtime.getRuntime().halt(PARENT_GONE);
    }
  }

  @Override
  public void run() {
    int unknown = 0;
    boolean gone = false;
    while (unknown < MOST_UNKNOWN) {
      Optional<ProcessHandle> now = self.parent();
      gone = now.isPresent() && !now.get().equals(parent);
      if (gone) {
        break;
      }
      unknown = now.isPresent() ? 0 : unknown + 1;
      try {
        Thread.sleep(PERIOD_MILLIS);
      } catch (InterruptedException e) {
        // by a task that interrupts every thread it finds, which is no reason to stop watching
      }
    }
    if (gone) {
      tidyUp();
    }
    end();
  }

  /**
   * Deletes the pool's folder, for the parent leaves it if it ends while workers live. Several workers may do that at once;
   * it must not put off the end for long.
   */
  private void tidyUp() {
    Thread tidying = Thread.ofPlatform().name("heddle-tidy").daemon(true).unstarted(() -> {
      for (int i = 0; i < MOST_TRIES && Files.exists(folder, LinkOption.NOFOLLOW_LINKS); i++) {
        delete();
      }
    });
    try {
      tidying.start();
      tidying.join(TIDYING_MILLIS);
    } catch (InterruptedException | OutOfMemoryError e) {
      // the next pool of this user deletes it
    }
  }

  private void delete() {
    try {
      OwnFolder.delete(folder);
    } catch (IOException | RuntimeException e) {
      // another worker has deleted some of it at the same moment, or the system does not let it be deleted
    }
  }
}
