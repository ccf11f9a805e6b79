package dev.heddle.queue.run;

import dev.heddle.queue.FailedItem;
import java.util.Collection;

/** The outcome of an item in a stage. */
sealed interface ItemOutcome {

  /** The value is handed on. */
  record One(Object value) implements ItemOutcome {}

  /**
   * The elements of {@code values} are handed on.
   *
   * @param number the item's, in the order of the stage
   * @param nanos how long the function took for the item
   */
  record Many(long number, Object item, Iterable<?> values, long nanos) implements ItemOutcome {
    /** Whether the elements are made while they are handed on, so that the item's work is not done yet. */
    boolean isLazy() {
      return !(values instanceof Collection<?>);
    }

    Many after(long time) {
      return new Many(number, item, values, time);
    }
  }

  /** Nothing is handed on: the item was filtered out, or the stage is a sink, or the failure of the item is tolerated. */
  enum Nothing implements ItemOutcome {
    NOTHING
  }

  /** Nothing is handed on, and no more items are wanted. */
  enum Enough implements ItemOutcome {
    ENOUGH
  }

  /** The stage was stopped while it processed the item. */
  record Stopped(Object item) implements ItemOutcome {}

  /** The item failed, which exceeds the failure policy. */
  record Fatal(FailedItem failure) implements ItemOutcome {}
}
