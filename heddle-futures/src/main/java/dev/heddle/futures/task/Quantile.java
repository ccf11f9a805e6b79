package dev.heddle.futures.task;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A quantile of the last durations of a kind of call. Thread-safe. */
public final class Quantile {
  private static final int LAST = 256;
  private static final int FEWEST = 20;
  private static final int EVERY = 16; // durations the quantile is computed anew

  private final double share;
  private final long[] nanos = new long[LAST];
  private long count;
  private volatile @Nullable Duration value;

  /** A quantile of no durations. */
  public Quantile(double share) {
    this.share = share;
  }

  /** The share of the durations that are not longer. */
  public double share() {
    return share;
  }

  /** Returns the quantile; null if there are too few durations. */
  public @Nullable Duration value() {
    return value;
  }

  /** Adds a duration. */
  synchronized void add(long duration) {
    nanos[(int) (count % LAST)] = duration;
    count++;
    if (count >= FEWEST && (count - FEWEST) % EVERY == 0) {
      long[] sorted = Arrays.copyOf(nanos, (int) Math.min(count, LAST));
      Arrays.sort(sorted);
      value = Duration.ofNanos(Math.max(1, sorted[(int) (share * (sorted.length - 1))]));
    }
  }
}
