package dev.heddle.testkit.contract;

/** Ends the tasks of a test, so that a failing test reports its failure rather than hang in {@code close}. */
interface Cleanup extends AutoCloseable {
  @Override
  void close();
}
