package dev.heddle.futures.task;

import dev.heddle.base.Check;
import dev.heddle.futures.Executor;
import dev.heddle.futures.PeriodicTask;
import dev.heddle.futures.Schedule;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskRunnable;
import dev.heddle.futures.TimeSource;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.IgnoredErrors;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The runs of a periodic task: a timer submits one, and its end sets the next timer. Thread-safe. */
public final class PeriodicRuns implements PeriodicTask {
  private final Executor executor;
  private final Schedule schedule;
  private final TaskOptions options;
  private final TaskRunnable task;
  private final long first; // the time of the first run
  private TimeSource.@Nullable Scheduled timer;
  private volatile boolean closed;
  private volatile long runs; // written by the end of a run, of which there is one at a time
  private volatile long failures;
  private volatile @Nullable Throwable lastFailure;

  private PeriodicRuns(Executor executor, Schedule schedule, TaskOptions options, TaskRunnable task) {
    this.executor = executor;
    this.schedule = schedule;
    this.options = options;
    this.task = task;
    this.first = schedule.time().nanoTime() + Check.nanos(schedule.initialDelay());
  }

  /** Starts a periodic task. */
  public static PeriodicRuns start(Executor executor, Schedule schedule, TaskOptions options, TaskRunnable task) {
    PeriodicRuns runs = new PeriodicRuns(
        Check.notNull(executor, "executor"), Check.notNull(schedule, "schedule"), Check.notNull(options, "options"),
        Check.notNull(task, "task"));
    if (schedule.initialDelay().isZero()) {
      runs.submit(); // here, so that the caller learns of a closed executor or of wrong options
    } else {
      runs.next(schedule.initialDelay());
    }
    return runs;
  }

  private void submit() {
    CoreFuture<?> run = (CoreFuture<?>) executor.submit(options, task);
    if (!run.observe(this::ended)) {
      ended(run);
    }
  }

  private void due() {
    try {
      if (!closed) {
        submit();
      }
    } catch (RejectedExecutionException e) {
      closed = true; // with its executor
    } catch (Throwable e) {
      closed = true;
      IgnoredErrors.log("a periodic task, which ends therefore", e);
    }
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // by one thread at a time
  private void ended(CoreFuture<?> run) {
    Throwable failure = run.failure();
    if (failure != null) {
      run.ignoreFailure();
      lastFailure = failure;
      failures++;
      IgnoredErrors.log("run " + (runs + 1) + " of periodic task '" + run.name() + "', which goes on,", failure);
    }
    runs++;
    next(schedule.fixedRate() ? untilNext() : schedule.period());
  }

  /** Returns the time until the next multiple of the period. */
  private Duration untilNext() {
    long period = Check.nanos(schedule.period());
    long since = Math.max(0, schedule.time().nanoTime() - first);
    return Duration.ofNanos(period - since % period);
  }

  private synchronized void next(Duration delay) {
    if (!closed) {
      timer = schedule.time().schedule(delay, this::due);
    }
  }

  @Override
  public long runs() {
    return runs;
  }

  @Override
  public long failures() {
    return failures;
  }

  @Override
  public @Nullable Throwable lastFailure() {
    return lastFailure;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
  }
}
