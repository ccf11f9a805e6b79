package dev.heddle.testkit;

import java.io.Serializable;

/**
 * A counter that tasks increment.
 *
 * <p>Thread-safe. {@link #await} blocks; interrupting it ends the wait.
 */
public interface Tally extends Serializable {

  /** A tally for the threads of this JVM. */
  static Tally local() {
    return new LocalTally();
  }

  /** Increments the count and returns it. */
  int hit();

  /** Returns the count. */
  int count();

  /** Waits until the count is at least the given number. */
  void await(int atLeast) throws InterruptedException;
}
