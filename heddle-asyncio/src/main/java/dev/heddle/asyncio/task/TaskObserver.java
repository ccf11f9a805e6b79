package dev.heddle.asyncio.task;

/** A callback for the end of a task. */
@FunctionalInterface
public interface TaskObserver {

  /** Called once, on the loop's thread, while the task ends; must not throw or run user code. */
  void done(LoopTask<?> task);
}
