package dev.heddle.testkit;

import java.io.Serializable;
import java.util.concurrent.CountDownLatch;

/**
 * A gate at which tasks wait: closed at first, opened once.
 *
 * <p>Thread-safe. {@link #await} blocks until the gate is open; interrupting it ends the wait. Opening happens-before
 * passing.
 * The contract suites only use gates and {@linkplain Tally tallies} to communicate with tasks, so that engines that run
 * tasks elsewhere can supply implementations that work there.
 */
public interface Gate extends Serializable, AutoCloseable {

  /** A gate for the threads of this JVM. */
  static Gate local() {
    return new Local(new CountDownLatch(1));
  }

  /** Opens the gate: present and later waits end. */
  void open();

  /** Returns whether it was opened. */
  boolean isOpen();

  /** Waits until it is open. */
  void await() throws InterruptedException;

  /** Opens it, so that a failing test leaves no task waiting. */
  @Override
  default void close() {
    open();
  }

  /** A gate on a latch. */
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
