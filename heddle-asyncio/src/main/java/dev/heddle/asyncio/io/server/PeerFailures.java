package dev.heddle.asyncio.io.server;

import dev.heddle.asyncio.LoopProblem;
import dev.heddle.asyncio.loop.Scheduler;

/** Reports failures that peers can cause at will: one a minute, with the number of those between. So no peer can flood a log. */
final class PeerFailures {
  private static final long INTERVAL = 60_000_000_000L;

  private final Scheduler scheduler;
  private boolean any;
  private long reported;
  private int omitted;

  PeerFailures(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void report(LoopProblem.Kind kind, String message, Throwable failure) {
    long now = scheduler.nanoTime();
    if (any && now - reported < INTERVAL) {
      omitted++;
      return;
    }
    any = true;
    reported = now;
    scheduler.problems().report(kind, message + others(), failure);
    omitted = 0;
  }

  private String others() {
    return omitted == 0 ? "" : " (" + omitted + " similar failures since the last report)";
  }

  /** Reports how many were not. */
  void reportRest() {
    if (omitted > 0) {
      scheduler.problems().report(
          LoopProblem.Kind.PEER_FAILURE, omitted + " more connections of a server have failed since the last report", null);
      omitted = 0;
    }
  }
}
