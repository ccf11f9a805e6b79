package dev.heddle.dispatch;

/** An end of a worker for a reason that a test gives. */
record FakeEnd(String reason) implements WorkerEnd {

  /** What a task fails with whose worker has ended. */
  static final class Crash extends RuntimeException {
    Crash(String message) {
      super(message);
    }
  }

  @Override
  public Throwable failureOf(String task) {
    return new Crash(reason);
  }

  @Override
  public Throwable failureBefore(String task) {
    return new Crash(reason + "; it had not begun");
  }

  @Override
  public Throwable startFailure() {
    return new Crash(reason + "; it was not ready");
  }

  @Override
  public String startRemedy() {
    return "mend the test";
  }

  @Override
  public String details() {
    return "";
  }
}
