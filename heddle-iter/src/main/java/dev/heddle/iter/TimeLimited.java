package dev.heddle.iter;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Iter} that ends when a time is over.
 *
 * <p>The time is looked at when an element has come, so a source that blocks is not interrupted; an element that came too
 * late is lost. Not thread-safe. Origin: {@code more_itertools.time_limited}.
 */
public final class TimeLimited<T extends @Nullable Object> extends Stage<T, T> {
  private final long limitNanos;
  private final long start;
  private final LongSupplier nanoTime;
  private boolean timedOut;

  TimeLimited(Pull<? extends T> up, Duration limit, LongSupplier nanoTime) {
    super(up);
    this.limitNanos = nanos(limit);
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** The limit in nanoseconds; one that these do not count lies beyond the clock's end as well. */
  private static long nanos(Duration limit) {
    return limit.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? limit.toNanos() : Long.MAX_VALUE;
  }

  /** Whether it ended because the time was over, and not with its source. */
  public boolean timedOut() {
    return timedOut;
  }

  @Override
  @Nullable
  Object ready() {
    timedOut = limitNanos == 0;
    return timedOut ? END : NEED;
  }

  @Override
  @Nullable
  Object offer(T input) {
    timedOut = nanoTime.getAsLong() - start > limitNanos;
    return timedOut ? END : input;
  }
}
