package dev.heddle.futures.task;

import dev.heddle.base.Check;
import dev.heddle.futures.TimeSource;
import dev.heddle.futures.core.IgnoredErrors;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The system's clock, with daemon threads that run scheduled actions. Thread-safe.
 *
 * <p>Actions may run callbacks, listeners and limits of users, which may block. As long as fewer than {@value #MOST} of them
 * do, there is a thread that waits for the next action: one more is added whenever all are busy.
 */
public final class SystemTime implements TimeSource {
  /** The only instance. */
  public static final SystemTime INSTANCE = new SystemTime();

  private static final int LEAST = 2; // one waits for the next action while the other runs one
  private static final int MOST = 256;

  private final ScheduledThreadPoolExecutor timer;
  private int busy; // guarded by this object

  private SystemTime() {
    timer = new ScheduledThreadPoolExecutor(
        LEAST, Thread.ofPlatform().name("heddle-timer-", 1).daemon(true).inheritInheritableThreadLocals(false).factory());
    timer.setRemoveOnCancelPolicy(true); // a task that ends in time must not leave its time-out in the queue
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Scheduled schedule(Duration delay, Runnable action) {
    var scheduled = timer.schedule(() -> run(action), Check.nanos(delay), TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  private void run(Runnable action) {
    change(1);
    try {
      action.run();
    } finally {
      change(-1);
    }
  }

  private synchronized void change(int by) {
    busy += by;
    int threads = Math.clamp(busy + 1L, LEAST, MOST);
    if (threads > timer.getCorePoolSize() || (busy == 0 && threads < timer.getCorePoolSize())) {
      try {
        timer.setCorePoolSize(threads);
      } catch (Throwable e) { // out of threads or memory: the action itself may still run
        IgnoredErrors.log("another thread for timers", e);
      }
    }
  }
}
