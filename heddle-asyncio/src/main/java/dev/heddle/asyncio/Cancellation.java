package dev.heddle.asyncio;

/**
 * How often a task was asked to end, and what it knows of it.
 *
 * <p>Requests are numbered. A signal delivers all requests made so far, so a scope that takes its own request back can tell
 * whether the task has seen it: one that was not seen must not be left to surface later.
 */
final class Cancellation {
  private int requests;
  private int delivered;
  private long last;
  private long lastDelivered;
  private String reason = "";

  /** A further request; returns its number. */
  long request(String why) {
    requests++;
    reason = why;
    return ++last;
  }

  boolean isPending() {
    return delivered < requests;
  }

  int requests() {
    return requests;
  }

  /** The signal to throw for all requests made so far. */
  Cancelled deliver(Task<?> task) {
    delivered = requests;
    lastDelivered = last;
    return new Cancelled("task '" + task.name() + "' was cancelled" + (reason.isEmpty() ? "" : ": " + reason));
  }

  /** Delivers a request that was delivered once more. */
  void again() {
    delivered = Math.max(0, delivered - 1);
  }

  /** Takes one request back; returns how many are left. */
  int withdraw(long number) {
    if (requests > 0) { // else the body has called uncancel already
      requests--;
      if (lastDelivered >= number) {
        delivered = Math.max(0, delivered - 1);
      }
    }
    return requests;
  }

  /** Takes back any request, one that was delivered if there is one; returns how many are left. */
  int withdrawAny() {
    if (requests > 0) {
      requests--;
      delivered = Math.max(0, delivered - 1);
    }
    return requests;
  }
}
