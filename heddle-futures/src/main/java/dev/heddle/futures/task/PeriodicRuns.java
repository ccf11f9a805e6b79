package dev.heddle.futures.task;

import dev.heddle.base.Check;
import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.futures.Executor;
import dev.heddle.futures.PeriodicTask;
import dev.heddle.futures.Schedule;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskRunnable;
import dev.heddle.futures.TimeSource;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.IgnoredErrors;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runs of a periodic task: a timer submits one, and its end sets the next timer. Thread-safe. */
public final class PeriodicRuns implements PeriodicTask {
  private final Executor executor;
  private final Schedule schedule;
  private final TaskOptions options;
  private final TaskRunnable task;
  private final Resubmission caller;
  private final long first; // the time of the first run
  private TimeSource.@Nullable Scheduled timer;
  private volatile @Nullable CoreFuture<?> current; // the latest run
  private volatile boolean closed;
  private final AtomicLong runs = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile @Nullable Throwable lastFailure;

  private PeriodicRuns(Executor executor, Schedule schedule, TaskOptions options, TaskRunnable task) {
    this.executor = executor;
    this.schedule = schedule;
    this.options = options;
    this.task = task;
    this.caller = Resubmission.to(executor);
    this.first = schedule.time().nanoTime() + Check.nanos(schedule.initialDelay());
  }

  /** Starts a periodic task. */
  public static PeriodicRuns start(Executor executor, Schedule schedule, TaskOptions options, TaskRunnable task) {
    PeriodicRuns runs = new PeriodicRuns(
        Check.notNull(executor, "executor"), Check.notNull(schedule, "schedule"), Check.notNull(options, "options"),
        Check.notNull(task, "task"));
    if (schedule.untilNext() != null) {
      runs.next(runs.untilNext());
    } else if (schedule.initialDelay().isZero()) {
      runs.submit(); // here, so that the caller learns of a closed executor or of wrong options
    } else {
      runs.next(schedule.initialDelay());
    }
    return runs;
  }

  private @Nullable Void submit() {
    PeriodicRun call = new PeriodicRun(task, this::isClosed);
    CoreFuture<?> run = (CoreFuture<?>) executor.submit(options, call);
    current = run;
    if (closed) { // meanwhile
      run.cancel(false);
    }
    if (!run.observe(_ -> call.ended(() -> ended(run)))) {
      call.ended(() -> ended(run));
    }
    return null;
  }

  private void due() {
    try {
      if (!closed) {
        caller.<@Nullable Void>submit(this::submit);
      }
    } catch (RejectedExecutionException e) {
      closed = true; // with its executor
      if (e instanceof BrokenExecutorException) {
        IgnoredErrors.log("a periodic task, which ends therefore", e);
      }
    } catch (Throwable e) {
      closed = true;
      IgnoredErrors.log("a periodic task, which ends therefore", e);
    }
  }

  private void ended(CoreFuture<?> run) {
    current = null;
    Throwable failure = run.failure();
    if (closed && (run.isCancelled() || failure instanceof CancellationException)) {
      run.ignoreFailure(); // it had not begun when this was closed
      return;
    }
    if (failure != null) {
      run.ignoreFailure();
      lastFailure = failure;
      failures.incrementAndGet();
      IgnoredErrors.log("run " + (runs.get() + 1) + " of periodic task '" + run.name() + "', which goes on,", failure);
    }
    runs.incrementAndGet();
    next(untilNext());
  }

  /** Returns the time until the next run; null if there is none. */
  private @Nullable Duration untilNext() {
    Supplier<? extends @Nullable Duration> computed = schedule.untilNext();
    if (computed == null) {
      return schedule.fixedRate() ? untilMultiple() : schedule.period();
    }
    try {
      Duration until = computed.get();
      return until != null && until.isNegative() ? Duration.ZERO : until;
    } catch (Throwable e) { // from the user's function
      lastFailure = e;
      IgnoredErrors.log("the function that computes the times of a periodic task, which ends therefore,", e);
      return null;
    }
  }

  /** Returns the time until the next multiple of the period. */
  private Duration untilMultiple() {
    long period = Check.nanos(schedule.period());
    long since = Math.max(0, schedule.time().nanoTime() - first);
    return Duration.ofNanos(period - since % period);
  }

  private synchronized void next(@Nullable Duration delay) {
    if (delay == null) {
      closed = true;
    } else if (!closed) {
      timer = schedule.time().schedule(delay, this::due);
    }
  }

  @Override
  public long runs() {
    return runs.get();
  }

  @Override
  public long failures() {
    return failures.get();
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
  public void close() {
    synchronized (this) {
      closed = true;
      if (timer != null) {
        timer.cancel();
      }
    }
    CoreFuture<?> run = current;
    if (run != null) {
      run.cancel(false);
    }
  }
}
