package dev.heddle.futures.map;

import dev.heddle.futures.core.UnreadReport;

/** The report of a map whose result was never read although not all inputs had been submitted. */
final class UnreadMap extends UnreadReport {
  private final String executor;
  private final long submitted;

  UnreadMap(String executor, long submitted) {
    this.executor = executor;
    this.submitted = submitted;
  }

  @Override
  protected String message() {
    return "the result of a map on executor '" + executor + "' was never read: the first " + submitted
        + " inputs were submitted; further ones, if there are any, were not. A map submits inputs as its results are read: read them all, with"
        + " toList(), forEach or a loop; or close the result if the rest is not wanted";
  }
}
