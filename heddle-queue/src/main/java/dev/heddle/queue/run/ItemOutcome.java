package dev.heddle.queue.run;

import dev.heddle.queue.FailedItem;

/** The outcome of an item in a stage. */
sealed interface ItemOutcome {

  /** The value is handed on. */
  record One(Object value) implements ItemOutcome {}

  /** The elements of {@code values} are handed on. */
  record Many(Object item, Iterable<?> values) implements ItemOutcome {}

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
