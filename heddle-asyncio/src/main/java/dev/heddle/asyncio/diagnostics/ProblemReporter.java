package dev.heddle.asyncio.diagnostics;

import dev.heddle.asyncio.AsyncioException;
import dev.heddle.asyncio.LoopProblem;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/** Reports the problems of one loop to the handler of its options and to Flight Recorder. Any thread may report. */
public final class ProblemReporter {
  private final Consumer<? super LoopProblem> handler;

  /** A reporter to the handler of a loop's options. */
  public ProblemReporter(Consumer<? super LoopProblem> handler) {
    this.handler = handler;
  }

  /** Reports a problem; a handler that throws is logged. */
  public void report(LoopProblem.Kind kind, String message, @Nullable Throwable error) {
    LoopProblem problem = new LoopProblem(kind, message, error);
    if (FlightRecorder.isInitialized()) { // loading the event's class would start it, which takes 100 ms
      LoopProblemEvent.record(problem);
    }
    try {
      handler.accept(problem);
    } catch (Throwable t) {
      t.addSuppressed(new AsyncioException(message, error));
      LoopLog.warning("the problem handler of an event loop threw; the problem it was given is suppressed in it", t);
    }
  }
}
