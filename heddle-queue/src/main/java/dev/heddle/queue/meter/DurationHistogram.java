package dev.heddle.queue.meter;

/**
 * A histogram of durations whose buckets grow with them: eight for each doubling, so that a percentile is off by at most
 * 1/16.
 *
 * <p>Written by one thread; read by others only after that one has ended.
 */
public final class DurationHistogram {
  private static final int SUB = 8;
  private static final int SUB_BITS = 3;

  private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUB];
  private long total;

  /** Adds a duration in nanoseconds. */
  public void add(long value) {
    counts[bucket(Math.max(0, value))]++;
    total++;
  }

  /** Adds the durations of another histogram. */
  public void addAll(DurationHistogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
  }

  /** Returns the value below which a share of all values lies; 0 if there are none. */
  public long percentile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank && counts[i] > 0) {
        return middle(i);
      }
    }
    return 0;
  }

  private static int bucket(long value) {
    if (value < SUB) {
      return (int) value;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    int sub = (int) (value >>> (exponent - SUB_BITS)) & (SUB - 1);
    return (exponent - SUB_BITS + 1) * SUB + sub;
  }

  private static long middle(int bucket) {
    if (bucket < SUB) {
      return bucket;
    }
    int shift = bucket / SUB - 1;
    long low = (long) (SUB + bucket % SUB) << shift;
    return low + (1L << shift) / 2;
  }
}
