package dev.heddle.asyncio.sync;

import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.loop.Scheduler;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.TaskHost;
import org.jspecify.annotations.Nullable;

/**
 * An object that belongs to the loop which first uses it, until that loop has ended. Before its first use, an object that
 * was made on a loop's thread may be used by that loop's threads, and by those of another loop, which it then belongs to.
 */
abstract class LoopBound {
  private final @Nullable Scheduler maker;
  private @Nullable Scheduler owner;

  LoopBound() {
    TaskHost host = TaskHost.current();
    maker = host == null ? null : host.scheduler();
  }

  /** Called when a task uses it. */
  final void enter(LoopTask<?> task) {
    Scheduler scheduler = task.scheduler();
    Scheduler known = owner;
    if (known == scheduler) {
      return;
    }
    if (known != null && !known.isClosed()) {
      throw new LoopStateException(this + " belongs to another event loop that is still running; make one for each loop");
    }
    owner = scheduler;
  }

  /** Called by the methods that may wake tasks. */
  final void checkInside(String what) {
    Scheduler known = owner;
    if (known == null && TaskHost.current() == null) {
      known = maker;
    }
    if (known != null && !known.isClosed()) {
      known.checkInside(what);
    }
  }
}
