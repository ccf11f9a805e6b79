package dev.heddle.cluster.pool;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A Flight Recorder event for each seat at a member, from its beginning to its end. */
@Name("dev.heddle.Member")
@Label("Seat at a cluster member")
@Category("Heddle")
@Description("The time in which a cluster pool could run one task at a time at a member")
@StackTrace(false)
final class SeatEvent extends Event {
  @Label("Executor")
  @Nullable
  String executor;

  @Label("Member")
  @Nullable
  String member;

  @Label("Tasks finished")
  long tasks;

  @Label("Lost")
  @Description("It ended without being told to")
  boolean lost;

  @Label("Reason")
  @Nullable
  String reason;

  /** An event that has begun. */
  static SeatEvent start() {
    SeatEvent event = new SeatEvent();
    event.begin();
    return event;
  }

  void finish(String name, LostEnd end, long finished, boolean unexpected) {
    if (shouldCommit()) {
      executor = name;
      member = end.member();
      tasks = finished;
      lost = unexpected;
      reason = end.reason();
      commit();
    }
  }
}
