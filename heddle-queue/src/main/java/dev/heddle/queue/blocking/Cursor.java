package dev.heddle.queue.blocking;

/** Receives the number of the item that was taken from a queue, counted from 0; for one taker. */
public final class Cursor {
  private long number;

  /** Returns the number of the last item taken. */
  public long number() {
    return number;
  }

  void number(long taken) {
    number = taken;
  }
}
