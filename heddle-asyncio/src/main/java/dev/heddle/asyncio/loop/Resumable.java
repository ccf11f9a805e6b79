package dev.heddle.asyncio.loop;

/** A task as the scheduler sees it: code that runs a part at a time. */
public interface Resumable {

  /** Runs until the task waits or ends; must not throw. */
  void step();
}
