package dev.heddle.base;

import java.util.BitSet;

/** The numbers from 1 on, of which the smallest free one is taken: the lanes of what runs at once. Thread-safe; does not block. */
public final class FreeNumbers {
  private final BitSet taken = new BitSet(); // guarded by itself

  /** Takes the smallest number that is free. */
  public int take() {
    synchronized (taken) {
      int number = taken.nextClearBit(1);
      taken.set(number);
      return number;
    }
  }

  /** Gives a number back. */
  public void release(int number) {
    synchronized (taken) {
      taken.clear(number);
    }
  }
}
