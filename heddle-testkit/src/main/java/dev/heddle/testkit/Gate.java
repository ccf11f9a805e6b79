package dev.heddle.testkit;

import java.io.Serializable;
import java.util.concurrent.CountDownLatch;

/**
 * A gate in the way of a task: shut at first, opened once.
 *
 * <p>Thread-safe. {@link #await} blocks until the gate is open; interrupting it ends the wait. Opening happens-before
 * passing.
 * The contract suites only use gates and {@linkplain Tally tallies} to talk with tasks, so that engines that run tasks
 * elsewhere can supply ones that reach that far.
 */
public interface Gate extends Serializable, AutoCloseable {

  /** A gate for the threads of this JVM. */
  static Gate local() {
    return new Local(new CountDownLatch(1));
  }

  /** Lets everybody through, now and later. */
  void open();

  /** Whether it was opened. */
  boolean isOpen();

  /** Waits until it is open. */
  void await() throws InterruptedException;

  /** Opens it, so that a test that fails leaves no task behind it. */
  @Override
  default void close() {
    open();
  }

  /** A latch. */
  record Local(CountDownLatch latch) implements Gate {
    @Override
    public void open() {
      latch.countDown();
    }

    @Override
    public boolean isOpen() {
      return latch.getCount() == 0;
    }

    @Override
    public void await() throws InterruptedException {
      latch.await();
    }
  }
}
