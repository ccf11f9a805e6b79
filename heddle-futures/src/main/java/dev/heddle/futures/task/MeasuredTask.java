package dev.heddle.futures.task;

import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TimeSource;
import dev.heddle.futures.core.FutureState.Done;
import dev.heddle.futures.core.Measured;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A task whose time is measured, from the beginning of its first attempt to its end. */
public final class MeasuredTask<T extends @Nullable Object> extends TaskFuture<T> implements Measured {
  private final TaskScheduler scheduler;
  private volatile @Nullable Long begun; // by the scheduler's clock
  private volatile @Nullable Long ended;
  private volatile @Nullable Throwable failed; // of the last attempt
  private volatile TimeSource.@Nullable Scheduled deadline; // of the retries, once an attempt has failed

  MeasuredTask(
      TaskScheduler scheduler,
      TaskOptions options,
      long number,
      Callable<? extends T> body,
      ContextCarrier.@Nullable Captured context) {
    super(scheduler, options, number, body, context);
    this.scheduler = scheduler;
  }

  @Override
  public @Nullable TaskAttempt<T> begin() {
    if (begun == null) {
      begun = now();
    }
    return super.begin();
  }

  @Override
  protected void ended(Done outcome) {
    ended = now();
    TaskAttempt.forget(deadline);
    super.ended(outcome);
  }

  private @Nullable Long now() {
    try {
      return scheduler.time().nanoTime();
    } catch (Throwable e) { // from the user's time source; a task must not fail because of its measurement
      return null;
    }
  }

  /** Sets the timer of the deadline, which ends this task while it pauses, or waits for a permit or a worker. */
  @Override
  void attemptFailed(Throwable cause) {
    failed = cause;
    Duration left = options().retry().deadline();
    if (left != null && deadline == null) {
      left = left.minus(elapsed());
      deadline = scheduler.time().schedule(left.isNegative() ? Duration.ZERO : left, this::deadlinePassed);
    }
    if (isDone()) { // cancelled meanwhile
      TaskAttempt.forget(deadline);
    }
  }

  private void deadlinePassed() {
    Throwable cause = failed;
    if (cause != null && !isRunning() && withdraw()) { // an attempt that runs has a timer of its own
      abort(cause);
    }
  }

  @Override
  @Nullable
  Throwable failedBefore() {
    return failed;
  }

  @Override
  @Nullable
  Throwable tooLate() {
    Duration bound = options().retry().deadline();
    return bound != null && elapsed().compareTo(bound) >= 0 ? failed : null;
  }

  @Override
  Duration elapsed() {
    return time();
  }

  @Override
  public Duration time() {
    Long from = begun;
    Long until = ended;
    if (from == null || !hasBegun()) {
      return Duration.ZERO;
    }
    if (until == null) {
      until = now();
    }
    return until == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, until - from));
  }
}
