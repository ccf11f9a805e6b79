package dev.heddle.asyncio.run;

import dev.heddle.asyncio.LoopProblem;
import dev.heddle.asyncio.loop.PendingOutput;
import dev.heddle.asyncio.task.AsyncCoroutine;
import dev.heddle.asyncio.task.LoopTask;
import java.util.List;

/** The end of a loop: it cancels and reports the tasks that are left, waits for them, sends what was written, and closes. */
final class LoopEnd {
  /** The number of left-over tasks that are reported one by one. */
  private static final int MAX_REPORTS = 20;

  private final RunningLoop loop;
  private final RunTurns turns;

  LoopEnd(RunningLoop loop, RunTurns turns) {
    this.loop = loop;
    this.turns = turns;
  }

  /** Cancels the tasks that are left, and waits for them. */
  void endTasks() {
    if (turns.gaveUp()) {
      return;
    }
    loop.registry().setEnding(true);
    // a task that was cancelled is ending already: it is no left-over, and a second signal would interrupt its clean-up
    List<LoopTask<?>> left = loop.registry().toList().stream().filter(each -> each.cancelling() == 0).toList();
    List<LoopTask<?>> unowned = left.stream().filter(each -> !each.isOwned()).toList(); // a server's handlers are expected to be alive
    for (LoopTask<?> each : unowned.subList(0, Math.min(unowned.size(), MAX_REPORTS))) {
      reportLeftOver(
          "task '" + each.name() + "' was still alive at the end of the run (" + each.doing() + ") and is cancelled");
    }
    if (unowned.size() > MAX_REPORTS) {
      reportLeftOver("so were " + (unowned.size() - MAX_REPORTS) + " more tasks");
    }
    left.forEach(each -> each.request("the event loop is ending"));
    turns.awaitAll();
    for (AsyncCoroutine<?> each : loop.registry().closingAll()) { // closing one that was closed meanwhile does nothing
      if (turns.gaveUp()) {
        return;
      }
      loop.registry().setEnding(false);
      loop.newTask(each, "close-generator");
      turns.awaitAll();
    }
    sendOut();
  }

  /** Waits until what was written to streams is sent. */
  private void sendOut() {
    loop.scheduler().pendingOutput().forEach(PendingOutput::close);
    boolean[] late = {false};
    var alarm = turns.alarm(() -> late[0] = true);
    while (!loop.scheduler().pendingOutput().isEmpty() && !late[0] && !turns.gaveUp()) {
      turns.turn();
    }
    alarm.cancel();
  }

  /** Gives up what has not ended, and closes the loop. */
  void close() {
    try {
      reportUnsent();
      loop.registry().toList().forEach(LoopTask::giveUp);
    } finally {
      loop.close(); // which ends what was submitted and has not begun
    }
  }

  /** Reports data that was not sent, since no task gets an exception for it. */
  private void reportUnsent() {
    for (PendingOutput each : loop.scheduler().pendingOutput()) {
      loop.scheduler().problems().report(
          LoopProblem.Kind.LEFT_OVER,
          each.unsent() + " bytes written to " + each + " had not been sent when the run ended, and are dropped; await"
              + " stream.drain() or stream.closed(), or raise LoopOptions.shutdownTimeout",
          null);
      each.abort();
    }
  }

  private void reportLeftOver(String what) {
    loop.scheduler().problems().report(LoopProblem.Kind.LEFT_OVER, what + "; await tasks, or make them in a TaskGroup",
        null);
  }

  /** Reports what no task has asked for. */
  void reportRest() {
    loop.registry().reportFailed();
    loop.reportNeverAwaited();
  }
}
