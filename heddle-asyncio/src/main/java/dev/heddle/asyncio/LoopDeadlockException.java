package dev.heddle.asyncio;

/** Thrown by a run in virtual time all of whose tasks wait and cannot be woken; it shows the task tree. */
public final class LoopDeadlockException extends AsyncioException {
  private static final long serialVersionUID = 1;

  private final String tasks;

  /** An exception that shows the task tree. */
  public LoopDeadlockException(String tasks) {
    super(
        "deadlock: every task waits, no timer is set, and no work is under way outside the loop; let one of these wait with"
            + " Asyncio.timeout, or wake it:\n" + tasks,
        null);
    this.tasks = tasks;
  }

  /** Returns what each task was doing, as {@link EventLoop#dumpTasks()} shows it. */
  public String tasks() {
    return tasks;
  }
}
