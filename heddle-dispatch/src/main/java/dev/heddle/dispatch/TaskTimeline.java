package dev.heddle.dispatch;

import dev.heddle.base.ModuleLog;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records what the workers of a pool ran and run, if a recorder was given; each worker is a lane. Without a recorder its
 * methods do nothing. Thread-safe; the dispatcher's lock is held for as long as it takes to read times, and not while names
 * are made of them.
 */
final class TaskTimeline {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.dispatch");
  private final String pool;
  private final @Nullable TimelineRecorder recorder;
  private final LongSupplier clock;
  private final long shift; // from this clock to the recorder's
  private TimelineRecorder.@Nullable Registration registration;

  /**
   * Creates the record of a pool.
   *
   * @param recorder null for no record
   */
  TaskTimeline(String pool, @Nullable TimelineRecorder recorder, LongSupplier clock) {
    this.pool = pool;
    this.recorder = recorder;
    this.clock = clock;
    this.shift = recorder == null ? 0 : recorder.now() - clock.getAsLong();
  }

  /** From now on the recorder is told of the tasks that run, too. */
  void watch(Dispatcher dispatcher) {
    TimelineRecorder to = recorder;
    if (to != null) {
      registration = to.register(() -> running(dispatcher));
    }
  }

  /** Whether there is a recorder. */
  boolean isKept() {
    return recorder != null;
  }

  /**
   * Records a task that has ended, before its future is completed; the dispatcher's lock is not held.
   *
   * @param start from {@link Worker#startOf}
   * @param how completed, failed, or failed and to be tried again
   */
  void ended(Worker worker, DispatchedTask task, long start, WorkerChannel.TaskEnd end, Span.Ending how) {
    record(worker, task, start, end.endNanos(), how);
  }

  /**
   * Records a task that was lost with its worker, before its future fails; the dispatcher's lock is not held.
   *
   * @param why the worker left: it was killed to stop the task, or ended otherwise
   */
  void lost(Worker worker, DispatchedTask task, long start, long now, ExitReason why) {
    record(worker, task, start, now, why == ExitReason.STOPPED ? Span.Ending.CANCELLED : Span.Ending.CRASHED);
  }

  private void record(Worker worker, DispatchedTask task, long start, long end, Span.Ending ending) {
    TimelineRecorder to = recorder;
    if (to != null) {
      try {
        to.add(span(worker, task, start, end, ending));
      } catch (Throwable e) { // futures must be completed, though there is no memory for the record
        LOG.ignored("recording the end of a task in " + pool, e);
      }
    }
  }

  private Span span(Worker worker, DispatchedTask task, long start, long end, Span.Ending ending) {
    String name = task.toString();
    return new Span(worker.lane(pool), name, Span.kindOf(name), start + shift, end + shift, ending);
  }

  /** A task that runs, and since when. */
  private record Running(Worker worker, DispatchedTask task, long start, long now) {}

  private List<Span> running(Dispatcher dispatcher) {
    List<Running> running = new ArrayList<>();
    dispatcher.lock();
    try {
      long now = clock.getAsLong();
      for (Worker worker : dispatcher.workers().all()) {
        DispatchedTask head = worker.queue.head();
        if (head != null && head.isSent() && worker.isServing()) {
          running.add(new Running(worker, head, worker.startOfHead(head, now), now));
        }
      }
    } finally {
      dispatcher.unlock();
    }
    return running.stream().map(each -> span(each.worker, each.task, each.start, each.now, Span.Ending.RUNNING)).toList();
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
