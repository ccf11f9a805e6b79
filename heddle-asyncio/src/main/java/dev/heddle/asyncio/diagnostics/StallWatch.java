package dev.heddle.asyncio.diagnostics;

import dev.heddle.asyncio.LoopProblem;
import dev.heddle.base.Describe;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Reports, in debug mode, that a loop in real time has stood still for some seconds with nothing that could wake a task: no
 * timer, no channel, and no call on another thread. Another thread may still call {@code callSoon}, so that it is no error.
 */
public final class StallWatch {
  /** How long it stands still before it is reported, in nanoseconds. */
  public static final long PATIENCE = 5_000_000_000L;

  private final ProblemReporter problems;
  private long since;
  private boolean still;
  private boolean reported;

  /** A watch that reports to the given handler. */
  public StallWatch(ProblemReporter problems) {
    this.problems = problems;
  }

  /**
   * Takes note of a turn.
   *
   * @param stalled whether nothing was run, and nothing but another thread can make something ready
   * @param tasks describes what the tasks wait for
   */
  public void turned(boolean stalled, Supplier<String> tasks) {
    if (!stalled) {
      still = false;
      return;
    }
    long now = System.nanoTime();
    if (!still) {
      still = true;
      reported = false;
      since = now;
    } else if (!reported && now - since >= PATIENCE) {
      reported = true;
      problems.report(
          LoopProblem.Kind.STALLED,
          "every task has waited for " + Describe.duration(Duration.ofNanos(PATIENCE))
              + ", and no timer, channel or call on another"
              + " thread of this loop can wake one; unless another thread calls callSoon, that is a deadlock:\n"
              + tasks.get(),
          null);
    }
  }
}
