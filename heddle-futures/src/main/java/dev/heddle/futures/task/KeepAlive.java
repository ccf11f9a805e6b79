package dev.heddle.futures.task;

import dev.heddle.futures.core.IgnoredErrors;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the program running while schedulers have unfinished tasks, although virtual threads do not: a platform thread that
 * is not a daemon checks them at intervals and ends when none is left. Thread-safe; no method blocks.
 */
final class KeepAlive {
  private static final KeepAlive SHARED = new KeepAlive();
  private static final long SHORTEST = Duration.ofMillis(10).toNanos();
  private static final long LONGEST = Duration.ofMillis(50).toNanos();

  private final Set<TaskScheduler> busy = new HashSet<>();
  private boolean running;
  private volatile @Nullable Thread watcher;
  private long interval = SHORTEST;

  private KeepAlive() {}

  /** Keeps the program running until {@link TaskScheduler#isIdle} is true. */
  static void whileBusy(TaskScheduler scheduler) {
    SHARED.add(scheduler);
  }

  /** Checks at once, instead of at the next interval: tasks have ended. */
  static void look() {
    LockSupport.unpark(SHARED.watcher);
  }

  private synchronized void add(TaskScheduler scheduler) {
    busy.add(scheduler);
    interval = SHORTEST;
    if (!running) {
      running = true;
      try {
        watcher = Thread.ofPlatform()
            .name("heddle-keep-alive")
            .daemon(false)
            .inheritInheritableThreadLocals(false)
            .start(this::watch);
      } catch (Throwable e) { // out of threads or memory: the task itself may still run
        running = false;
        IgnoredErrors.log("the thread that keeps the program running", e);
      }
    }
  }

  private void watch() {
    long pause = SHORTEST;
    while (pause > 0) {
      LockSupport.parkNanos(pause);
      try {
        pause = nextPause();
      } catch (Throwable e) { // out of memory: look again later
        pause = LONGEST;
      }
    }
  }

  private synchronized long nextPause() {
    busy.removeIf(TaskScheduler::isIdle);
    if (busy.isEmpty()) {
      running = false;
      return 0;
    }
    interval = Math.min(LONGEST, interval * 2);
    return interval;
  }
}
