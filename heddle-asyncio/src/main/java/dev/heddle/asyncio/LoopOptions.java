package dev.heddle.asyncio;

import dev.heddle.asyncio.diagnostics.LoopLog;
import dev.heddle.base.Check;
import dev.heddle.futures.ContextCarrier;
import dev.heddle.timeline.TimelineRecorder;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The options of an event loop. Immutable.
 *
 * @param debug whether to detect slow callbacks and coroutines that are never awaited, and to record where coroutines
 *     are made; costs a stack walk for each of them
 * @param slowCallback debug mode: how long a task or callback may keep the loop's thread, by real time, before it is
 *     reported
 * @param virtualTime whether time stands still while anything can run, and jumps to the next timer when nothing can; for
 *     tests
 * @param seed puts tasks that are ready at the same time into an order that depends on it alone; null leaves them in the
 *     order in which they became ready
 * @param shutdownTimeout how long, by the loop's clock, tasks may take to end after they were cancelled at the end of the
 *     run; what a task that is given up then holds, such as a permit of a limit, stays held, since its {@code finally}
 *     blocks do not run
 * @param context carries the creating task's context, such as scoped values, to each new task; null means none
 * @param timeline records when each task runs, a lane for each task, by the loop's clock; null records nothing
 * @param problems is called with each problem that no coroutine gets as an exception; if it throws, that is logged. It is
 *     called on the loop's thread, in debug mode also on that of the watchdog
 */
public record LoopOptions(
    boolean debug,
    Duration slowCallback,
    boolean virtualTime,
    @Nullable Long seed,
    Duration shutdownTimeout,
    @Nullable ContextCarrier context,
    @Nullable TimelineRecorder timeline,
    Consumer<? super LoopProblem> problems) {

  private static final LoopOptions DEFAULTS = new LoopOptions(
      Boolean.getBoolean("dev.heddle.asyncio.debug"),
      Duration.ofMillis(100), false, null, Duration.ofSeconds(30), null, null, LoopOptions::log);

  /** Checks the values. */
  public LoopOptions {
    Check.positive(slowCallback, "slowCallback", "100 ms is usual");
    Check.notNegative(shutdownTimeout, "shutdownTimeout", "zero gives up at once");
    Check.notNull(problems, "problems");
  }

  private static void log(LoopProblem problem) {
    LoopLog.warning(problem.message(), problem.error());
  }

  /**
   * Returns options for real time and first come, first served; problems are logged as warnings of the System.Logger {@code
   * dev.heddle.asyncio}. Debug mode is off, unless the system property {@code dev.heddle.asyncio.debug} is true.
   */
  public static LoopOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns options for virtual time and a seeded order: the same seed gives the same run, whatever the machine does.
   *
   * <p>Time moves only when no task is ready and no work handed to an executor or thread is under way.
   */
  public static LoopOptions simulated(long seed) {
    return DEFAULTS.withVirtualTime(true).withSeed(seed);
  }

  /** Returns these options with debug mode on or off. */
  public LoopOptions withDebug(boolean debug) {
    return new LoopOptions(debug, slowCallback, virtualTime, seed, shutdownTimeout, context, timeline, problems);
  }

  /** Returns these options with another limit for debug mode's slow callbacks. */
  public LoopOptions withSlowCallback(Duration slowCallback) {
    return new LoopOptions(debug, slowCallback, virtualTime, seed, shutdownTimeout, context, timeline, problems);
  }

  /** Returns these options with virtual time or real time. */
  public LoopOptions withVirtualTime(boolean virtualTime) {
    return new LoopOptions(debug, slowCallback, virtualTime, seed, shutdownTimeout, context, timeline, problems);
  }

  /** Returns these options with a seeded order. */
  public LoopOptions withSeed(long seed) {
    return new LoopOptions(debug, slowCallback, virtualTime, seed, shutdownTimeout, context, timeline, problems);
  }

  /** Returns these options with another limit on the end of a run. */
  public LoopOptions withShutdownTimeout(Duration shutdownTimeout) {
    return new LoopOptions(debug, slowCallback, virtualTime, seed, shutdownTimeout, context, timeline, problems);
  }

  /** Returns these options with a context that is carried to new tasks, in addition to any carried already. */
  public LoopOptions withContext(ContextCarrier carrier) {
    ContextCarrier all = context == null ? Check.notNull(carrier, "carrier") : context.and(carrier);
    return new LoopOptions(debug, slowCallback, virtualTime, seed, shutdownTimeout, all, timeline, problems);
  }

  /** Returns these options with a recorder. */
  public LoopOptions withTimeline(TimelineRecorder timeline) {
    return new LoopOptions(
        debug, slowCallback, virtualTime, seed, shutdownTimeout, context, Check.notNull(timeline, "timeline"), problems);
  }

  /** Returns these options with another handler of problems. */
  public LoopOptions withProblems(Consumer<? super LoopProblem> problems) {
    return new LoopOptions(debug, slowCallback, virtualTime, seed, shutdownTimeout, context, timeline, problems);
  }
}
