package dev.heddle.asyncio.run;

import dev.heddle.asyncio.AsyncioException;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopDeadlockException;
import dev.heddle.asyncio.LoopInterruptedException;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.diagnostics.TaskDump;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import org.jspecify.annotations.Nullable;

/**
 * Turns of a loop until something has happened, and what may end them before: an interrupt, a deadlock, or tasks that do not
 * end.
 */
final class RunTurns {
  private final RunningLoop loop;

  /** The task that is cancelled when the thread is interrupted; null while a loop is closed. */
  private final @Nullable LoopTask<?> main;

  /** Whether the loop goes on after the run, and with it the tasks that are left. */
  private final boolean goesOn;

  /** Why the run ends before the main task has; null if it does not. */
  private @Nullable AsyncioException broken;

  private boolean gaveUp;

  RunTurns(RunningLoop loop, @Nullable LoopTask<?> main, boolean goesOn) {
    this.loop = loop;
    this.main = main;
    this.goesOn = goesOn;
  }

  /** Whether the tasks that are left are not waited for any more. */
  boolean gaveUp() {
    return gaveUp;
  }

  void turn() {
    if (Thread.interrupted()) {
      gaveUp = broken instanceof LoopInterruptedException;
      broken = interrupted(gaveUp);
      if (main != null) {
        main.request("the thread of the event loop was interrupted");
      }
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
            ? "the thread of the event loop was interrupted a second time; "
                + (goesOn
                    ? "the run has ended without its tasks, which go on in the next run, or end when the runner is closed:\n"
                    : "tasks that had not ended were given up:\n")
                + loop.dumpTasks()
            : "the thread of the event loop was interrupted; its tasks were cancelled and have ended");
  }

  /** Takes turns until all tasks have ended, at most as long as the options say. */
  void awaitAll() {
    var alarm = alarm(this::giveUp);
    while (!loop.registry().isEmpty() && !gaveUp) {
      turn();
    }
    alarm.cancel();
  }

  /**
   * Calls something when the time of the run's end is over; in no context, since capturing one is the program's code, and
   * may fail.
   */
  EventLoop.TimerHandle alarm(Runnable late) {
    return loop.scheduler().callLater(Check.nanos(loop.scheduler().options().shutdownTimeout()), late);
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

  /** Throws what has ended the turns before their end, if anything has. */
  void throwIfBroken() {
    AsyncioException error = broken;
    if (error instanceof LoopInterruptedException) {
      Thread.currentThread().interrupt();
    }
    if (error != null) {
      Throwable failure = main == null ? null : main.failure();
      if (failure != null) {
        error.addSuppressed(failure);
      }
      throw error;
    }
  }
}
