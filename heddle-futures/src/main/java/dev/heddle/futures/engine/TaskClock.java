package dev.heddle.futures.engine;

/**
 * Since when a worker runs its task, for the view from outside. A clock read takes as long as the rest of a short task, so of
 * short tasks only every sixteenth is timed: the time told may then be that of a task a few short ones before.
 *
 * <p>Written by the worker's thread. Others read {@link #begun} after they have read, in a volatile field that the worker writes
 * after {@link #begins}, that it runs a task.
 */
final class TaskClock {
  private static final int MOST_UNTIMED = 16;
  private static final long SHORT_NANOS = 20_000;

  private long begun;
  private int untimed; // tasks that may still begin before the clock is read
  private int counted;

  /** A task begins. */
  void begins() {
    if (--untimed < 0) {
      long now = System.nanoTime();
      boolean isShort = counted > 0 && now - begun < counted * SHORT_NANOS;
      counted = isShort ? Math.min(2 * counted, MOST_UNTIMED) : 1;
      untimed = counted - 1;
      begun = now;
    }
  }

  /** No task runs; the next one is timed. */
  void pauses() {
    untimed = 0;
    counted = 0;
  }

  /** When the task began, by {@link System#nanoTime}. */
  long begun() {
    return begun;
  }
}
