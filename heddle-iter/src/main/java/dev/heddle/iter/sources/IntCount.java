package dev.heddle.iter.sources;

import dev.heddle.iter.IntIter;
import dev.heddle.iter.pull.Pull;
import org.jspecify.annotations.Nullable;

/** The ints from start in steps, without an end; the step out of the int range is an error. */
public final class IntCount extends Pull<Integer> implements IntIter {
  private final long step;
  private long next;

  public IntCount(int start, int step) {
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
  public int nextInt() {
    if (isClosed()) {
      throw exhausted();
    }
    long value = next;
    if ((int) value != value) {
      throw new ArithmeticException(
          "count() in steps of " + step + " has reached " + value + ", which is no int; start with a long: count(0L, 1L)");
    }
    next = value + step;
    return (int) value;
  }

  @Override
  public Integer next() {
    return nextInt();
  }

  @Override
  public @Nullable Object advance(int budget) {
    return nextInt();
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
