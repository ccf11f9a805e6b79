package dev.heddle.asyncio;

/** Thrown by a run in virtual time all of whose tasks wait and cannot be woken; it shows the task tree. */
public final class LoopDeadlockException extends AsyncioException {
  private static final long serialVersionUID = 1;

  private final String tasks;

  /** An exception that shows the task tree. */
  public LoopDeadlockException(String tasks) {
    super(
        "deadlock: every task waits, no timer is set, and no work of the loop is under way on another thread; let one of these wait"
            + " with Asyncio.timeout, or wake it. A future that another thread completes must come from Asyncio.toThread or"
            + " runInExecutor, so that the loop knows of the work:\n" + tasks,
        null);
    this.tasks = tasks;
  }

  /** Returns what each task was doing, as {@link EventLoop#dumpTasks()} shows it. */
  public String tasks() {
    return tasks;
  }
}
