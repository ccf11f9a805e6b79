package dev.heddle.testkit;

/** A counter guarded by its monitor. */
final class LocalTally implements Tally {
  private int count;

  @Override
  public synchronized int hit() {
    notifyAll();
    return ++count;
  }

  @Override
  public synchronized int count() {
    return count;
  }

  @Override
  public synchronized void await(int atLeast) throws InterruptedException {
    while (count < atLeast) {
      wait();
    }
  }
}
