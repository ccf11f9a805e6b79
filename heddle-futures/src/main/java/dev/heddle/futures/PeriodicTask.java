package dev.heddle.futures;

import dev.heddle.futures.task.PeriodicRuns;
import org.jspecify.annotations.Nullable;

/**
 * A task that runs again and again on an executor, until it is closed.
 *
 * <pre>{@code
 * try (PeriodicTask refresh = PeriodicTask.start(pool, Schedule.every(Duration.ofSeconds(5)), () -> cache.refresh())) {
 *   serve();
 * }
 * }</pre>
 *
 * <p>Runs do not overlap, also if a body ignores the interrupt of its time-out: the next run follows its end. Each gets the
 * context of the thread that started the schedule. A run that fails is logged ({@code System.Logger} named {@code
 * dev.heddle.futures}) and counted, and the next one follows: a failure does not end the schedule in silence. Between two
 * runs it holds no worker and does not keep the program running. It ends when it is closed, or when its executor accepts no
 * more tasks, which it learns when the next run is due. <b>Thread-safe; no method blocks.</b>
 *
 * <p>Origin: {@code java.util.concurrent.ScheduledExecutorService}, whose tasks end at their first failure.
 */
public sealed interface PeriodicTask extends AutoCloseable permits PeriodicRuns {

  /** Starts a task on an executor, which it does not close. */
  static PeriodicTask start(Executor executor, Schedule schedule, TaskRunnable task) {
    return start(executor, schedule, TaskOptions.defaults(), task);
  }

  /** Starts a task whose runs have a name, a time-out, retries or a limit. */
  static PeriodicTask start(Executor executor, Schedule schedule, TaskOptions options, TaskRunnable task) {
    return PeriodicRuns.start(executor, schedule, options, task);
  }

  /** Returns how many runs have ended. */
  long runs();

  /** Returns how many of them have failed. */
  long failures();

  /** Returns the latest failure; null if no run has failed. */
  @Nullable
  Throwable lastFailure();

  /** Returns whether no further run follows. */
  boolean isClosed();

  /**
   * Ends the schedule; a body that is under way continues, without further attempts, and a run that has not begun is
   * cancelled.
   */
  @Override
  void close();
}
