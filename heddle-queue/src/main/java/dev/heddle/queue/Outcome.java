package dev.heddle.queue;

/** What has become of an item in a stage. */
sealed interface Outcome {

  /** It is handed on as this. */
  record One(Object value) implements Outcome {}

  /** The elements are handed on, one after the other. */
  record Many(Object item, Iterable<?> values) implements Outcome {}

  /** Nothing is handed on: it was filtered out, or the stage is a sink, or it failed and that was borne. */
  enum Nothing implements Outcome {
    NOTHING
  }

  /** Nothing is handed on, and no more items are wanted. */
  enum Enough implements Outcome {
    ENOUGH
  }

  /** The stage was stopped while it worked on it. */
  record Stopped(Object item) implements Outcome {}

  /** It failed, and that was one failure too many. */
  record Fatal(FailedItem failure) implements Outcome {}
}
