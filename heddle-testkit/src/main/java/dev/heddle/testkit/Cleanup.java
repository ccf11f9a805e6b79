package dev.heddle.testkit;

/** What ends a test's tasks, so that a test that fails says why, and does not hang in a {@code close} instead. */
interface Cleanup extends AutoCloseable {
  @Override
  void close();
}
