package dev.heddle.asyncio.diagnostics;

import dev.heddle.asyncio.LoopProblem;
import java.util.IdentityHashMap;

/**
 * The connections of a loop in debug mode that were not closed yet, so that those that the program forgets can be reported.
 *
 * <p>Confined to the loop's thread. It only names connections, and closes none: the loop does at the end of the run.
 */
public final class OpenStreams {
  private final IdentityHashMap<Object, String> open = new IdentityHashMap<>();

  /** None yet. */
  public OpenStreams() {}

  /** Remembers a stream, and the name of the task that has opened it. */
  public void opened(Object stream, String task) {
    open.put(stream, task);
  }

  /** Forgets a stream that is closed or being closed, or whose connection another stream has taken over. */
  public void closed(Object stream) {
    open.remove(stream);
  }

  /** Reports those that are open at the end of the run, which closes them. */
  public void reportLeft(ProblemReporter problems) {
    IdentityHashMap<Object, String> left = new IdentityHashMap<>(open);
    open.clear();
    left.forEach(
        (stream, task) -> problems.report(
            LoopProblem.Kind.LEFT_OVER,
            stream + ", opened by task '" + task
                + "', was not closed; use a try-with-resources statement, or close() in a finally block",
            null));
  }
}
