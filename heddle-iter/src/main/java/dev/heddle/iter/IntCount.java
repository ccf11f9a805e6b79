package dev.heddle.iter;

import org.jspecify.annotations.Nullable;

/** The ints from start in steps, without an end; the step out of the int range is an error. */
final class IntCount extends Pull<Integer> implements IntIter {
  private final long step;
  private long next;

  IntCount(int start, int step) {
    this.next = start;
    this.step = step;
  }

  @Override
  public boolean hasNext() {
    return !isClosed();
  }

  @Override
  public int nextInt() {
    if (isClosed()) {
      throw exhausted(false);
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
  @Nullable
  Object advance(int budget) {
    return isClosed() ? END : (Object) nextInt();
  }

  @Override
  boolean spent() {
    return true;
  }
}
