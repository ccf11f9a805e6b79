package dev.heddle.queue.run;

import dev.heddle.futures.core.UnreadReport;
import dev.heddle.queue.Pipeline;
import java.lang.ref.Cleaner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cancels the run behind results that became unreachable before they were read to their end or closed, and logs where they
 * were made: otherwise the workers, which wait for space, would stay for ever. Must not refer to the results.
 */
final class UnclosedResults implements Runnable {
  private static final System.Logger LOG = System.getLogger("dev.heddle.queue");
  private static final List<String> NOT_OF_THE_USER = List.of(
      "dev.heddle.queue.run.", "dev.heddle.queue.flow.", "dev.heddle.iter.", "java.");

  private final PipelineExecution run;
  private final StackWalker.@Nullable StackFrame place;
  private volatile boolean settled;

  private UnclosedResults(PipelineExecution run, StackWalker.@Nullable StackFrame place) {
    this.run = run;
    this.place = place;
  }

  /** Returns the caller's line outside of this module; null if there is none. */
  static StackWalker.@Nullable StackFrame place() {
    return StackWalker.getInstance()
        .walk(frames -> frames
            .filter(frame -> NOT_OF_THE_USER.stream().noneMatch(frame.getClassName()::startsWith))
            .filter(frame -> !frame.getClassName().equals(Pipeline.class.getName()))
            .findFirst())
        .orElse(null);
  }

  /** Watches results; the returned action ends that, and is to be run when they have been read to their end or closed. */
  static Runnable watch(Object results, PipelineExecution run, StackWalker.@Nullable StackFrame place) {
    UnclosedResults watch = new UnclosedResults(run, place);
    Cleaner.Cleanable registration = UnreadReport.onceUnreachable(results, watch);
    return () -> {
      watch.settled = true;
      registration.clean();
    };
  }

  @Override
  public void run() {
    if (!settled && !run.end().isDone()) {
      run.cancel();
      LOG.log(System.Logger.Level.WARNING, message(run.name(), place));
    }
  }

  static String message(String pipeline, StackWalker.@Nullable StackFrame place) {
    return "the results of pipeline '" + pipeline + "'"
        + (place == null ? "" : ", made at " + place.toStackTraceElement() + ",")
        + " were neither read to their end nor closed; the run is cancelled. Use try (var results = pipeline.iterate()), or"
        + " stream() in the same way";
  }
}
