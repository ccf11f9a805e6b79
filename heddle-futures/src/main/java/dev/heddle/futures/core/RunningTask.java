package dev.heddle.futures.core;

import dev.heddle.futures.spi.Engine;
import org.jspecify.annotations.Nullable;

/**
 * A task that a thread is running, as far as waits and the {@link DeadlockDetector} need to know it: its name, its engine
 * and the wait it is in. Thread-safe.
 */
public abstract class RunningTask {
  private static final ThreadLocal<@Nullable RunningTask> CURRENT = new ThreadLocal<>();

  private volatile @Nullable FutureWait waitsFor;

  /** Returns the task that the calling thread runs, or null if it runs none. */
  public static @Nullable RunningTask current() {
    return CURRENT.get();
  }

  /** Returns whether the calling thread runs a task of the given engine. */
  public static boolean isOf(Engine engine) {
    RunningTask task = CURRENT.get();
    return task != null && task.engine() == engine;
  }

  /** Makes this the calling thread's task; returns the one it had before, for {@link #leave}. */
  protected final @Nullable RunningTask enter() {
    RunningTask outer = CURRENT.get();
    CURRENT.set(this);
    return outer;
  }

  /** Restores the calling thread's task. */
  protected static void leave(@Nullable RunningTask outer) {
    CURRENT.set(outer);
  }

  /** The task's name. */
  public abstract String name();

  /** The engine that runs it. */
  protected abstract Engine engine();

  /** Returns whether its thread was interrupted because the task was cancelled, has timed out, or its executor is shut down. */
  public boolean wasInterrupted() {
    return false;
  }

  /** The wait this task is in, if that wait has no time-out; otherwise null. */
  @Nullable
  FutureWait waitsFor() {
    return waitsFor;
  }

  void waitsFor(@Nullable FutureWait wait) {
    waitsFor = wait;
  }
}
