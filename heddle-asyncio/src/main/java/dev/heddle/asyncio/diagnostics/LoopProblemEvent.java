package dev.heddle.asyncio.diagnostics;

import dev.heddle.asyncio.LoopProblem;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A Flight Recorder event for each problem that an event loop reports, such as a slow callback. */
@Name("dev.heddle.LoopProblem")
@Label("Loop problem")
@Category("Heddle")
@Description("A problem that an event loop has reported")
@StackTrace(false)
final class LoopProblemEvent extends jdk.jfr.Event {
  @Label("Kind")
  @Nullable
  String kind;

  @Label("Message")
  @Nullable
  String message;

  static void record(LoopProblem problem) {
    LoopProblemEvent event = new LoopProblemEvent();
    if (event.isEnabled()) {
      event.kind = problem.kind().name();
      event.message = problem.message();
      event.commit();
    }
  }
}
