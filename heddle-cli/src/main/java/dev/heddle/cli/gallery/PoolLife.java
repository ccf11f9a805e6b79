package dev.heddle.cli.gallery;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.TaskOptions;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.ProcessPool;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import dev.heddle.timeline.TimelineRecorder;
import java.util.ArrayList;
import java.util.List;

/** A pool of worker processes in which a task fails, one crashes its worker, one is cancelled, and one still runs. */
final class PoolLife {
  private PoolLife() {}

  static Timeline record() throws InterruptedException {
    TimelineRecorder recorder = new TimelineRecorder();
    try (Executor pool = ProcessPool.of(3, ProcessOptions.named("pool").withTimeline(recorder))) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 1; i <= 24; i++) {
        String step = List.of("load", "parse", "save").get(i % 3);
        int millis = 20 + 17 * (i * 7 % 9);
        all.add(pool.submit(TaskOptions.named(step + "-" + i), () -> pause(millis)));
        if (i == 8) {
          all.add(pool.submit(TaskOptions.named("parse-broken"), () -> refuse()));
        } else if (i == 11) {
          all.add(pool.submit(TaskOptions.named("native"), () -> halt()));
        }
      }
      for (Future<Integer> each : all) {
        Throwable _ = each.exception(); // waits for its end
      }
      Future<Integer> slow = pool.submit(TaskOptions.named("slow"), () -> pause(60_000));
      await(recorder, Span.Ending.RUNNING);
      Thread.sleep(150);
      slow.cancel(true);
      await(recorder, Span.Ending.CANCELLED); // its worker has ended
      Future<Integer> last = pool.submit(TaskOptions.named("save-last"), () -> pause(60_000));
      await(recorder, Span.Ending.RUNNING);
      Thread.sleep(100);
      Timeline timeline = recorder.timeline();
      last.cancel(true);
      return timeline;
    }
  }

  /** Waits, at most a minute, until a span has an ending. */
  private static void await(TimelineRecorder recorder, Span.Ending ending) throws InterruptedException {
    for (int i = 0; i < 6_000 && recorder.timeline().spans().stream().noneMatch(each -> each.ending() == ending); i++) {
      Thread.sleep(10);
    }
  }

  private static int pause(int millis) throws InterruptedException {
    Thread.sleep(millis);
    return millis;
  }

  private static int refuse() {
    throw new IllegalArgumentException("on purpose");
  }

  private static int halt() {
    Runtime.getRuntime().halt(3);
    return 0;
  }
}
