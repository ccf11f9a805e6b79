package dev.heddle.futures;

import dev.heddle.base.Check;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The system's clock, and one daemon thread that runs what is due. */
final class SystemTime implements TimeSource {
  static final SystemTime INSTANCE = new SystemTime();

  private final ScheduledThreadPoolExecutor timer;

  private SystemTime() {
    timer = new ScheduledThreadPoolExecutor(
        1, Thread.ofPlatform().name("heddle-timer").daemon(true).inheritInheritableThreadLocals(false).factory());
    timer.setRemoveOnCancelPolicy(true); // a task that ends in time must not leave its time-out behind
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
