package dev.heddle.asyncio.task;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;

/** A failure that was not observed, of a task that may become unreachable. */
final class FailureNote extends PhantomReference<LoopTask<?>> {
  private final String name;
  private final Throwable failure;
  private final long since = System.nanoTime();

  FailureNote(LoopTask<?> task, Throwable failure, ReferenceQueue<LoopTask<?>> queue) {
    super(task, queue);
    this.name = task.name();
    this.failure = failure;
  }

  String name() {
    return name;
  }

  Throwable failure() {
    return failure;
  }

  /** When the task failed, as {@link System#nanoTime()}. */
  long since() {
    return since;
  }
}
