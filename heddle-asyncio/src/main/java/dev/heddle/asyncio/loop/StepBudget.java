package dev.heddle.asyncio.loop;

/**
 * Limits how long one step may go on with operations that complete at once, such as reads from a peer that sends faster than
 * the task consumes: after {@value #MAX_OPERATIONS} of them, or about a millisecond, the step gives way to the rest of the
 * loop.
 *
 * <p>So a task that never has to wait cannot keep timers, I/O, cancellation and other tasks from being served. Confined to
 * the loop's thread.
 */
public final class StepBudget {
  private static final int MAX_OPERATIONS = 128;
  private static final long MAX_NANOS = 1_000_000;

  /** The clock is read once in so many operations; a power of two. */
  private static final int OPERATIONS_PER_CHECK = 4;

  /**
   * The operation at which a step's time begins to count: tasks that hand things to each other wait after one or two, and
   * reading the clock takes as long as such an operation.
   */
  private static final int FIRST_TIMED = OPERATIONS_PER_CHECK - 1;

  private final boolean timed;
  private int spent;
  private long begun;

  /** A budget by number and, if timed, by real time; a loop in virtual time must not depend on the real one. */
  StepBudget(boolean timed) {
    this.timed = timed;
  }

  /** Starts a new step. */
  void reset() {
    spent = 0;
  }

  /** Counts an operation that has completed at once; returns whether the step has to give way now. */
  public boolean spend() {
    int count = ++spent;
    if (count >= MAX_OPERATIONS) {
      return true;
    }
    if (!timed) {
      return false;
    }
    if (count < FIRST_TIMED) {
      return false;
    }
    if (count == FIRST_TIMED) {
      begun = System.nanoTime();
      return false;
    }
    return count % OPERATIONS_PER_CHECK == 0 && System.nanoTime() - begun >= MAX_NANOS;
  }
}
