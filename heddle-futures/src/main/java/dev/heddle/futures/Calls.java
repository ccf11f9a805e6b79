package dev.heddle.futures;

import dev.heddle.base.Check;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Turns one kind of task into another; what it makes can be sent to another process if what it is made of can. */
final class Calls {
  private Calls() {}

  static TaskCallable<@Nullable Void> of(@Nullable TaskRunnable task) {
    return of((Runnable) Check.notNull(task, "task"), null);
  }

  static <T extends @Nullable Object> TaskCallable<T> of(Runnable task, T result) {
    Check.notNull(task, "task");
    return () -> {
      task.run();
      return result;
    };
  }

  /** For {@code execute}, whose caller has no future to learn of a failure from. */
  static TaskCallable<@Nullable Void> uncaught(Runnable task) {
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

  static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> TaskFunction<PairIter.Pair<A, B>, R> paired(
      TaskBiFunction<? super A, ? super B, ? extends R> fn) {
    Check.notNull(fn, "fn");
    return pair -> fn.apply(pair.first(), pair.second());
  }

  /** For {@code shutdownNow}, which hands out the tasks that have not begun. */
  static Runnable asRunnable(Callable<?> body) {
    return () -> {
      try {
        body.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("a task taken from a closed executor failed: " + Text.of(e), e);
      }
    };
  }
}
