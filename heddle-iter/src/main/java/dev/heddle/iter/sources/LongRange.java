package dev.heddle.iter.sources;

import dev.heddle.iter.LongIter;
import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import org.jspecify.annotations.Nullable;

/** The longs from start up to, but not including, stop, as Python's {@code range}. */
public final class LongRange extends Pull<Long> implements LongIter {
  private final long step;
  private long next;

  /** How many are left, as an unsigned number: there may be more than a long counts. */
  private long left;

  public LongRange(long start, long stop, long step) {
    this.next = start;
    this.step = step;
    this.left = length(start, stop, step);
  }

  /** How many elements such a range has: the distance fits an unsigned long. */
  private static long length(long start, long stop, long step) {
    if (step == 0) {
      throw new IllegalArgumentException("step must not be 0; use repeat(start) for the same number over and over");
    }
    if (step > 0 ? start >= stop : start <= stop) {
      return 0;
    }
    long distance = step > 0 ? stop - start : start - stop;
    return Long.divideUnsigned(distance - 1, step > 0 ? step : -step) + 1;
  }

  @Override
  public boolean hasNext() {
    if (left != 0) {
      return true;
    }
    if (cut) {
      throw closedEarly();
    }
    return false;
  }

  @Override
  public long nextLong() {
    if (left == 0) {
      throw exhausted();
    }
    return take();
  }

  @Override
  public Long next() {
    return nextLong();
  }

  @Override
  public @Nullable Object advance(int budget) {
    if (left != 0) {
      return take();
    }
    if (cut) {
      throw closedEarly();
    }
    return END;
  }

  @Override
  public long count() {
    long count = left;
    takeAll();
    if (count < 0) {
      throw new ArithmeticException("this range has " + Long.toUnsignedString(count) + " elements, which no long can count");
    }
    return count;
  }

  @Override
  public long sum() {
    long sum = 0;
    long value = next; // in locals the loop becomes one over vectors
    for (long k = left; k != 0; k--) {
      sum += value;
      value += step;
    }
    takeAll();
    return sum;
  }

  private void takeAll() {
    left = 0;
    if (cut) {
      throw closedEarly();
    }
  }

  private long take() {
    long value = next;
    next += step; // wraps around after the last one only
    left--;
    return value;
  }

  @Override
  protected boolean hasEnded() {
    return left == 0;
  }

  @Override
  protected void release(Closing closing) {
    left = 0;
  }

  @Override
  public boolean spent() {
    return true;
  }
}
