package dev.heddle.futures.task;

import dev.heddle.base.Check;
import dev.heddle.futures.TimeSource;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The system's clock, with one daemon thread that runs scheduled actions. Thread-safe. */
public final class SystemTime implements TimeSource {
  /** The only instance. */
  public static final SystemTime INSTANCE = new SystemTime();

  private final ScheduledThreadPoolExecutor timer;

  private SystemTime() {
    timer = new ScheduledThreadPoolExecutor(
        1, Thread.ofPlatform().name("heddle-timer").daemon(true).inheritInheritableThreadLocals(false).factory());
    timer.setRemoveOnCancelPolicy(true); // a task that ends in time must not leave its time-out in the queue
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Scheduled schedule(Duration delay, Runnable action) {
    var scheduled = timer.schedule(action, Check.nanos(delay), TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }
}
