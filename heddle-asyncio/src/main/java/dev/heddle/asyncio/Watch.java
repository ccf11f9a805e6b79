package dev.heddle.asyncio;

import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import org.jspecify.annotations.Nullable;

/** Looks at each step of a loop: for the timeline, and for the alarm of debug mode. */
final class Watch {
  private final EventLoop loop;
  private final @Nullable TimelineRecorder timeline;
  private final @Nullable Watchdog dog;
  private long begun;

  private Watch(EventLoop loop, @Nullable TimelineRecorder timeline, @Nullable Watchdog dog) {
    this.loop = loop;
    this.timeline = timeline;
    this.dog = dog;
  }

  /** A watch if the options ask for one, else null. */
  static @Nullable Watch of(EventLoop loop) {
    LoopOptions options = loop.options;
    return options.timeline() == null && !options.debug()
        ? null
        : new Watch(loop, options.timeline(), options.debug() ? new Watchdog(loop) : null);
  }

  void begin(Object step) {
    if (timeline != null) {
      begun = loop.nanoTime();
    }
    if (dog != null) {
      dog.begin(step);
    }
  }

  void end(Object step) {
    if (dog != null) {
      dog.end();
    }
    if (timeline != null) {
      if (step instanceof Task<?> task) {
        timeline.add(new Span(task.name(), task.isDone() ? task.ending() : task.doing(), begun, loop.nanoTime()));
      } else {
        timeline.add(new Span("callbacks", "ran a callback", begun, loop.nanoTime()));
      }
    }
  }

  void close() {
    if (dog != null) {
      dog.close();
    }
  }
}
