package dev.heddle.cluster.pool;

import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.WorkerLostException;
import dev.heddle.dispatch.WorkerEnd;

/**
 * The end of a seat.
 *
 * @param member the address of its member
 * @param reason why it ended
 * @param isFailedStart whether the member is there, but cannot be prepared
 */
record LostEnd(String member, String reason, boolean isFailedStart) implements WorkerEnd {

  @Override
  public Throwable failureOf(String task) {
    return failureOf(task, 1);
  }

  @Override
  public Throwable failureOf(String task, int attempt) {
    return new WorkerLostException(member, task, attempt, reason);
  }

  @Override
  public Throwable failureBefore(String task) {
    return new WorkerLostException(member, task, 1, reason);
  }

  @Override
  public Throwable startFailure() {
    return new ClusterException("member " + member + " could not be prepared for tasks: " + reason, null);
  }

  @Override
  public String startRemedy() {
    return "see to that member";
  }

  @Override
  public String details() {
    return "";
  }
}
