package dev.heddle.subprocess;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that pump. They are platform threads, for they block in the system, where a virtual thread would hold its
 * carrier; they are daemons, and end after a second without work.
 */
final class Workers {
  private static final ExecutorService POOL = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS,
      new SynchronousQueue<>(), Thread.ofPlatform().daemon().name("heddle-subprocess-", 1).factory());

  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private Workers() {}

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
        Thread.ofPlatform().daemon().name("heddle-subprocess-timer").factory());
    timer.setKeepAliveTime(1, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  static void execute(Runnable task) {
    POOL.execute(task);
  }

  /** Runs a task that does not block after a while, on a thread that others wait for too. */
  static void after(long millis, Runnable task) {
    TIMER.schedule(task, millis, TimeUnit.MILLISECONDS);
  }
}
