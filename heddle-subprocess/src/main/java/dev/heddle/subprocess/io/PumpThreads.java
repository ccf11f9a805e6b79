package dev.heddle.subprocess.io;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of the pumps. They are platform threads, for they block in system calls, where a virtual thread would occupy
 * its carrier; they are daemons, and end after a second without work.
 */
public final class PumpThreads {
  private static final ExecutorService POOL = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS,
      new SynchronousQueue<>(), Thread.ofPlatform().daemon().name("heddle-subprocess-", 1).factory());

  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private PumpThreads() {}

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
        Thread.ofPlatform().daemon().name("heddle-subprocess-timer").factory());
    timer.setKeepAliveTime(1, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  /** Runs a task that may block. */
  public static void execute(Runnable task) {
    POOL.execute(task);
  }

  /** Runs a task after a delay, on a thread shared by all delayed tasks; the task must not block. */
  public static void after(long millis, Runnable task) {
    TIMER.schedule(task, millis, TimeUnit.MILLISECONDS);
  }
}
