package dev.heddle.cookbook;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopOptions;
import dev.heddle.asyncio.TaskGroup;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import dev.heddle.timeline.TimelineRecorder;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Three coroutines on one loop: when each runs, and what each waits for. */
final class B35QueueOfCoroutines extends Recipe implements RecordedRecipe {
  private static final int COLUMNS = 60;

  private final Callable<?> work;
  private @Nullable Timeline recorded;

  B35QueueOfCoroutines() {
    this(() -> Sums.upTo(3_000_000));
  }

  /** Creates a recipe with other work between two awaits. */
  B35QueueOfCoroutines(Callable<?> work) {
    super(
        "The loop's queue of coroutines, made visible",
        """
            On one thread, no two bars overlap. A task runs until it waits, then the next task in the queue runs.
            The list shows what each task waits for when it is suspended.""");
    this.work = work;
  }

  @Override
  public void run(PrintStream out) {
    record(); // a warm-up, so that just-in-time compilation does not distort the picture
    Timeline timeline = record();
    recorded = timeline;
    for (Span span : timeline.spans()) {
      out.printf("%8.2f ms  %-5s runs %6.2f ms, then: %s%n",
          (span.start() - timeline.start()) / 1e6, span.lane(), span.duration() / 1e6, span.name());
    }
    out.print(timeline.toText(COLUMNS));
  }

  @Override
  public Timeline timeline() {
    if (recorded == null) {
      throw new IllegalStateException("recipe " + id() + " must run before it has a timeline");
    }
    return recorded;
  }

  /** Runs the three coroutines and records when each ran. */
  Timeline record() {
    TimelineRecorder recorder = new TimelineRecorder();
    EventLoop.run(LoopOptions.defaults().withTimeline(recorder), a -> {
      TaskGroup group = TaskGroup.create();
      return a.await(group.run(_ -> {
        for (String name : List.of("one", "two", "three")) {
          group.createTask(name, worker());
        }
        return null;
      }));
    });
    return recorder.timeline();
  }

  private Async<String> worker() {
    return Async.of(a -> {
      for (int i = 0; i < 3; i++) {
        work.call();
        a.await(Asyncio.yieldNow());
      }
      a.await(Asyncio.sleep(Duration.ofMillis(2)));
      work.call();
      return "done";
    });
  }
}
