package dev.heddle.testkit;

import java.io.Serializable;

/**
 * Counts what tasks do.
 *
 * <p>Thread-safe. {@link #await} blocks; interrupting it ends the wait.
 */
public interface Tally extends Serializable {

  /** A tally for the threads of this JVM. */
  static Tally local() {
    return new LocalTally();
  }

  /** Counts one more, and returns how many that makes. */
  int hit();

  /** How many there were so far. */
  int count();

  /** Waits until there were at least so many. */
  void await(int atLeast) throws InterruptedException;
}
