package dev.heddle.asyncio;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The alarm of debug mode: a thread that looks whether the loop's thread is still at the same step, and if so for too long,
 * reports it with its stack.
 */
final class Watchdog {
  private final EventLoop loop;
  private final long limit;
  private final Thread thread;
  private volatile @Nullable Object step;
  private volatile long begun;
  private volatile boolean closed;
  private @Nullable Object reported;

  Watchdog(EventLoop loop) {
    this.loop = loop;
    this.limit = loop.options.slowCallback().toNanos();
    this.thread = Thread.ofPlatform().name("heddle-loop-watchdog").daemon(true).inheritInheritableThreadLocals(false)
        .start(this::watch);
  }

  void begin(Object what) {
    begun = System.nanoTime();
    step = what;
  }

  void end() {
    step = null;
  }

  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void watch() {
    while (!closed) {
      LockSupport.parkNanos(this, Math.max(1_000, limit / 4));
      Object what = step;
      long since = begun;
      if (what != null && what != reported && System.nanoTime() - since >= limit && step == what && begun == since) {
        reported = what;
        report(what);
      } else if (what == null) {
        reported = null;
      }
    }
  }

  private void report(Object what) {
    Throwable where = new Throwable("where the thread of the event loop was");
    where.setStackTrace(loop.thread().getStackTrace());
    String who = what instanceof Task<?> task ? "task '" + task.name() + "'" : "a callback";
    loop.report(
        LoopProblem.Kind.SLOW_CALLBACK,
        who + " has kept the event loop busy for more than " + Duration.ofNanos(limit)
            + "; other tasks wait meanwhile. Hand work that computes or blocks to Asyncio.toThread or runInExecutor",
        where);
  }
}
