package dev.heddle.futures.task;

import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskRunnable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Converts one kind of task into another; the result can be sent to another process if the given task can. */
public final class TaskAdapters {
  private TaskAdapters() {}

  /** A task without a result as one that returns null. */
  public static TaskCallable<@Nullable Void> of(@Nullable TaskRunnable task) {
    TaskRunnable given = Check.notNull(task, "task");
    return () -> {
      given.runTask();
      return null;
    };
  }

  /** A task without a result as one that returns the given value. */
  public static <T extends @Nullable Object> TaskCallable<T> of(Runnable task, T result) {
    Check.notNull(task, "task");
    return () -> {
      task.run();
      return result;
    };
  }

  /**
   * For {@code execute}: passes failures to the thread's handler of uncaught exceptions, since the caller gets no future.
   */
  public static TaskCallable<@Nullable Void> uncaught(Runnable task) {
    Check.notNull(task, "command");
    return () -> {
      try {
        task.run();
        return null;
      } catch (Throwable e) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        throw e;
      }
    };
  }

  /** For {@code shutdownNow}, which returns the tasks that have not begun. */
  static Runnable asRunnable(Callable<?> body) {
    return () -> {
      try {
        body.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("a task taken from a closed executor failed: " + Describe.failure(e), e);
      }
    };
  }
}
