package dev.heddle.asyncio;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One call of {@link EventLoop#run}: the main task from its start to the end of the last task. */
final class Run<T extends @Nullable Object> {
  /** So many tasks that are left over are reported one by one. */
  private static final int MAX_REPORTS = 20;

  private final EventLoop loop;
  private final Task<T> main;

  /** Why the run ends otherwise than by the main task; null if it does not. */
  private @Nullable AsyncioException broken;

  private boolean gaveUp;

  Run(EventLoop loop, Async<T> body) {
    this.loop = loop;
    this.main = loop.newTask(body, "main");
    this.main.observe();
  }

  T result() {
    try {
      while (!main.isDone() && !gaveUp) {
        turn();
      }
      endOthers();
    } finally {
      reportUnsent();
      loop.live.toList().forEach(Task::giveUp);
      loop.close();
    }
    List.copyOf(loop.live.failed()).forEach(Live::report);
    Debug.reportNeverAwaited(loop);
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
    if (main.isCancelled()) {
      throw new CancellationException("the main coroutine of the event loop was cancelled");
    }
    return main.result();
  }

  private void turn() {
    if (Thread.interrupted()) {
      gaveUp = broken instanceof LoopInterruptedException;
      broken = new LoopInterruptedException(gaveUp, loop);
      main.request("the thread of the event loop was interrupted");
    }
    if (loop.isStuck()) {
      gaveUp = broken instanceof LoopDeadlockException;
      if (!gaveUp) {
        broken = new LoopDeadlockException(TaskDump.of(loop.live.toList()));
      }
      loop.live.toList().forEach(task -> task.request("deadlock"));
    }
    if (!gaveUp) {
      loop.turn();
    }
  }

  /** Cancels what is left, and waits for it. */
  private void endOthers() {
    if (gaveUp) {
      return;
    }
    loop.live.end();
    List<Task<?>> left = loop.live.toList();
    for (Task<?> each : left.subList(0, Math.min(left.size(), MAX_REPORTS))) {
      reportLeftOver(
          "task '" + each.name() + "' was still alive at the end of the run (" + each.doing() + ") and is cancelled");
    }
    if (left.size() > MAX_REPORTS) {
      reportLeftOver("so were " + (left.size() - MAX_REPORTS) + " more tasks");
    }
    left.stream()
        .filter(each -> each.cancelling() == 0) // else it is on its way out, and a second signal would break its clean-up off
        .forEach(each -> each.request("the event loop is ending"));
    await();
    for (AsyncGenerator<?> each : loop.live.generators()) { // one that another has closed meanwhile is not closed again
      if (gaveUp) {
        return;
      }
      loop.live.reopen();
      loop.createTask("close-generator", each.close());
      await();
    }
    sendOut();
  }

  /** Lets what was written to streams go out. */
  private void sendOut() {
    List.copyOf(loop.unsent()).forEach(TcpStream::close);
    boolean[] late = {false};
    var alarm = loop.callLater(loop.options.shutdownTimeout(), () -> late[0] = true);
    while (!loop.unsent().isEmpty() && !late[0] && !gaveUp) {
      turn();
    }
    alarm.cancel();
  }

  /** Nobody else would tell that the peers have not got all. */
  private void reportUnsent() {
    for (TcpStream each : List.copyOf(loop.unsent())) {
      loop.report(
          LoopProblem.Kind.LEFT_OVER,
          each.unsent() + " bytes written to " + each + " had not gone out when the run ended, and are dropped; await"
              + " stream.drain() or stream.closed(), or raise LoopOptions.shutdownTimeout",
          null);
      each.abort();
    }
  }

  private void reportLeftOver(String what) {
    loop.report(LoopProblem.Kind.LEFT_OVER, what + "; await tasks, or make them in a TaskGroup", null);
  }

  private void await() {
    var alarm = loop.callLater(loop.options.shutdownTimeout(), this::giveUp);
    while (!loop.live.isEmpty() && !gaveUp) {
      turn();
    }
    alarm.cancel();
  }

  private void giveUp() {
    if (!loop.live.isEmpty()) {
      gaveUp = true;
      AsyncioException late = new LoopStateException(
          "these tasks were cancelled at the end of the run, but did not end within "
              + loop.options.shutdownTimeout() + "; let them heed Cancelled, or raise LoopOptions.shutdownTimeout:\n"
              + TaskDump.of(loop.live.toList()));
      if (broken == null) {
        broken = late;
      } else {
        broken.addSuppressed(late);
      }
    }
  }
}
