package dev.heddle.asyncio;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.EventType;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A Flight Recorder event for each task of an event loop that ends. */
@Name("dev.heddle.LoopTask")
@Label("Loop task")
@Category("Heddle")
@Description("A task of an event loop has ended")
@StackTrace(false)
final class LoopTaskEvent extends jdk.jfr.Event {
  private static final EventType TYPE = EventType.getEventType(LoopTaskEvent.class);

  @Label("Task")
  @Nullable
  String task;

  @Label("Outcome")
  @Nullable
  String outcome;

  static void ended(Task<?> task) {
    if (TYPE.isEnabled()) {
      LoopTaskEvent event = new LoopTaskEvent();
      event.task = task.name();
      event.outcome = task.ending();
      event.commit();
    }
  }
}
