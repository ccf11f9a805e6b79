package dev.heddle.futures.core;

import dev.heddle.base.Describe;

/** The report of a failed task whose future was never read. */
final class UnreadFailure extends UnreadReport {
  private final String task;
  private final Throwable cause;

  UnreadFailure(String task, Throwable cause) {
    this.task = task;
    this.cause = cause;
  }

  @Override
  protected String message() {
    return "task '" + task + "' failed and its future was never read: " + Describe.failure(cause)
        + "; call result() or exception(), or add a callback";
  }

  @Override
  protected Throwable cause() {
    return cause;
  }
}
