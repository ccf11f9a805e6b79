package dev.heddle.asyncio.diagnostics;

import dev.heddle.asyncio.LoopProblem;
import dev.heddle.base.Describe;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread of debug mode that reports a step which keeps the loop's thread for too long, with the stack of that thread. */
final class SlowCallbackWatchdog {
  private final Thread loopThread;
  private final long limit;
  private final ProblemReporter problems;
  private final Thread thread;
  private volatile @Nullable Object step;
  private volatile long begun;
  private volatile boolean closed;
  private @Nullable Object reported;

  SlowCallbackWatchdog(Thread loopThread, Duration limit, ProblemReporter problems) {
    this.loopThread = loopThread;
    this.limit = limit.toNanos();
    this.problems = problems;
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
    Throwable where = new Throwable("stack of the event loop's thread");
    where.setStackTrace(loopThread.getStackTrace());
    String who = what instanceof WaitNode task ? "task '" + task.name() + "'" : "a callback";
    problems.report(
        LoopProblem.Kind.SLOW_CALLBACK,
        who + " has kept the event loop busy for more than " + Describe.duration(Duration.ofNanos(limit))
            + "; other tasks wait meanwhile. Hand work that computes or blocks to Asyncio.toThread or runInExecutor",
        where);
  }
}
