package dev.heddle.asyncio.task;

import dev.heddle.asyncio.Cancelled;

/**
 * Counts the requests to cancel a task, and which of them were delivered.
 *
 * <p>Requests are numbered. A signal delivers all requests made so far. So a scope that withdraws its own request can tell
 * whether it was delivered: if not, it must not be delivered later.
 *
 * <pre>
 * request   requests + 1
 * deliver   delivered = requests
 * withdraw  requests - 1; delivered - 1 as well if the request was delivered
 * </pre>
 */
final class CancelRequests {
  private int requests;
  private int delivered;
  private long last;
  private long lastDelivered;
  private String reason = "";

  /** Adds a request; returns its number. */
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

  /** Returns the signal to throw, which delivers all requests made so far. */
  Cancelled deliver(String task) {
    delivered = requests;
    lastDelivered = last;
    return new Cancelled("task '" + task + "' was cancelled" + (reason.isEmpty() ? "" : ": " + reason));
  }

  /** Takes all requests as delivered, without a signal; false if they are. */
  boolean postpone() {
    if (!isPending()) {
      return false;
    }
    delivered = requests;
    lastDelivered = last;
    return true;
  }

  /** Makes a delivered request undelivered, so that it is delivered once more. */
  void again() {
    delivered = Math.max(0, delivered - 1);
  }

  /** Withdraws the request with the given number; returns how many are left. */
  int withdraw(long number) {
    if (requests > 0) { // else the body has called uncancel for it
      requests--;
      if (lastDelivered >= number) {
        delivered = Math.max(0, delivered - 1);
      }
    }
    return requests;
  }

  /** Withdraws any request, preferably a delivered one; returns how many are left. */
  int withdrawAny() {
    if (requests > 0) {
      requests--;
      delivered = Math.max(0, delivered - 1);
    }
    return requests;
  }
}
