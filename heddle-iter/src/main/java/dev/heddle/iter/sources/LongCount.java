package dev.heddle.iter.sources;

import dev.heddle.iter.LongIter;
import dev.heddle.iter.pull.Pull;
import org.jspecify.annotations.Nullable;

/** The longs from start in steps, without an end; the step out of the long range is an error. */
public final class LongCount extends Pull<Long> implements LongIter {
  private final long step;
  private long next;
  private boolean beyond;

  public LongCount(long start, long step) {
    this.next = start;
    this.step = step;
  }

  @Override
  public boolean hasNext() {
    if (isClosed()) {
      throw closedEarly();
    }
    return true;
  }

  @Override
  public long nextLong() {
    if (isClosed()) {
      throw exhausted();
    }
    long value = next;
    if (beyond) {
      throw new ArithmeticException(
          "count() in steps of " + step + " has gone beyond the longs; map a count to BigInteger if more are needed");
    }
    next = value + step;
    beyond = ((value ^ next) & (step ^ next)) < 0; // the sign of the sum differs from that of both parts
    return value;
  }

  @Override
  public Long next() {
    return nextLong();
  }

  @Override
  public @Nullable Object advance(int budget) {
    return nextLong();
  }

  @Override
  protected boolean hasEnded() {
    return false;
  }

  @Override
  public boolean spent() {
    return true;
  }
}
