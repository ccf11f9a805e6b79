package dev.heddle.testkit;

import dev.heddle.asyncio.AsyncBody;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopOptions;
import dev.heddle.asyncio.LoopProblem;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs coroutines in virtual time and in an order that depends on a seed alone, so that a test of concurrent code repeats
 * exactly.
 *
 * <pre>{@code
 * SimulatedLoop.forEachSeed(100, seed ->
 *     SimulatedLoop.run(seed, a -> {
 *       a.await(Asyncio.gather(deposit(account), withdraw(account)));
 *       assertThat(account.balance()).isZero();
 *       return null;
 *     }));
 * }</pre>
 *
 * <p>Time moves only when no task is ready and no call on another thread is under way; so an hour's sleep takes no time.
 * When every task waits and nothing could wake any of them, the run fails with a {@link
 * dev.heddle.asyncio.LoopDeadlockException} that shows the task tree. What the loop would only have logged (a failure that
 * was not awaited, a task left over) fails the run.
 *
 * <p>Thread-safe; each run is confined to its thread. Calls on other threads ({@code toThread}) are real: the order in which
 * two of them end is not simulated.
 *
 * <p>Origin: {@code trio.testing}, and deterministic simulation testing.
 */
public final class SimulatedLoop {
  private SimulatedLoop() {}

  /**
   * Runs a coroutine, and returns its result.
   *
   * @param seed the order of tasks that are ready at the same time depends on it alone
   * @throws AssertionError if the loop has reported a problem
   */
  public static <T extends @Nullable Object> T run(long seed, AsyncBody<T> body) {
    List<LoopProblem> problems = new ArrayList<>();
    T result = EventLoop.run(LoopOptions.simulated(seed).withProblems(problems::add), body);
    check(seed, problems);
    return result;
  }

  /**
   * Runs a coroutine, and returns who ran when and what it waited for then, a line for each; the same for the same seed and
   * body.
   *
   * @throws AssertionError if the loop has reported a problem
   */
  public static String trace(long seed, AsyncBody<?> body) {
    List<LoopProblem> problems = new ArrayList<>();
    TimelineRecorder timeline = new TimelineRecorder();
    EventLoop.run(LoopOptions.simulated(seed).withTimeline(timeline).withProblems(problems::add), body);
    check(seed, problems);
    StringBuilder text = new StringBuilder();
    for (Span span : timeline.timeline().spans()) {
      text.append(String.format(Locale.ROOT, "%12.3f ms  %s: %s\n", span.start() / 1e6, span.lane(), span.name()));
    }
    return text.toString();
  }

  /**
   * Runs a test for the seeds from 0; the first failure is thrown with its seed.
   *
   * @param count how many seeds; at least 1
   * @throws AssertionError if the test throws for one of them; that is its cause
   */
  public static void forEachSeed(int count, LongConsumer test) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, but was " + count + "; it is the number of runs");
    }
    for (long seed = 0; seed < count; seed++) {
      try {
        test.accept(seed);
      } catch (Throwable t) {
        throw new AssertionError("the test fails with seed " + seed + " (run it alone to see why): " + t, t);
      }
    }
  }

  private static void check(long seed, List<LoopProblem> problems) {
    if (!problems.isEmpty()) {
      AssertionError error = new AssertionError("with seed " + seed + ", the loop has reported: " + problems);
      problems.stream().map(LoopProblem::error).filter(each -> each != null).forEach(error::addSuppressed);
      throw error;
    }
  }
}
