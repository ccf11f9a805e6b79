package dev.heddle.asyncio.io.server;

import dev.heddle.asyncio.LoopProblem;
import dev.heddle.asyncio.loop.Scheduler;
import java.util.EnumMap;
import java.util.Map;

/**
 * Reports failures that peers can cause at will: one a minute of each kind, with the number of those between. So no peer can
 * flood a log, and failed handshakes do not hide what a handler fails with.
 */
final class PeerFailures {
  private static final long INTERVAL = 60_000_000_000L;

  private final Scheduler scheduler;
  private final Map<LoopProblem.Kind, Reports> kinds = new EnumMap<>(LoopProblem.Kind.class);

  /** The reports of one kind. */
  private static final class Reports {
    private final long last;
    private int omitted;

    Reports(long last) {
      this.last = last;
    }
  }

  PeerFailures(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void report(LoopProblem.Kind kind, String message, Throwable failure) {
    long now = scheduler.nanoTime();
    Reports before = kinds.get(kind);
    if (before != null && now - before.last < INTERVAL) {
      before.omitted++;
      return;
    }
    kinds.put(kind, new Reports(now));
    int omitted = before == null ? 0 : before.omitted;
    scheduler.problems().report(
        kind, omitted == 0 ? message : message + " (" + omitted + " similar failures since the last report)", failure);
  }

  /** Reports how many were not. */
  void reportRest() {
    kinds.forEach((kind, reports) -> {
      if (reports.omitted > 0) {
        scheduler.problems().report(
            kind, reports.omitted + " more connections of a server have failed since the last report", null);
      }
    });
    kinds.clear();
  }
}
