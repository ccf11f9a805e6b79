package dev.heddle.futures.engine;

import dev.heddle.futures.core.IgnoredErrors;
import dev.heddle.futures.live.LiveRows;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Work;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The body of a thread of a {@link WorkerEngine}: takes work until it is no longer needed. */
final class PoolWorker implements Runnable {
  private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final VarHandle ATTEMPT;

  static {
    try {
      ATTEMPT = MethodHandles.lookup().findVarHandle(PoolWorker.class, "attempt", Attempt.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final WorkerEngine engine;
  private final WorkerSetup setup;
  private final TaskClock clock = new TaskClock();
  private volatile @Nullable Attempt attempt;
  private volatile @Nullable Thread thread;
  private volatile @Nullable Work first; // taken, but not begun until the thread is initialized
  private volatile boolean called; // out of idleness
  private long calledAt; // written before called, and read after it
  private boolean searches; // likewise, otherwise used by the worker alone
  private boolean prepared; // used by the worker alone

  PoolWorker(WorkerEngine engine, WorkerSetup setup) {
    this.engine = engine;
    this.setup = setup;
    this.prepared = setup == WorkerSetup.NONE;
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    try {
      while (survives()) {
        // until it is no longer needed
      }
    } finally {
      engine.ended(this);
    }
  }

  /** Runs the next work. Returns false if the worker is to end; true after an error, for queued work must not lose its worker. */
  private boolean survives() {
    try {
      return runNext();
    } catch (Throwable e) { // out of memory between two tasks
      IgnoredErrors.log("a worker between two tasks", e);
      LockSupport.parkNanos(RETRY_NANOS);
      return true;
    }
  }

  /** Runs the next work. Returns false if the worker is to end. In a frame of its own, which does not keep the last work alive. */
  private boolean runNext() {
    Work work = engine.next(this);
    if (work == null || !prepared(work)) {
      return false;
    }
    Attempt begun = work.begin();
    if (begun != null) {
      clock.begins();
      attempt = begun;
      try {
        begun.run();
      } finally {
        ATTEMPT.setRelease(this, null); // no fence: nothing depends on when others see it
      }
    }
    return true;
  }

  /**
   * Initializes the thread, unless that is done. Only when it has taken its first work: until then the engine may rely on it for other
   * work, too, and an initializer may take long, or wait for that of another worker. Returns false if it fails, as the work does then.
   */
  private boolean prepared(Work work) {
    if (!prepared) {
      first = work;
      Throwable broken;
      try {
        broken = setup.prepare();
      } catch (Throwable e) { // out of memory or stack on the way to the initializer
        broken = e;
      }
      first = null;
      if (broken != null) {
        work.abort(broken);
        return false;
      }
      prepared = true;
    }
    return true;
  }

  /** Returns the work that it has taken and that has not begun, because the thread is being initialized; null if there is none. */
  @Nullable
  Work notBegun() {
    return first;
  }

  /** Returns the attempt it is running; null if there is none. */
  @Nullable
  Attempt attempt() {
    return attempt;
  }

  /** Adds the task it is running to the view from outside. */
  void describe(LiveRows rows, String executor) {
    Attempt running = attempt;
    Thread runner = thread;
    if (running != null && runner != null) {
      rows.add("task", executor + "/t" + runner.threadId(), executor, running.work().name())
          .state("running")
          .age(System.nanoTime() - clock.begun());
    }
  }

  /** Called under the engine's lock when the worker is about to idle. */
  void willIdle() {
    called = false;
  }

  /**
   * Ends the worker's idleness; {@link #unpark} follows. Called under the engine's lock: a later call could end a later
   * idleness, in which the worker still counts as idle.
   *
   * @param toSearch whether the engine's search was begun for it
   */
  void call(boolean toSearch) {
    calledAt = System.nanoTime();
    searches = toSearch;
    called = true;
  }

  /**
   * Unparks a called worker, if there is one; without the engine's lock, which others need, for it takes some microseconds. May
   * come late: then the worker's thread, wherever it has parked since, checks again.
   */
  static void unpark(@Nullable PoolWorker called) {
    if (called != null) {
      LockSupport.unpark(called.thread);
    }
  }

  /** Returns when the worker was called last, by {@link System#nanoTime}. */
  long calledAt() {
    return calledAt;
  }

  /** Returns whether the worker has begun the engine's search, or it was begun for it; for the worker alone. */
  boolean searches() {
    return searches;
  }

  /** Sets whether the worker has begun the search; for the worker alone. */
  void searches(boolean begun) {
    searches = begun;
  }

  /** Parks until the worker is called. Returns false if that has not happened within the keep-alive time. */
  boolean idleUntilCalled() {
    clock.pauses();
    long deadline = System.nanoTime() + KEEP_ALIVE_NANOS;
    while (!called) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      LockSupport.parkNanos(engine, left);
      Thread.interrupted(); // the worker runs no task, so the interrupt has no addressee; the status would keep it from parking
    }
    return true;
  }
}
