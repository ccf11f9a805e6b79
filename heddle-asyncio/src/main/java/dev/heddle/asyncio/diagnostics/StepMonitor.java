package dev.heddle.asyncio.diagnostics;

import dev.heddle.asyncio.LoopOptions;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Observes each step of a loop, for the timeline and for the slow-callback alarm of debug mode. */
public final class StepMonitor {
  private static final String CALLBACKS = "callbacks";

  private final LongSupplier clock;
  private final @Nullable TimelineRecorder timeline;
  private final @Nullable SlowCallbackWatchdog watchdog;
  private final TimelineRecorder.@Nullable Registration registration;
  private long begun; // published by 'running'
  private volatile @Nullable Object running; // a step, for the timeline

  private StepMonitor(
      LongSupplier clock, @Nullable TimelineRecorder timeline, @Nullable SlowCallbackWatchdog watchdog) {
    this.clock = clock;
    this.timeline = timeline;
    this.watchdog = watchdog;
    this.registration = timeline == null ? null : timeline.register(this::spanOfRunning);
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
      running = step;
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
      running = null;
      if (step instanceof WaitNode task) {
        String name = task.isDone() ? task.ending() : task.doing();
        timeline.add(new Span(task.name(), name, Span.kindOf(task.name()), begun, clock.getAsLong(), endingOf(task)));
      } else {
        timeline.add(new Span(CALLBACKS, "ran a callback", begun, clock.getAsLong()));
      }
    }
  }

  private static Span.Ending endingOf(WaitNode task) {
    return task.isFailed() ? Span.Ending.FAILED : task.isCancelled() ? Span.Ending.CANCELLED : Span.Ending.COMPLETED;
  }

  /** The step that runs, which may be one that blocks the loop; called on any thread. */
  private List<Span> spanOfRunning() {
    Object step = running;
    if (step == null) {
      return List.of();
    }
    long start = begun; // of this step or of a later one
    long now = clock.getAsLong();
    String lane = step instanceof WaitNode task ? task.name() : CALLBACKS;
    return List.of(new Span(lane, "running", Span.kindOf(lane), start, now - start < 0 ? start : now, Span.Ending.RUNNING));
  }

  /** Stops the watchdog's thread, and what shows the running step. */
  public void close() {
    if (registration != null) {
      registration.close();
    }
    if (watchdog != null) {
      watchdog.close();
    }
  }
}
