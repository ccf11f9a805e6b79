package dev.heddle.asyncio.loop;

/** Counts what a loop waits for that happens outside it. Confined to the loop's thread. */
public final class ExternalWork {
  private int work;
  private int stages;

  ExternalWork() {}

  /** Work was handed to another thread: virtual time stands still until it is done. */
  public void workBegins() {
    work++;
  }

  /** Such work is done. */
  public void workEnds() {
    work--;
  }

  /** A task waits for a stage, which any thread may complete, also a task of this loop. */
  public void stageBegins() {
    stages++;
  }

  /** Such a wait is over. */
  public void stageEnds() {
    stages--;
  }

  boolean isWorking() {
    return work > 0;
  }

  boolean isEmpty() {
    return work == 0 && stages == 0;
  }
}
