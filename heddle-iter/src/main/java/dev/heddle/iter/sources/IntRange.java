package dev.heddle.iter.sources;

import dev.heddle.iter.IntIter;
import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import org.jspecify.annotations.Nullable;

/**
 * The ints from start up to, but not including, stop, as Python's {@code range}.
 *
 * <p>Its methods are written by hand for the case {@code accumulateAsInt} of {@code ./heddle bench itertools}.
 */
public final class IntRange extends Pull<Integer> implements IntIter {
  private final int step;
  private int next;
  private long left;

  public IntRange(int start, int stop, int step) {
    this.next = start;
    this.step = step;
    this.left = length(start, stop, step);
  }

  /** How many elements such a range of ints has. */
  private static long length(long start, long stop, long step) {
    if (step == 0) {
      throw new IllegalArgumentException("step must not be 0; use repeat(start) for the same number over and over");
    }
    return step > 0 ? Math.max(0, Math.ceilDiv(stop - start, step)) : Math.max(0, Math.ceilDiv(start - stop, -step));
  }

  @Override
  public boolean hasNext() {
    if (left > 0) {
      return true;
    }
    if (cut) {
      throw closedEarly();
    }
    return false;
  }

  @Override
  public int nextInt() {
    if (left <= 0) {
      throw exhausted();
    }
    return take();
  }

  @Override
  public Integer next() {
    return nextInt();
  }

  @Override
  public @Nullable Object advance(int budget) {
    if (left > 0) {
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
    return count;
  }

  @Override
  public long sum() {
    long sum = 0;
    int value = next; // in locals the loop becomes one over vectors
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

  private int take() {
    int value = next;
    next += step; // wraps around after the last one only
    left--;
    return value;
  }

  @Override
  protected boolean hasEnded() {
    return left <= 0;
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
