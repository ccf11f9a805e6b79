package dev.heddle.asyncio;

/** Something that happens at a moment: a node of {@link TimerHeap}. */
abstract class Timer {
  /** The moment, on the loop's clock. */
  long deadline;

  /** Which of two with the same deadline comes first. */
  long sequence;

  /** Where in the heap; -1 if it is not in one. */
  int index = -1;

  /** The moment has come; it is in the heap no more. */
  abstract void fire();
}
