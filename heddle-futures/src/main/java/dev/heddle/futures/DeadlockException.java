package dev.heddle.futures;

import java.util.List;

/**
 * Thrown by a wait that could never end: by every wait in a cycle of tasks that wait for each other, and by a wait that
 * would occupy the last worker of an executor with queued tasks.
 *
 * <p>Only waits without a time-out, made by tasks of Heddle executors for Heddle futures, are checked. Locks, latches and
 * copies made by {@link Future#toCompletableFuture} are not.
 */
public final class DeadlockException extends FuturesException {
  private final List<String> cycle;

  /**
   * A deadlock of tasks; for executors.
   *
   * @param message which tasks wait for what, and the remedy
   * @param cycle the names of the tasks: {@code cycle.get(i)} waits for {@code cycle.get(i + 1)}, the last for the first
   */
  public DeadlockException(String message, List<String> cycle) {
    super(message, null);
    this.cycle = List.copyOf(cycle);
  }

  /** The names of the tasks that wait for each other, each for the next and the last for the first. */
  public List<String> cycle() {
    return cycle;
  }
}
