package dev.heddle.queue;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Starts threads of tests and waits for conditions without events. */
enum Threads {
  VIRTUAL, PLATFORM;

  private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long PAUSE_NANOS = 100_000;

  /** A thread whose result or failure a test gets. */
  static final class Started<T> {
    private final FutureTask<T> task;
    final Thread thread;

    Started(FutureTask<T> task, Thread thread) {
      this.task = task;
      this.thread = thread;
    }

    T result() throws Exception {
      return task.get(20, TimeUnit.SECONDS);
    }

    boolean isDone() {
      return task.isDone();
    }

    /** Waits until the thread waits. */
    Started<T> untilItWaits() {
      eventually("the thread waits", () -> isWaiting(thread));
      return this;
    }
  }

  <T> Started<T> start(Callable<T> body) {
    FutureTask<T> task = new FutureTask<>(body);
    Thread thread = (this == VIRTUAL ? Thread.ofVirtual() : Thread.ofPlatform()).name("test").start(task);
    return new Started<>(task, thread);
  }

  /** Starts a body without a result. */
  Started<Boolean> run(Body body) {
    return start(
        () -> {
          body.run();
          return true;
        });
  }

  interface Body {
    void run() throws Exception;
  }

  static boolean isWaiting(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING -> true;
      default -> false;
    };
  }

  static void eventually(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > BOUND_NANOS) {
        throw new AssertionError("within 20 s it did not come true that " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
