package dev.heddle.futures.group;

import dev.heddle.base.Check;
import dev.heddle.futures.Future;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.futures.core.CoreFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** {@code invokeAll} and {@code invokeAny}: when they return or throw, none of their tasks is left uncancelled. */
public final class BulkInvocation {
  private BulkInvocation() {}

  /** The way in which the tasks are submitted. */
  public interface Submitter {
    /** Submits a task. */
    <T extends @Nullable Object> Future<T> submit(Callable<T> task);
  }

  /** Runs all tasks; cancels those that have not ended in time. */
  public static <T extends @Nullable Object> List<java.util.concurrent.Future<T>> all(
      Submitter executor, Collection<? extends Callable<T>> tasks, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    List<Future<T>> futures = new ArrayList<>(Check.notNull(tasks, "tasks").size());
    boolean returned = false;
    try {
      submitAll(executor, tasks, futures);
      for (Future<T> future : futures) {
        awaitEnd(future, nanos == Long.MAX_VALUE ? nanos : deadline - System.nanoTime());
      }
      returned = true;
      return new ArrayList<>(futures);
    } finally {
      cancelAll(futures, !returned);
    }
  }

  private static <T extends @Nullable Object> void awaitEnd(Future<T> future, long nanos) throws InterruptedException {
    try {
      future.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CancellationException | TimeoutException e) {
      // the caller sees it in the future; one that is late is cancelled
    }
  }

  /** Runs tasks until one succeeds; cancels the others. */
  public static <T extends @Nullable Object> T any(
      Submitter executor, Collection<? extends Callable<T>> tasks, @Nullable Duration timeout)
      throws InterruptedException, ExecutionException {
    if (Check.notNull(tasks, "tasks").isEmpty()) {
      throw new IllegalArgumentException("tasks must not be empty; there is nothing that could succeed");
    }
    List<Future<T>> futures = new ArrayList<>(tasks.size());
    try {
      submitAll(executor, tasks, futures);
      CompletedIter<Future<T>> completed = new CompletedIter<>(futures, timeout);
      while (true) {
        Future<T> future = completed.take();
        try {
          return future.get();
        } catch (ExecutionException | CancellationException e) {
          if (!completed.hasNext()) {
            throw e;
          }
        }
      }
    } finally {
      cancelAll(futures, true);
    }
  }

  /** Runs tasks until one succeeds, within a time; cancels the others. */
  public static <T extends @Nullable Object> T anyInTime(
      Submitter executor, Collection<? extends Callable<T>> tasks, long nanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return any(executor, tasks, Duration.ofNanos(nanos));
    } catch (WaitTimeoutException e) {
      TimeoutException late = new TimeoutException("none of " + tasks.size() + " tasks succeeded in time");
      late.initCause(e);
      throw late;
    }
  }

  private static <T extends @Nullable Object> void submitAll(
      Submitter executor, Collection<? extends Callable<T>> tasks, List<Future<T>> futures) {
    for (Callable<T> task : tasks) {
      futures.add(executor.submit(task));
    }
  }

  private static void cancelAll(List<? extends Future<?>> futures, boolean withoutReader) {
    for (Future<?> future : futures) {
      future.cancel(true);
      if (withoutReader && future instanceof CoreFuture<?> own) {
        own.ignoreFailure(); // the caller has no future to read it from
      }
    }
  }
}
