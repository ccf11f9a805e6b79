package dev.heddle.asyncio;

/** Is told when a task has ended. */
@FunctionalInterface
interface TaskObserver {

  /** Called once, on the loop's thread, while the task ends; it must not throw or run code of users. */
  void done(Task<?> task);
}
