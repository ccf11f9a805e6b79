package dev.heddle.asyncio.diagnostics;

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
public final class LoopTaskEvent extends jdk.jfr.Event {
  private static final EventType TYPE = EventType.getEventType(LoopTaskEvent.class);

  @Label("Task")
  @Nullable
  String task;

  @Label("Outcome")
  @Nullable
  String outcome;

  /** Records the end of a task. Loading this class starts Flight Recorder: call it only when that is initialized. */
  public static void ended(WaitNode task) {
    if (TYPE.isEnabled()) {
      LoopTaskEvent event = new LoopTaskEvent();
      event.task = task.name();
      event.outcome = task.ending();
      event.commit();
    }
  }
}
