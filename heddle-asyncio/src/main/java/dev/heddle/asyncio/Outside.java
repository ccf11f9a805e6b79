package dev.heddle.asyncio;

/** How much a loop waits for that happens elsewhere. */
final class Outside {
  private int work;
  private int stages;

  /** Work that the loop has handed to another thread: virtual time stands still until it is done. */
  void workBegins() {
    work++;
  }

  void workEnds() {
    work--;
  }

  /** A stage that anybody may complete, also another task of the loop. */
  void stageBegins() {
    stages++;
  }

  void stageEnds() {
    stages--;
  }

  boolean isWorking() {
    return work > 0;
  }

  boolean isEmpty() {
    return work == 0 && stages == 0;
  }
}
