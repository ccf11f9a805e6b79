package dev.heddle.futures.task;

import dev.heddle.base.Describe;
import dev.heddle.futures.core.FutureState.Cancelled;
import dev.heddle.futures.core.FutureState.Done;
import dev.heddle.futures.core.FutureState.Failure;
import dev.heddle.futures.core.FutureState.Success;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A Flight Recorder event for each attempt at a task, from its start to its end. */
@Name("dev.heddle.Task")
@Label("Task")
@Category("Heddle")
@Description("An attempt at a task of a Heddle executor")
@StackTrace(false)
public final class TaskEvent extends Event {
  private static final EventType TYPE = EventType.getEventType(TaskEvent.class);

  @Label("Executor")
  @Nullable
  String executor;

  @Label("Task")
  @Nullable
  String task;

  @Label("Attempt")
  int attempt;

  @Label("Outcome")
  @Nullable
  String outcome;

  @Label("Error")
  @Nullable
  String error;

  /** An event that has begun, or null when no recording is active. */
  static @Nullable TaskEvent start() {
    if (!TYPE.isEnabled()) {
      return null;
    }
    TaskEvent event = new TaskEvent();
    event.begin();
    return event;
  }

  void finish(TaskFuture<?> future, int number, Done how) {
    executor = future.scheduler().name();
    task = future.name();
    attempt = number;
    switch (how) {
      case Success _ -> outcome = "success";
      case Failure(var cause) -> {
        outcome = "failure";
        error = Describe.failure(cause);
      }
      case Cancelled _ -> outcome = "cancelled";
    }
    commit();
  }
}
