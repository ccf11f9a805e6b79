package dev.heddle.asyncio.diagnostics;

import dev.heddle.asyncio.AsyncioException;
import dev.heddle.asyncio.LoopProblem;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/** Reports the problems of one loop to the handler of its options and to Flight Recorder. Any thread may report. */
public final class ProblemReporter {
  private static final LoopProblem LOADED = new LoopProblem(LoopProblem.Kind.CALLBACK_FAILURE, "",
      new AsyncioException("", null));

  private final Consumer<? super LoopProblem> handler;

  /** A reporter to the handler of a loop's options. */
  public ProblemReporter(Consumer<? super LoopProblem> handler) {
    this.handler = handler;
    LOADED.message(); // now: without file descriptors the classes that a report needs cannot be loaded
  }

  /** Reports a problem; a handler that throws is logged. Throws nothing, since the loop must go on. */
  public void report(LoopProblem.Kind kind, String message, @Nullable Throwable error) {
    try {
      LoopProblem problem = new LoopProblem(kind, message, error);
      if (FlightRecorder.isInitialized()) { // loading the event's class would start it, which takes 100 ms
        LoopProblemEvent.record(problem);
      }
      handler.accept(problem);
    } catch (Throwable t) {
      LoopLog.notReported(message, error, t);
    }
  }
}
