package dev.heddle.asyncio.loop;

/** An event at a point in time: a node of {@link TimerHeap}. */
public abstract class Timer {
  /** The time at which it is due, on the loop's clock. */
  long deadline;

  /** Orders timers with the same deadline. */
  long sequence;

  /** Its index in the heap; -1 if it is in none. */
  int index = -1;

  /** A timer that is not set. */
  protected Timer() {}

  /** Whether it is set and not due yet. */
  public final boolean isSet() {
    return index >= 0;
  }

  /** Called on the loop's thread when it is due and has been taken out of the heap. */
  protected abstract void fire();
}
