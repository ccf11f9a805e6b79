package dev.heddle.iter.stages;

import dev.heddle.iter.TimeLimited;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The implementation of {@link TimeLimited}. */
public final class TimeLimitedStage<T extends @Nullable Object> extends Stage<T, T> implements TimeLimited<T> {
  private final long limitNanos;
  private final long start;
  private final LongSupplier nanoTime;
  private boolean timedOut;

  public TimeLimitedStage(Pull<? extends T> up, Duration limit, LongSupplier nanoTime) {
    super(up);
    this.limitNanos = nanos(limit);
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** The limit in nanoseconds; one that these do not count lies beyond the clock's end as well. */
  private static long nanos(Duration limit) {
    return limit.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? limit.toNanos() : Long.MAX_VALUE;
  }

  @Override
  public boolean timedOut() {
    return timedOut;
  }

  @Override
  protected @Nullable Object ready() {
    timedOut = limitNanos == 0;
    return timedOut ? END : NEED;
  }

  @Override
  protected @Nullable Object offer(T input) {
    timedOut = nanoTime.getAsLong() - start > limitNanos;
    return timedOut ? END : input;
  }
}
