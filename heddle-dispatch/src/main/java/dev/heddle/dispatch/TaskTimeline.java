package dev.heddle.dispatch;

import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records what the workers of a pool ran and run, if a recorder was given; each worker is a lane. Without a recorder its methods do
 * nothing. Guarded by the dispatcher's lock.
 */
final class TaskTimeline {
  private final String pool;
  private final @Nullable TimelineRecorder recorder;
  private final long shift; // from System.nanoTime to the recorder's clock
  private TimelineRecorder.@Nullable Registration registration;

  /**
   * Creates the record of a pool.
   *
   * @param recorder null for no record
   */
  TaskTimeline(String pool, @Nullable TimelineRecorder recorder) {
    this.pool = pool;
    this.recorder = recorder;
    this.shift = recorder == null ? 0 : recorder.now() - System.nanoTime();
  }

  /** From now on the recorder is told of the tasks that run, too. */
  void watch(Dispatcher dispatcher) {
    TimelineRecorder to = recorder;
    if (to != null) {
      registration = to.register(() -> running(dispatcher));
    }
  }

  /** Records a task that has ended. */
  void ended(Worker worker, DispatchedTask task, WorkerChannel.TaskEnd end) {
    long start = worker.startOf(end);
    if (recorder != null) {
      record(worker, task, start, end.endNanos(), end.success() ? Span.Ending.COMPLETED : Span.Ending.FAILED);
    }
  }

  /** Records a task that was lost with its worker. */
  void lost(Worker worker, DispatchedTask task) {
    if (recorder != null) {
      long now = System.nanoTime();
      record(worker, task, worker.startOfHead(task, now), now, Span.Ending.CRASHED);
    }
  }

  private void record(Worker worker, DispatchedTask task, long start, long end, Span.Ending ending) {
    TimelineRecorder to = recorder;
    if (to != null) {
      to.add(span(worker, task, start, end, ending));
    }
  }

  private Span span(Worker worker, DispatchedTask task, long start, long end, Span.Ending ending) {
    String name = task.toString();
    return new Span(pool + " " + worker, name, Span.kindOf(name), start + shift, end + shift, ending);
  }

  private List<Span> running(Dispatcher dispatcher) {
    List<Span> spans = new ArrayList<>();
    dispatcher.lock();
    try {
      long now = System.nanoTime();
      for (Worker worker : dispatcher.workers().all()) {
        DispatchedTask head = worker.queue.head();
        if (head != null && head.isSent() && worker.isServing()) {
          spans.add(span(worker, head, worker.startOfHead(head, now), now, Span.Ending.RUNNING));
        }
      }
    } finally {
      dispatcher.unlock();
    }
    return spans;
  }

  /** Returns what is to be done when the pool has ended: nothing runs any more, and then the given action. */
  Runnable closedBefore(Runnable action) {
    return () -> {
      if (registration != null) {
        registration.close();
      }
      action.run();
    };
  }
}
