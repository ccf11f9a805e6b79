package dev.heddle.asyncio.diagnostics;

import dev.heddle.asyncio.LoopOptions;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Observes each step of a loop, for the timeline and for the slow-callback alarm of debug mode. */
public final class StepMonitor {
  private final LongSupplier clock;
  private final @Nullable TimelineRecorder timeline;
  private final @Nullable SlowCallbackWatchdog watchdog;
  private long begun;

  private StepMonitor(
      LongSupplier clock, @Nullable TimelineRecorder timeline, @Nullable SlowCallbackWatchdog watchdog) {
    this.clock = clock;
    this.timeline = timeline;
    this.watchdog = watchdog;
  }

  /** Returns a monitor for the loop that the calling thread is about to run; null if the options ask for none. */
  public static @Nullable StepMonitor of(LoopOptions options, LongSupplier clock, ProblemReporter problems) {
    if (options.timeline() == null && !options.debug()) {
      return null;
    }
    SlowCallbackWatchdog watchdog = options.debug()
        ? new SlowCallbackWatchdog(Thread.currentThread(), options.slowCallback(), problems)
        : null;
    return new StepMonitor(clock, options.timeline(), watchdog);
  }

  /** Takes note that a step begins. */
  public void begin(Object step) {
    if (timeline != null) {
      begun = clock.getAsLong();
    }
    if (watchdog != null) {
      watchdog.begin(step);
    }
  }

  /** Takes note that the step has returned to the loop. */
  public void end(Object step) {
    if (watchdog != null) {
      watchdog.end();
    }
    if (timeline != null) {
      if (step instanceof WaitNode task) {
        timeline.add(new Span(task.name(), task.isDone() ? task.ending() : task.doing(), begun, clock.getAsLong()));
      } else {
        timeline.add(new Span("callbacks", "ran a callback", begun, clock.getAsLong()));
      }
    }
  }

  /** Stops the watchdog's thread. */
  public void close() {
    if (watchdog != null) {
      watchdog.close();
    }
  }
}
