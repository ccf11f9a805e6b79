package dev.heddle.futures.task;

import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.TaskOptions;
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

  MeasuredTask(
      TaskScheduler scheduler,
      TaskOptions options,
      long number,
      Callable<? extends T> body,
      ContextCarrier.@Nullable Context context) {
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
    super.ended(outcome);
  }

  private @Nullable Long now() {
    try {
      return scheduler.time().nanoTime();
    } catch (Throwable e) { // from the user's time source; a task must not fail because of its measurement
      return null;
    }
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
