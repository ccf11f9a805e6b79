package dev.heddle.asyncio.run;

import dev.heddle.asyncio.AsyncioException;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopDeadlockException;
import dev.heddle.asyncio.LoopInterruptedException;
import dev.heddle.asyncio.LoopProblem;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.diagnostics.TaskDump;
import dev.heddle.asyncio.loop.PendingOutput;
import dev.heddle.asyncio.task.AsyncCoroutine;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.base.Describe;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One call of {@link EventLoop#run}: from the start of the main task to the end of the last task. */
final class MainRun<T extends @Nullable Object> {
  /** The number of left-over tasks that are reported one by one. */
  private static final int MAX_REPORTS = 20;

  private final RunningLoop loop;
  private final LoopTask<T> main;

  /** Why the run ends before the main task has; null if it does not. */
  private @Nullable AsyncioException broken;

  private boolean gaveUp;

  /** The signal that has cancelled the main task; null if there was none. */
  private @Nullable String signal;

  MainRun(RunningLoop loop, AsyncCoroutine<T> body) {
    this.loop = loop;
    this.main = loop.newTask(body, "main");
    this.main.observe();
  }

  T result() {
    ProcessSignals signals = loop.scheduler().options().virtualTime() ? null : ProcessSignals.install(this::signalled);
    try {
      return end();
    } finally {
      if (signals != null) {
        signals.close();
      }
    }
  }

  /** Cancels the main task because the process is asked to end; called on another thread. The latch tells that it is done. */
  private CountDownLatch signalled(String name) {
    CountDownLatch heard = new CountDownLatch(1);
    boolean open = loop.scheduler()
        .post(
            () -> {
              heard.countDown();
              signal = name;
              main.request("the process received " + name);
            });
    if (!open) {
      heard.countDown(); // the run has ended
    }
    return heard;
  }

  private T end() {
    try {
      while (!main.isDone() && !gaveUp) {
        turn();
      }
      endOthers();
    } finally {
      reportUnsent();
      loop.registry().toList().forEach(LoopTask::giveUp);
      loop.close();
    }
    loop.registry().reportFailed();
    loop.reportNeverAwaited();
    AsyncioException error = broken;
    if (error instanceof LoopInterruptedException) {
      Thread.currentThread().interrupt();
    }
    if (error != null) {
      Throwable failure = main.failure();
      if (failure != null) {
        error.addSuppressed(failure);
      }
      throw error;
    }
    if (main.isCancelled() && signal != null) {
      throw ProcessSignals.quietly(
          new LoopInterruptedException(
              "the process received " + signal + "; the main coroutine was cancelled and has ended"));
    }
    if (main.isCancelled()) {
      throw new CancellationException("the main coroutine of the event loop was cancelled");
    }
    return main.result();
  }

  private void turn() {
    if (Thread.interrupted()) {
      gaveUp = broken instanceof LoopInterruptedException;
      broken = interrupted(gaveUp);
      main.request("the thread of the event loop was interrupted");
    }
    if (loop.scheduler().isStuck()) {
      gaveUp = broken instanceof LoopDeadlockException;
      if (!gaveUp) {
        broken = new LoopDeadlockException(TaskDump.of(loop.registry().toList()));
      }
      loop.registry().toList().forEach(task -> task.request("deadlock"));
    }
    if (!gaveUp) {
      loop.turn();
    }
  }

  private LoopInterruptedException interrupted(boolean again) {
    return new LoopInterruptedException(
        again
            ? "the thread of the event loop was interrupted a second time; tasks that had not ended were given up:\n"
                + loop.dumpTasks()
            : "the thread of the event loop was interrupted; its tasks were cancelled and have ended");
  }

  /** Cancels the tasks that are left, and waits for them. */
  private void endOthers() {
    if (gaveUp) {
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
    await();
    for (AsyncCoroutine<?> each : loop.registry().closingAll()) { // closing one that was closed meanwhile does nothing
      if (gaveUp) {
        return;
      }
      loop.registry().setEnding(false);
      loop.newTask(each, "close-generator");
      await();
    }
    sendOut();
  }

  /** Waits until what was written to streams is sent. */
  private void sendOut() {
    loop.scheduler().pendingOutput().forEach(PendingOutput::close);
    boolean[] late = {false};
    var alarm = loop.callLater(loop.scheduler().options().shutdownTimeout(), () -> late[0] = true);
    while (!loop.scheduler().pendingOutput().isEmpty() && !late[0] && !gaveUp) {
      turn();
    }
    alarm.cancel();
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

  private void await() {
    var alarm = loop.callLater(loop.scheduler().options().shutdownTimeout(), this::giveUp);
    while (!loop.registry().isEmpty() && !gaveUp) {
      turn();
    }
    alarm.cancel();
  }

  private void giveUp() {
    if (!loop.registry().isEmpty()) {
      gaveUp = true;
      AsyncioException late = new LoopStateException(
          "these tasks were cancelled at the end of the run, but did not end within "
              + Describe.duration(loop.scheduler().options().shutdownTimeout())
              + "; let them end on Cancelled, or raise LoopOptions.shutdownTimeout:\n"
              + TaskDump.of(loop.registry().toList()));
      if (broken == null) {
        broken = late;
      } else {
        broken.addSuppressed(late);
      }
    }
  }
}
