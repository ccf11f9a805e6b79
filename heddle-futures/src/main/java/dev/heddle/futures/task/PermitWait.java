package dev.heddle.futures.task;

import dev.heddle.futures.Future;
import dev.heddle.futures.Permit;
import dev.heddle.futures.TimeSource;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.RunningTask;
import dev.heddle.futures.limit.PermitFuture;
import java.util.List;

/** A task's wait for the permit of its next attempt; it is cancelled as a pause is. */
record PermitWait(Future<Permit> permit) implements TimeSource.Scheduled {

  @Override
  public void cancel() {
    permit.cancel(true);
  }

  /** Returns whether only another thread, or time that stands still, can end it. */
  boolean isIdle() {
    return permit instanceof CoreFuture<Permit> own && own.isIdle();
  }

  /** Returns the tasks that hold all permits; empty if that is not known. */
  List<RunningTask> holders() {
    return permit instanceof PermitFuture own ? own.heldUpBy() : List.of();
  }
}
