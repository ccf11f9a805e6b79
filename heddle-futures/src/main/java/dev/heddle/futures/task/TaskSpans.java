package dev.heddle.futures.task;

import dev.heddle.base.FreeNumbers;
import dev.heddle.futures.core.IgnoredErrors;
import dev.heddle.timeline.OpenSpan;
import dev.heddle.timeline.Span.Ending;
import dev.heddle.timeline.TimelineRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Records the attempts that run on threads of this JVM. A platform thread is a lane; virtual threads, of which there may be
 * one for each task, share as many lanes as ran at once. Thread-safe.
 *
 * <p>A span lasts as long as the body, also if its task was cancelled or timed out before. If the task ends with its body,
 * the span is recorded first.
 */
final class TaskSpans {
  private final String executor;
  private final TimelineRecorder recorder;
  private final FreeNumbers lanes = new FreeNumbers(); // of virtual threads

  TaskSpans(String executor, TimelineRecorder recorder) {
    this.executor = executor;
    this.recorder = recorder;
  }

  /** Begins the span of an attempt on this thread; null if it cannot be recorded. */
  @Nullable
  TaskSpan begin(String task) {
    int lane = 0;
    try {
      Thread thread = Thread.currentThread();
      lane = thread.isVirtual() ? lanes.take() : 0;
      return new TaskSpan(lane, recorder.begin(lane == 0 ? thread.getName() : executor + " " + lane, task));
    } catch (Throwable e) { // a task must not fail because of its record
      release(lane);
      IgnoredErrors.log("recording the beginning of task '" + task + "'", e);
      return null;
    }
  }

  private void release(int lane) {
    if (lane > 0) {
      lanes.release(lane);
    }
  }

  /** The span of an attempt. */
  final class TaskSpan {
    private final int lane; // 0 for that of a platform thread
    private final OpenSpan span;
    private volatile @Nullable Ending how; // decided by a cancellation or a time-out, while the body runs on
    private boolean ended; // guarded by this: the thread of the body and a timer may meet here

    private TaskSpan(int lane, OpenSpan span) {
      this.lane = lane;
      this.span = span;
    }

    /** Decides how the attempt ends, before its body does; the first decision counts. */
    void decide(Ending ending) {
      if (how == null) {
        how = ending;
      }
    }

    /** The body has ended; the first call counts. */
    synchronized void end(Ending ending) {
      if (!ended) {
        ended = true;
        try {
          Ending decided = how;
          span.end(decided == null ? ending : decided);
        } catch (Throwable e) {
          IgnoredErrors.log("recording the end of a task", e);
        }
        release(lane);
      }
    }
  }
}
