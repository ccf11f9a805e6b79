package dev.heddle.process.worker;

import java.util.Optional;

/**
 * Ends this JVM when its parent has ended, however it has, and whatever this JVM does meanwhile.
 *
 * <p>It asks now and then who the parent is, which the system changes when that ends. A thread that blocks in a read of standard
 * input would know at once, but a JVM that exits waits 300 ms for threads that are in native code: each crash, each exit and each
 * close of a pool took that much longer.
 */
final class ParentWatch implements Runnable {
  static final int PARENT_GONE = 86;
  private static final long PERIOD_MILLIS = 250;
  private static final int MOST_UNKNOWN = 40; // times in a row that the system does not tell: for want of files, say

  private final ProcessHandle self = ProcessHandle.current();
  private final ProcessHandle parent;

  private ParentWatch(ProcessHandle parent) {
    this.parent = parent;
  }

  static void start() {
    ProcessHandle.current()
        .parent()
        .ifPresent( // else the system does not tell
            parent -> Thread.ofPlatform().name("heddle-parent-watch").daemon(true).start(new ParentWatch(parent)));
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
    while (unknown < MOST_UNKNOWN) {
      Optional<ProcessHandle> now = self.parent();
      if (now.isPresent() && !now.get().equals(parent)) {
        break;
      }
      unknown = now.isPresent() ? 0 : unknown + 1;
      try {
        Thread.sleep(PERIOD_MILLIS);
      } catch (InterruptedException e) {
        // by a task that interrupts every thread it finds, which is no reason to stop watching
      }
    }
    end();
  }
}
