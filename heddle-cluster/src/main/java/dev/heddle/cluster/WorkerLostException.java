package dev.heddle.cluster;

/**
 * The failure of a task whose member was lost while it had the task: it ended, hung, or could not be reached any more. The task
 * may have run, in part or to its end.
 *
 * <p>With {@code Retry} the task is tried again on another member; do that only with tasks that may run twice.
 */
public final class WorkerLostException extends ClusterException {
  private final String member;
  private final String task;
  private final int attempt;

  /**
   * An error that says which task was lost with which member.
   *
   * @param member as {@link #member}
   * @param task as {@link #task}
   * @param attempt as {@link #attempt}
   * @param reason how the loss was noticed
   */
  public WorkerLostException(String member, String task, int attempt, String reason) {
    super(
        "member " + member + " was lost while it had task '" + task + "' (attempt " + attempt + "): " + reason
            + "; the task may have run: retry it if it may run twice, by TaskOptions.withRetry",
        null);
    this.member = member;
    this.task = task;
    this.attempt = attempt;
  }

  /** The address of the member, such as {@code 10.0.0.7:5701}. */
  public String member() {
    return member;
  }

  /** The name of the task. */
  public String task() {
    return task;
  }

  /** The number of the attempt that was lost; 1 for the first. */
  public int attempt() {
    return attempt;
  }
}
